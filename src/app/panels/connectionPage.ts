import * as v from 'valibot';
import { LicenseError } from '../../core/foundation/errors';
import { clouds } from '../../core/identity/clouds';
import type { ClientCertificate, SecretVault } from '../../core/identity/identity';
import { importTasks, type Connection, type CredentialFacts } from '../../core/model/connection';
import { changedConnection, moveBetween, newConnection } from '../../core/model/connectionChange';
import { isLoopbackRedirect } from '../../core/model/connectionEndpoints';
import {
  disabledFields,
  fieldsOf,
  formProblems,
  formValuesOf,
  newFormValues,
  projectedEndpoints,
} from '../../core/model/connectionForm';
import { missingPermissions, taskPermissions } from '../../core/model/connectionPermissions';
import type { EvaluationSettings } from '../../core/model/evaluation';
import { credentialExpiries } from '../../core/model/credentialExpiry';
import { delegatedPermissions } from '../../core/identity/scopes';
import type { Store } from '../../core/store/store';
import type {
  CertificateSummary,
  ConnectionContract,
  ConnectionFormCheck,
  ConnectionFormStart,
  ConnectionFormValues,
  ConnectionSaveResult,
  ConnectionSignIn,
  SecretPresence,
} from '../../shared/connectionContract';
import { expirySentence } from '../commands/connectionExpiryText';
import { formProblem } from '../commands/connectionProblemText';
import {
  storeConnection,
  storedSecrets,
  type GivenSecrets,
  type StoredSecrets,
} from '../commands/connectionSave';
import { taskTitle } from '../tree/words';
import { formValuesSchema } from './connectionFormMessages';
import type { RpcMethods } from './rpcServer';

/** A certificate that a person has picked: what may be shown of it, and what may not. */
export interface PickedCertificate {
  readonly certificate: ClientCertificate;
  readonly subject: string;
  /** SHA-256, lower-case hex. */
  readonly thumbprint: string;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
}

/** What the connection form needs of the world; none of it knows VS Code. */
export interface ConnectionPageDeps {
  /** Null for a new connection. */
  readonly connectionId: string | null;
  /** The connection that a new one begins as a copy of, without its secrets. */
  readonly copyOf: string | null;
  readonly store: Pick<Store, 'connections' | 'saveConnection'>;
  readonly vault: SecretVault;
  readonly presetClientId: () => string;
  /** Days of the settings. */
  readonly usualThresholds: () => EvaluationSettings;
  readonly now: () => Date;
  /** Asks for a secret outside of the page; undefined when the person gives up. */
  readonly askSecret: (
    kind: 'secret' | 'proxyPassword',
    connectionName: string,
  ) => Promise<string | undefined>;
  /** Asks for a PEM or PFX file and its password and reads it. */
  readonly pickCertificate: () => Promise<PickedCertificate | undefined>;
  readonly pickCaCertificate: () => Promise<string | undefined>;
  /** Signs the person in; rejects with the reason. */
  readonly signIn: (connectionId: string, signal: AbortSignal) => Promise<unknown>;
  /** Makes a connection of the deprecated source type one of Microsoft 365. */
  readonly convert: (connectionId: string) => Promise<unknown>;
  readonly confirmDiscard: () => Promise<boolean>;
  readonly close: () => void;
  /** The connection has a name to put on the panel. */
  readonly onSaved: (connection: Connection) => void;
}

/**
 * Host side of the connection form. It alone judges: the page shows what `check` says. Secrets entered are kept
 * here until Save, and never told to the page; they are lost with the panel.
 */
export class ConnectionPage {
  private connectionId: string | null;
  private given: GivenSecrets = {};
  private picked: PickedCertificate | undefined;

  constructor(private readonly deps: ConnectionPageDeps) {
    this.connectionId = deps.connectionId;
  }

  readonly methods: RpcMethods<ConnectionContract> = {
    start: { params: v.null(), handle: () => this.start() },
    check: { params: formValuesSchema, handle: (values) => this.check(values) },
    askSecret: {
      params: v.object({ kind: v.picklist(['secret', 'proxyPassword']), values: formValuesSchema }),
      handle: ({ kind, values }) => this.askSecret(kind, values),
    },
    pickCertificate: {
      params: v.object({ values: formValuesSchema }),
      handle: ({ values }) => this.pickCertificate(values),
    },
    pickCaCertificate: {
      params: v.null(),
      handle: async () => {
        const path = await this.deps.pickCaCertificate();
        return path === undefined ? null : { path };
      },
    },
    save: { params: formValuesSchema, handle: (values) => this.save(values) },
    signIn: { params: v.null(), handle: (_, signal) => this.signIn(signal) },
    convert: { params: v.null(), handle: () => this.convert() },
    close: {
      params: v.object({ changed: v.boolean() }),
      handle: async ({ changed }) => {
        if (!changed || (await this.deps.confirmDiscard())) this.deps.close();
        return null;
      },
    },
  };

  /** The connection that the form is about; null while it is new. */
  get currentId(): string | null {
    return this.connectionId;
  }

  /** Who is signed in now; null when the connection is new or gone. */
  async signInFacts(): Promise<ConnectionSignIn | null> {
    const current = await this.current();
    return current === undefined ? null : this.signInOf(current);
  }

  /** Forgets what was entered and not saved. */
  dispose(): void {
    this.given = {};
    this.picked = undefined;
  }

  private async start(): Promise<ConnectionFormStart> {
    const { deps } = this;
    const all = await deps.store.connections();
    const current = await this.required(all);
    const source = current ?? all.find(({ connectionId }) => connectionId === deps.copyOf);
    const preset = deps.presetClientId();
    const stored = source === undefined ? newFormValues() : formValuesOf(source, preset);
    const values =
      current === undefined && source !== undefined
        ? { ...stored, name: freeName(source.name, all), sourceType: createdType(source) }
        : stored;
    return {
      mode: current === undefined ? 'create' : 'edit',
      connectionId: this.connectionId,
      copyOf: current === undefined ? (source?.connectionId ?? null) : null,
      copiedFrom: current === undefined ? (source?.name ?? null) : null,
      deprecated: current?.sourceType === 'office365Deprecated',
      values,
      presetClientId: preset,
      clouds: [
        ...(['global', 'usGovL4', 'usGovL5', 'china'] as const).map((value) => ({
          value,
          label: clouds[value].displayName,
          detail: `${hostOf(clouds[value].login)}, ${hostOf(clouds[value].graph)}`,
        })),
        { value: 'custom', label: 'Custom', detail: 'A sign-in service and Graph of your own' },
      ],
      tasks: importTasks.map((value) => ({ value, label: taskTitle(value), detail: taskDetails[value] })),
      usualThresholds: deps.usualThresholds(),
      check: await this.check(values),
      signIn: this.signInOf(current),
    };
  }

  private async check(values: ConnectionFormValues): Promise<ConnectionFormCheck> {
    const { deps } = this;
    const all = await deps.store.connections();
    const current = await this.required(all);
    const presetClientId = deps.presetClientId();
    const fields = fieldsOf(values, presetClientId);
    const secrets = await this.presence(values, current, presetClientId);
    const context = {
      presetClientId,
      ...(current !== undefined && { connectionId: current.connectionId }),
      tenantId: current?.tenantId ?? null,
      others: all,
      hasSecret: secrets.secret !== 'none',
      hasCertificate: secrets.certificate !== 'none',
      hasProxyPassword: secrets.proxyPassword !== 'none',
      today: deps.now().toISOString().slice(0, 10),
    };
    const projected = projectedEndpoints(values, context);
    return {
      problems: formProblems(values, context).map((problem) => formProblem(problem, values)),
      disabled: disabledFields(values),
      projected,
      redirectIsLocal: isLoopbackRedirect(values.redirectUri ?? projected.redirectUri),
      permissions: {
        applicationRoster: taskPermissions(fields, 'applicationRoster'),
        applicationAccess: taskPermissions(fields, 'applicationAccess'),
        licenseInformation: taskPermissions(fields, 'licenseInformation'),
        licenseDifferentiation: taskPermissions(fields, 'licenseDifferentiation'),
      },
      asksFor: fields.tasks.length === 0 ? [] : delegatedPermissions(fields),
      secrets,
      certificate: this.certificateSummary(current, secrets.certificate),
    };
  }

  /** What is stored counts only as long as it belongs to what the form says. */
  private async presence(
    values: ConnectionFormValues,
    current: Connection | undefined,
    presetClientId: string,
  ): Promise<ConnectionFormCheck['secrets']> {
    const stored = await this.stored();
    const moved = current === undefined ? null : moveBetween(current, fieldsOf(values, presetClientId));
    const kept = (has: boolean, isVoid: boolean | undefined): SecretPresence =>
      has && !isVoid ? 'stored' : 'none';
    const { clientSecret, proxyPassword } = this.given;
    return {
      secret: clientSecret !== undefined ? 'entered' : kept(stored.clientSecret, moved?.credential),
      certificate: this.picked !== undefined ? 'entered' : kept(stored.certificate, moved?.credential),
      proxyPassword:
        proxyPassword === undefined
          ? kept(stored.proxyPassword, moved?.proxyPassword)
          : proxyPassword === ''
            ? 'none'
            : 'entered',
    };
  }

  private stored(): Promise<StoredSecrets> {
    return storedSecrets(this.deps.vault, this.connectionId ?? undefined);
  }

  private certificateSummary(
    current: Connection | undefined,
    presence: SecretPresence,
  ): CertificateSummary | null {
    if (this.picked !== undefined) {
      const { subject, thumbprint, expiresAt } = this.picked;
      return { subject, thumbprint, expiresAt };
    }
    const credential = current?.credential;
    if (presence !== 'stored' || credential?.kind !== 'certificate') return null;
    return { subject: null, thumbprint: credential.thumbprint, expiresAt: credential.expiresAt };
  }

  private async askSecret(
    kind: 'secret' | 'proxyPassword',
    values: ConnectionFormValues,
  ): Promise<ConnectionFormCheck | null> {
    const secret = await this.deps.askSecret(kind, values.name.trim());
    if (secret === undefined) return null;
    this.given =
      kind === 'secret' ? { ...this.given, clientSecret: secret } : { ...this.given, proxyPassword: secret };
    return this.check(values);
  }

  private async pickCertificate(values: ConnectionFormValues): Promise<ConnectionFormCheck | null> {
    const picked = await this.deps.pickCertificate();
    if (picked === undefined) return null;
    this.picked = picked;
    return this.check(values);
  }

  private async save(values: ConnectionFormValues): Promise<ConnectionSaveResult> {
    const check = await this.check(values);
    if (check.problems.length > 0) return { saved: false, check };
    const { deps, picked } = this;
    const before = await this.current();
    const preset = deps.presetClientId();
    const fields = fieldsOf(values, preset);
    const credential = this.credentialOf(values, before);
    const connection =
      before === undefined
        ? newConnection(fields, credential, crypto.randomUUID(), deps.now().toISOString())
        : changedConnection(before, fields, credential);
    const given = { ...this.given, ...(picked !== undefined && { certificate: picked.certificate }) };
    await storeConnection(deps, connection, before, given);
    this.connectionId = connection.connectionId;
    this.dispose();
    deps.onSaved(connection);
    const saved = formValuesOf(connection, preset);
    return {
      saved: true,
      connectionId: connection.connectionId,
      values: saved,
      check: await this.check(saved),
      signIn: this.signInOf(connection),
    };
  }

  private credentialOf(values: ConnectionFormValues, before: Connection | undefined): CredentialFacts | null {
    if (values.flow !== 'clientCredentials') return null;
    if (values.credentialKind === 'secret') {
      const day = values.secretExpiresOn.trim();
      return { kind: 'secret', expiresAt: day === '' ? null : `${day}T00:00:00.000Z`, thumbprint: null };
    }
    const { picked } = this;
    if (picked !== undefined) {
      return { kind: 'certificate', expiresAt: picked.expiresAt, thumbprint: picked.thumbprint };
    }
    return before?.credential?.kind === 'certificate'
      ? before.credential
      : { kind: 'certificate', expiresAt: null, thumbprint: null };
  }

  private async signIn(signal: AbortSignal): Promise<ConnectionSignIn | null> {
    const { connectionId } = this;
    if (connectionId === null)
      throw new LicenseError('invalidArgument', 'Save the connection before signing in.');
    await this.deps.signIn(connectionId, signal);
    return this.signInFacts();
  }

  private async convert(): Promise<ConnectionFormStart> {
    if (this.connectionId !== null) await this.deps.convert(this.connectionId);
    return this.start();
  }

  private signInOf(connection: Connection | undefined): ConnectionSignIn {
    if (connection === undefined) {
      return {
        signedInAt: null,
        account: null,
        tenantId: null,
        scopes: [],
        roles: [],
        refreshedAt: null,
        missing: [],
        ends: null,
      };
    }
    const [end] = credentialExpiries(connection, this.deps.now());
    return {
      signedInAt: connection.signedInAt,
      account: connection.account,
      tenantId: connection.tenantId,
      scopes: connection.scopes ?? [],
      roles: connection.roles ?? [],
      refreshedAt: connection.refreshedAt ?? null,
      missing: missingPermissions(connection),
      ends: end === undefined ? null : { text: expirySentence(end), near: end.threshold !== null },
    };
  }

  private async current(): Promise<Connection | undefined> {
    return (await this.deps.store.connections()).find((c) => c.connectionId === this.connectionId);
  }

  /** The connection being edited; one that was removed meanwhile is said, not made anew. */
  private async required(all: readonly Connection[]): Promise<Connection | undefined> {
    if (this.connectionId === null) return undefined;
    const found = all.find(({ connectionId }) => connectionId === this.connectionId);
    if (found !== undefined) return found;
    throw new LicenseError('notFound', 'This connection has been removed. Close the form.');
  }
}

const taskDetails: Readonly<Record<(typeof importTasks)[number], string>> = {
  applicationRoster: 'Users, their licenses, devices and storage',
  applicationAccess: 'When eleven applications were last used',
  licenseInformation: 'Products, units, subscriptions and terms',
  licenseDifferentiation: 'Which plans each user has, and through which group',
};

/** `Contoso`, `Contoso copy`, `Contoso copy 2`: the first that no other connection has. */
export function freeName(name: string, taken: readonly Pick<Connection, 'name'>[]): string {
  const names = new Set(taken.map((other) => other.name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = `${name} copy${number === 1 ? '' : ` ${number}`}`;
    if (!names.has(candidate.toLowerCase())) return candidate;
  }
}

/** The deprecated source type can't be created, so a copy is of the type that replaces it. */
function createdType(source: Connection): Connection['sourceType'] {
  return source.sourceType === 'office365Deprecated' ? 'microsoft365' : source.sourceType;
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}
