import * as v from 'valibot';
import { cloudNames, signInFlows, sourceTypes } from '../../shared/connectionContract';
import { importTasks, type Connection, type CredentialFacts } from '../../core/model/connection';
import type { ConnectionFields } from '../../core/model/connectionChange';
import { defaultRedirectUri } from '../../core/model/connectionEndpoints';
import { connectionProblems } from '../../core/model/connectionRules';
import { invalidArgument } from '../host/commandRunner';
import { parseArgument } from './arguments';
import { problemSentence } from './connectionProblemText';
import type { GivenSecrets, StoredSecrets } from './connectionSave';
import type { CertificateChoice } from './connectionSecrets';

const optionalText = v.optional(v.nullable(v.string()));
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730));

/** Argument of `addConnection` and `editConnection`. */
const connectionArgument = v.strictObject({
  name: v.string(),
  sourceType: v.picklist(sourceTypes),
  tenant: optionalText,
  cloud: v.optional(v.picklist(cloudNames)),
  endpoints: v.optional(v.nullable(v.strictObject({ login: v.string(), graph: v.string() }))),
  clientId: v.optional(v.string()),
  flow: v.picklist(signInFlows),
  redirectUri: optionalText,
  secret: v.optional(v.string()),
  /** `YYYY-MM-DD` or UTC ISO 8601. */
  secretExpiresAt: v.optional(
    v.nullable(v.union([v.pipe(v.string(), v.isoDate()), v.pipe(v.string(), v.isoTimestamp())])),
  ),
  certificatePath: v.optional(v.string()),
  certificatePassword: v.optional(v.string()),
  proxy: v.optional(
    v.nullable(
      v.strictObject({
        server: v.string(),
        username: v.optional(v.string()),
        password: v.optional(v.string()),
      }),
    ),
  ),
  tasks: v.optional(v.pipe(v.array(v.picklist(importTasks)), v.minLength(1))),
  caCertificatePath: optionalText,
  readOnly: v.optional(v.boolean()),
  /** Days of its own for verdicts, 1 to 730; null: that of the settings. */
  thresholds: v.optional(
    v.nullable(v.strictObject({ inactivityDays: v.nullable(days), graceDays: v.nullable(days) })),
  ),
});

type ConnectionArgument = v.InferOutput<typeof connectionArgument>;

/** A connection as a person or a caller from code wants it, with the secrets that come with it. */
export interface ConnectionAnswer {
  readonly fields: ConnectionFields;
  readonly credential: CredentialFacts | null;
  readonly given: GivenSecrets;
}

/** What reading an argument needs. */
export interface ArgumentContext {
  readonly current: Connection | undefined;
  readonly presetClientId: string;
  readonly readCertificate: (path: string, password?: string) => Promise<CertificateChoice>;
}

/**
 * The connection that an argument object asks for; what it leaves out stays as it is, or takes its default.
 * @throws LicenseError `invalidArgument`
 */
export async function connectionOfArgument(
  argument: Record<string, unknown>,
  { current, presetClientId, readCertificate }: ArgumentContext,
): Promise<ConnectionAnswer> {
  const { connectionId: _, ...asked } = argument;
  const parsed = parseArgument(connectionArgument, {
    ...(current === undefined ? {} : keptArgument(current, asked)),
    ...asked,
  });
  const cloud = parsed.cloud ?? 'global';
  const endpoints = parsed.endpoints ?? null;
  const clientId = parsed.clientId ?? presetClientId;
  const { username, server, password } = parsed.proxy ?? {};
  const fields: ConnectionFields = {
    name: parsed.name,
    sourceType: parsed.sourceType,
    tenant: parsed.tenant ?? null,
    cloud,
    endpoints,
    clientId,
    flow: parsed.flow,
    redirectUri: redirectUriOf(parsed, { cloud, endpoints, clientId }, presetClientId),
    proxy: server === undefined ? null : { server, ...(username && { username }) },
    tasks: parsed.tasks ?? importTasks,
    caCertificatePath: parsed.caCertificatePath ?? null,
    readOnly: parsed.readOnly ?? false,
    ...(parsed.thresholds !== undefined && { thresholds: parsed.thresholds }),
  };
  const picked =
    parsed.certificatePath === undefined
      ? undefined
      : await readCertificate(parsed.certificatePath, parsed.certificatePassword);
  return {
    fields,
    credential: credentialOf(parsed, picked, current),
    given: {
      ...(parsed.secret !== undefined && { clientSecret: parsed.secret }),
      ...(picked !== undefined && { certificate: picked.certificate }),
      ...(password !== undefined && { proxyPassword: password }),
    },
  };
}

/** Whoever names no app takes the multi-tenant one, and with it Microsoft's page for native applications. */
function redirectUriOf(
  parsed: ConnectionArgument,
  basis: Pick<Connection, 'cloud' | 'endpoints' | 'clientId'>,
  presetClientId: string,
): string | null {
  if (parsed.redirectUri !== undefined) return parsed.redirectUri;
  const preset = basis.clientId.toLowerCase() === presetClientId.toLowerCase();
  const usable = basis.cloud !== 'custom' || basis.endpoints !== null;
  return parsed.flow === 'authorizationCode' && preset && usable
    ? defaultRedirectUri(basis, presetClientId)
    : null;
}

function credentialOf(
  parsed: ConnectionArgument,
  picked: CertificateChoice | undefined,
  current: Connection | undefined,
): CredentialFacts | null {
  if (parsed.flow !== 'clientCredentials') return null;
  if (picked !== undefined) {
    return { kind: 'certificate', expiresAt: picked.expiresAt, thumbprint: picked.thumbprint };
  }
  const before = current?.credential ?? null;
  if (parsed.secret === undefined && parsed.secretExpiresAt === undefined) return before ?? secretFacts(null);
  const at = parsed.secretExpiresAt;
  const kept = before?.kind === 'secret' && parsed.secret === undefined ? before.expiresAt : null;
  return secretFacts(at === undefined ? kept : at === null ? null : new Date(at).toISOString());
}

function secretFacts(expiresAt: string | null): CredentialFacts {
  return { kind: 'secret', expiresAt, thumbprint: null };
}

/** A stored connection in the form of an argument, without what the change asked for makes void. */
function keptArgument(current: Connection, asked: Record<string, unknown>): Record<string, unknown> {
  const leavesCustom = asked['cloud'] !== undefined && asked['cloud'] !== 'custom';
  const leavesBrowser = asked['flow'] !== undefined && asked['flow'] !== 'authorizationCode';
  return {
    name: current.name,
    sourceType: current.sourceType,
    tenant: current.tenant,
    cloud: current.cloud,
    endpoints: leavesCustom ? null : current.endpoints,
    clientId: current.clientId,
    flow: current.flow,
    redirectUri: leavesBrowser ? null : current.redirectUri,
    proxy: current.proxy,
    tasks: current.tasks,
    caCertificatePath: leavesCustom ? null : current.caCertificatePath,
    readOnly: current.readOnly,
  };
}

/** Refuses a connection that breaks a rule, with the first problem's sentence. @throws `invalidArgument` */
export function requireRules(
  answer: ConnectionAnswer,
  connectionId: string | undefined,
  others: readonly Connection[],
  stored: StoredSecrets,
  presetClientId: string,
): void {
  const { fields, credential, given } = answer;
  const password = given.proxyPassword ?? (stored.proxyPassword && fields.proxy?.username ? '*' : undefined);
  const secret = given.clientSecret ?? (stored.clientSecret ? '*' : undefined);
  const [problem] = connectionProblems(
    {
      ...fields,
      ...(connectionId !== undefined && { connectionId }),
      proxy: fields.proxy === null ? null : { ...fields.proxy, ...(password !== undefined && { password }) },
      ...(secret !== undefined && { secret }),
      ...(credential !== null && { credentialKind: credential.kind }),
      hasCertificate: given.certificate !== undefined || stored.certificate,
      presetClientId,
    },
    others,
  );
  if (problem !== undefined) throw invalidArgument(problemSentence(problem));
}
