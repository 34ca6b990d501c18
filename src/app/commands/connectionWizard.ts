import type { ConnectionFormField, ConnectionFormValues } from '../../shared/connectionContract';
import { importTasks, type Connection } from '../../core/model/connection';
import {
  disabledFields,
  fieldsOf,
  formProblems,
  formValuesOf,
  newFormValues,
  projectedEndpoints,
} from '../../core/model/connectionForm';
import { taskPermissions } from '../../core/model/connectionPermissions';
import { taskTitle } from '../tree/words';
import type { ConnectionAnswer } from './connectionArguments';
import {
  appChoices,
  cloudChoices,
  credentialChoices,
  flowChoices,
  proxyChoices,
  sourceTypeChoices,
} from './connectionChoices';
import { formProblem } from './connectionProblemText';
import type { StoredSecrets } from './connectionSave';
import { pickClientCertificate, type CertificateChoice } from './connectionSecrets';
import {
  askMany,
  askOne,
  askText,
  back,
  type StepChoice,
  type StepPlace,
  type TextStep,
} from './connectionSteps';

/** The connection that is edited, and which of its secrets are kept. */
export interface WizardSubject {
  readonly current: Connection;
  readonly stored: StoredSecrets;
}

interface Answers {
  values: ConnectionFormValues;
  secret: string | undefined;
  proxyPassword: string | undefined;
  certificate: CertificateChoice | undefined;
}

interface WizardStep {
  readonly applies: (values: ConnectionFormValues) => boolean;
  readonly ask: (place: StepPlace) => Promise<unknown>;
}

/**
 * Asks for a connection step by step in quick inputs: the same fields and the same rules as the form, for the
 * keyboard alone. Back keeps the answers; which steps come next follows from them.
 */
export async function askConnection(
  title: string,
  subject: WizardSubject | undefined,
  others: readonly Connection[],
  presetClientId: string,
): Promise<ConnectionAnswer> {
  const wizard = new ConnectionWizard(subject, others, presetClientId);
  const all = wizard.steps();
  const taken: WizardStep[] = [];
  for (;;) {
    const applying = all.filter((step) => step.applies(wizard.answers.values));
    const next = applying[taken.length];
    if (next === undefined) return wizard.result();
    const answer = await next.ask({ title, step: taken.length + 1, total: applying.length });
    if (answer === back) taken.pop();
    else taken.push(next);
  }
}

class ConnectionWizard {
  readonly answers: Answers;

  constructor(
    private readonly subject: WizardSubject | undefined,
    private readonly others: readonly Connection[],
    private readonly presetClientId: string,
  ) {
    this.answers = {
      values: subject === undefined ? newFormValues() : formValuesOf(subject.current, presetClientId),
      secret: undefined,
      proxyPassword: undefined,
      certificate: undefined,
    };
  }

  steps(): readonly WizardStep[] {
    return [
      this.text('name', 'Connection name: letters, digits, underscores and spaces. Imports bear this name.'),
      this.one('sourceType', 'Source type', sourceTypeChoices),
      this.one('cloud', 'Which Microsoft cloud is the tenant in?', cloudChoices),
      this.text(
        'loginOrigin',
        'Address of the sign-in service of the custom cloud',
        'https://login.example.com',
      ),
      this.text('graphOrigin', 'Address of Microsoft Graph in the custom cloud', 'https://graph.example.com'),
      this.text(
        'caCertificatePath',
        'Path of a PEM file with the CA certificate of the custom cloud; leave empty if this computer trusts it anyway.',
      ),
      this.one('app', 'Which app asks for the data?', appChoices),
      this.text(
        'clientId',
        'Application (client) ID, from the overview of the app registration',
        '00000000-0000-0000-0000-000000000000',
      ),
      {
        applies: () => true,
        ask: (place) =>
          this.take(
            'flow',
            askOne(place, 'How does this connection sign in?', this.flows(), this.values.flow),
          ),
      },
      this.text(
        'tenant',
        'Tenant: its ID or a verified domain. Leave empty to take the tenant of the account that signs in.',
        'contoso.onmicrosoft.com',
      ),
      this.redirectStep(),
      this.one('credentialKind', 'What does the app prove itself by?', credentialChoices),
      this.secretStep(),
      this.text(
        'secretExpiresOn',
        'Day on which the secret expires; leave empty if you don’t know.',
        'YYYY-MM-DD',
      ),
      this.certificateStep(),
      this.tasksStep(),
      this.one('useProxy', 'Does this connection need a proxy of its own?', proxyChoices),
      this.text('proxyServer', 'Proxy server: https://host:port, http://host:port or IP:port'),
      this.text('proxyUsername', 'User name at the proxy; leave empty if it asks for none.'),
      this.proxyPasswordStep(),
    ];
  }

  result(): ConnectionAnswer {
    const { values, secret, proxyPassword, certificate } = this.answers;
    const fields = fieldsOf(values, this.presetClientId);
    const before = this.subject?.current.credential;
    const day = values.secretExpiresOn.trim();
    const credential =
      values.flow !== 'clientCredentials'
        ? null
        : values.credentialKind === 'secret'
          ? {
              kind: 'secret' as const,
              expiresAt: day === '' ? null : `${day}T00:00:00.000Z`,
              thumbprint: null,
            }
          : certificate !== undefined
            ? {
                kind: 'certificate' as const,
                expiresAt: certificate.expiresAt,
                thumbprint: certificate.thumbprint,
              }
            : (before ?? null);
    return {
      fields,
      credential,
      given: {
        ...(secret !== undefined && { clientSecret: secret }),
        ...(certificate !== undefined && { certificate: certificate.certificate }),
        ...(proxyPassword !== undefined && { proxyPassword }),
      },
    };
  }

  private get values(): ConnectionFormValues {
    return this.answers.values;
  }

  private change(changes: Partial<ConnectionFormValues>): void {
    this.answers.values = { ...this.values, ...changes };
  }

  private async take<K extends keyof ConnectionFormValues>(
    field: K,
    asked: Promise<ConnectionFormValues[K] | typeof back>,
  ): Promise<unknown> {
    const answer = await asked;
    if (answer !== back) this.change({ [field]: answer });
    return answer;
  }

  private text(field: TextField, prompt: string, placeHolder?: string): WizardStep {
    return {
      applies: (values) => !disabledFields(values).includes(field),
      ask: (place) =>
        this.take(
          field,
          askText(place, {
            prompt,
            value: this.values[field],
            ...(placeHolder !== undefined && { placeHolder }),
            problem: (text) => this.problem(field, { [field]: text.trim() }),
          }),
        ),
    };
  }

  private one<K extends 'sourceType' | 'cloud' | 'app' | 'credentialKind' | 'useProxy'>(
    field: K,
    placeHolder: string,
    choices: readonly StepChoice<ConnectionFormValues[K]>[],
  ): WizardStep {
    return {
      applies: (values) => !disabledFields(values).includes(field),
      ask: (place) => this.take(field, askOne(place, placeHolder, choices, this.values[field])),
    };
  }

  /** The multi-tenant app's secret is its publisher's, so with it only people sign in. */
  private flows(): readonly StepChoice<ConnectionFormValues['flow']>[] {
    return flowChoices.filter(({ value }) => this.values.app === 'own' || value !== 'clientCredentials');
  }

  private redirectStep(): WizardStep {
    return {
      applies: (values) => values.flow === 'authorizationCode',
      ask: async (place) => {
        const usual = projectedEndpoints(this.values, this.context()).redirectUri;
        const answer = await askText(place, {
          prompt:
            'Redirect URI as registered. From http://localhost the browser comes back by itself; from any other address you paste it.',
          value: this.values.redirectUri ?? usual,
          problem: (text) => this.problem('redirectUri', { redirectUri: text.trim() }),
        });
        if (answer !== back) this.change({ redirectUri: answer === usual || answer === '' ? null : answer });
        return answer;
      },
    };
  }

  private secretStep(): WizardStep {
    return this.passwordStep(
      'secret',
      'Client secret: its value, not its ID. It is kept in the key chain of this computer only.',
      this.subject?.stored.clientSecret === true,
      (secret) => (this.answers.secret = secret),
    );
  }

  private proxyPasswordStep(): WizardStep {
    const step = this.passwordStep(
      'proxyPassword',
      'Password at the proxy. It is kept in the key chain of this computer only.',
      true,
      (password) => (this.answers.proxyPassword = password),
    );
    return { ...step, applies: (values) => step.applies(values) && values.proxyUsername.trim() !== '' };
  }

  private passwordStep(
    field: 'secret' | 'proxyPassword',
    prompt: string,
    optional: boolean,
    accept: (text: string) => unknown,
  ): WizardStep {
    return {
      applies: (values) => !disabledFields(values).includes(field),
      ask: async (place) => {
        const entered = (field === 'secret' ? this.answers.secret : this.answers.proxyPassword) !== undefined;
        const step: TextStep = {
          prompt,
          value: '',
          password: true,
          placeHolder: entered || optional ? 'Leave empty to keep what is stored' : '',
          problem: (text) =>
            text.trim() === '' && !entered && !optional ? 'Enter the secret’s value.' : undefined,
        };
        const answer = await askText(place, step);
        if (answer !== back && answer !== '') accept(answer);
        return answer;
      },
    };
  }

  private certificateStep(): WizardStep {
    return {
      applies: (values) => !disabledFields(values).includes('certificate'),
      ask: async (place) => {
        const stored = this.subject?.stored.certificate === true;
        const chosen = this.answers.certificate;
        const choices: StepChoice<'pick' | 'keep'>[] = [
          { label: '$(folder-opened) Choose a PEM or PFX file…', value: 'pick' },
          ...(stored || chosen !== undefined
            ? [{ label: '$(check) Keep the certificate', detail: chosen?.subject, value: 'keep' as const }]
            : []),
        ];
        for (;;) {
          const answer = await askOne(place, 'Certificate with its private key', choices, 'pick');
          if (answer !== 'pick') return answer;
          const picked = await pickClientCertificate();
          if (picked === undefined) continue;
          this.answers.certificate = picked;
          return picked;
        }
      },
    };
  }

  private tasksStep(): WizardStep {
    return {
      applies: () => true,
      ask: (place) =>
        this.take(
          'tasks',
          askMany(place, 'Which tasks does an import run?', this.taskChoices(), this.values.tasks),
        ),
    };
  }

  private taskChoices(): StepChoice<ConnectionFormValues['tasks'][number]>[] {
    const fields = fieldsOf(this.values, this.presetClientId);
    return importTasks.map((task) => ({
      value: task,
      label: taskTitle(task),
      detail: [
        ...new Set(
          taskPermissions(fields, task)
            .filter(({ available }) => available)
            .map(({ permission }) => permission),
        ),
      ].join(', '),
    }));
  }

  /** The problem that a field would have with other values. */
  private problem(field: ConnectionFormField, changes: Partial<ConnectionFormValues>): string | undefined {
    const values = { ...this.values, ...changes };
    const found = formProblems(values, this.context()).find((problem) => problem.field === field);
    return found === undefined ? undefined : formProblem(found, values).sentence;
  }

  private context(): Parameters<typeof formProblems>[1] {
    const current = this.subject?.current;
    return {
      presetClientId: this.presetClientId,
      ...(current !== undefined && { connectionId: current.connectionId }),
      tenantId: current?.tenantId ?? null,
      others: this.others,
      // Steps of their own see to these.
      hasSecret: true,
      hasCertificate: true,
      hasProxyPassword: false,
      today: new Date().toISOString().slice(0, 10),
    };
  }
}

type TextField =
  | 'name'
  | 'loginOrigin'
  | 'graphOrigin'
  | 'caCertificatePath'
  | 'tenant'
  | 'clientId'
  | 'secretExpiresOn'
  | 'proxyServer'
  | 'proxyUsername';
