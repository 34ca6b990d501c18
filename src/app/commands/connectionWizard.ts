import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { importTasks } from '../../core/model/connection';
import type { Connection, SignInFlow } from '../../core/model/connection';
import { problemSentence } from './connectionProblemText';
import { connectionProblems } from '../../core/model/connectionRules';
import type { ConnectionDraft } from '../../core/model/connectionRules';

/** What the wizard asks for; the secret is kept apart because it goes to the vault, never to the file. */
export interface WizardAnswers {
  readonly name: string;
  readonly tenant: string | null;
  readonly clientId: string;
  readonly flow: SignInFlow;
  readonly secret: string | undefined;
}

type Answers = { -readonly [K in keyof WizardAnswers]: WizardAnswers[K] };

const back = Symbol('back');

/**
 * Asks for a connection step by step in quick inputs, with Back keeping the answers.
 */
export async function askConnection(
  title: string,
  initial: WizardAnswers,
  taken: readonly Connection[],
): Promise<WizardAnswers> {
  const answers: Answers = { ...initial };
  let step = 1;
  for (;;) {
    const total = answers.flow === 'clientCredentials' ? 5 : 4;
    const result = await askStep({ title, step, total, answers, taken });
    if (result === back) step -= 1;
    else if (step >= (answers.flow === 'clientCredentials' ? 5 : 4)) return answers;
    else step += 1;
  }
}

interface StepContext {
  readonly title: string;
  readonly step: number;
  readonly total: number;
  readonly answers: Answers;
  readonly taken: readonly Connection[];
}

async function askStep(context: StepContext): Promise<typeof back | undefined> {
  const { answers } = context;
  switch (context.step) {
    case 1:
      return askText(context, {
        prompt:
          'Connection name: letters, digits, underscores and spaces. It is also the name of the import.',
        value: answers.name,
        field: 'name',
        accept: (value) => (answers.name = value.trim()),
      });
    case 2:
      return askText(context, {
        prompt:
          'Tenant: its ID or a verified domain. Leave empty to take the tenant of the account that signs in.',
        placeHolder: 'contoso.onmicrosoft.com',
        value: answers.tenant ?? '',
        field: 'tenant',
        accept: (value) => (answers.tenant = value.trim() === '' ? null : value.trim()),
      });
    case 3:
      return askText(context, {
        prompt: 'Application (client) ID. Keep the preset to use the multi-tenant app.',
        value: answers.clientId,
        field: 'clientId',
        accept: (value) => (answers.clientId = value.trim()),
      });
    case 4:
      return askFlow(context);
    default:
      return askText(context, {
        prompt: 'Client secret: its value, not its ID. It is kept in the system’s key chain only.',
        value: '',
        password: true,
        placeHolder: initialSecretHint(answers),
        accept: (value) => (answers.secret = value === '' ? answers.secret : value),
      });
  }
}

function initialSecretHint(answers: Answers): string {
  return answers.secret === undefined ? 'Leave empty to keep the stored secret' : 'Already entered';
}

interface TextStep {
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  /** Field of the draft whose problems are shown while typing. */
  readonly field?: keyof ConnectionDraft;
  readonly accept: (value: string) => unknown;
}

function askText(context: StepContext, step: TextStep): Promise<typeof back | undefined> {
  const input = vscode.window.createInputBox();
  input.title = context.title;
  input.step = context.step;
  input.totalSteps = context.total;
  input.prompt = step.prompt;
  input.value = step.value;
  input.placeholder = step.placeHolder;
  input.password = step.password ?? false;
  input.ignoreFocusOut = true;
  if (context.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve, reject) => {
    const problem = (value: string): string | undefined => {
      if (step.field === undefined) return undefined;
      step.accept(value);
      const found = connectionProblems(draftOf(context.answers), context.taken).find(
        (p) => p.field === step.field,
      );
      return found === undefined ? undefined : problemSentence(found);
    };
    input.onDidChangeValue((value) => {
      input.validationMessage = problem(value);
    });
    input.onDidAccept(() => {
      const message = problem(input.value);
      input.validationMessage = message;
      if (message !== undefined) return;
      step.accept(input.value);
      resolve(undefined);
      input.hide();
    });
    input.onDidTriggerButton(() => {
      resolve(back);
      input.hide();
    });
    input.onDidHide(() => {
      // Settled already when the step was accepted or went back.
      reject(new LicenseError('cancelled', 'The connection was not saved.'));
      input.dispose();
    });
    input.show();
  });
}

const flows: readonly { label: string; detail: string; flow: SignInFlow }[] = [
  {
    label: 'Browser',
    detail: 'Sign in with an account in the browser (authorization code with PKCE)',
    flow: 'authorizationCode',
  },
  {
    label: 'Device code',
    detail: 'Enter a code on another page or device; for remote windows and locked-down browsers',
    flow: 'deviceCode',
  },
  {
    label: 'Client credentials',
    detail: 'The application signs in by itself with a secret; needs a tenant and your own app registration',
    flow: 'clientCredentials',
  },
];

function askFlow(context: StepContext): Promise<typeof back | undefined> {
  const pick = vscode.window.createQuickPick<(typeof flows)[number]>();
  pick.title = context.title;
  pick.step = context.step;
  pick.totalSteps = context.total;
  pick.placeholder = 'How does this connection sign in?';
  pick.items = flows;
  pick.activeItems = flows.filter((item) => item.flow === context.answers.flow);
  pick.buttons = [vscode.QuickInputButtons.Back];
  pick.ignoreFocusOut = true;
  return new Promise((resolve, reject) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen === undefined) return;
      context.answers.flow = chosen.flow;
      resolve(undefined);
      pick.hide();
    });
    pick.onDidTriggerButton(() => {
      resolve(back);
      pick.hide();
    });
    pick.onDidHide(() => {
      reject(new LicenseError('cancelled', 'The connection was not saved.'));
      pick.dispose();
    });
    pick.show();
  });
}

function draftOf(answers: Answers): ConnectionDraft {
  return {
    sourceType: 'microsoft365',
    cloud: 'global',
    endpoints: null,
    redirectUri: null,
    proxy: null,
    tasks: importTasks,
    caCertificatePath: null,
    ...answers,
  };
}
