import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import { importTasks, type Connection, type CredentialFacts } from './connection';
import { changedConnection, moveBetween, newConnection, type ConnectionFields } from './connectionChange';
import { connectionProblems, type ConnectionProblem } from './connectionRules';

const format = 'm365Licenses.connections';

/** The version that this program writes; it reads this one only. */
export const connectionFileVersion = 1;

const text = v.pipe(v.string(), v.maxLength(2_000));
const optionalText = v.optional(v.nullable(text), null);
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730));

/**
 * A connection as a file carries it: what a person decided, and when the credential ends. Nobody's sign-in and no
 * secret is in it; whatever else a file holds is left out when it is read.
 */
const fileConnection = v.object({
  connectionId: v.optional(v.pipe(v.string(), v.uuid())),
  name: text,
  sourceType: v.picklist(['microsoft365', 'saasManagement', 'office365Deprecated']),
  tenant: optionalText,
  cloud: v.optional(v.picklist(['global', 'usGovL4', 'usGovL5', 'china', 'custom']), 'global'),
  endpoints: v.optional(v.nullable(v.object({ login: text, graph: text })), null),
  clientId: v.optional(text, ''),
  flow: v.optional(v.picklist(['authorizationCode', 'deviceCode', 'clientCredentials']), 'authorizationCode'),
  redirectUri: optionalText,
  proxy: v.optional(v.nullable(v.object({ server: text, username: v.optional(text) })), null),
  tasks: v.optional(v.array(v.picklist(importTasks)), () => [...importTasks]),
  caCertificatePath: optionalText,
  readOnly: v.optional(v.boolean(), false),
  thresholds: v.optional(
    v.nullable(v.object({ inactivityDays: v.nullable(days), graceDays: v.nullable(days) })),
  ),
  credential: v.optional(
    v.nullable(
      v.object({
        kind: v.picklist(['secret', 'certificate']),
        expiresAt: v.optional(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null),
      }),
    ),
    null,
  ),
});

const fileSchema = v.object({
  format: v.literal(format),
  version: v.number(),
  connections: v.array(v.unknown()),
});

type FileConnection = v.InferOutput<typeof fileConnection>;

/** Writes connections as JSON text, without secrets and sign-ins. @param exportedAt UTC ISO 8601 */
export function writeConnectionFile(connections: readonly Connection[], exportedAt: string): string {
  const content = {
    format,
    version: connectionFileVersion,
    exportedAt,
    connections: connections.map((connection) => ({
      connectionId: connection.connectionId,
      ...fieldsOf(connection),
      credential:
        connection.credential === undefined || connection.credential === null
          ? null
          : { kind: connection.credential.kind, expiresAt: connection.credential.expiresAt },
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** What reading a file would do with one of its connections. */
export type ConnectionFileEntry =
  | {
      readonly action: 'add';
      readonly name: string;
      readonly connection: Connection;
      readonly needs: ConnectionNeed;
    }
  | {
      readonly action: 'change';
      readonly name: string;
      readonly connection: Connection;
      readonly before: Connection;
      /** Names of the fields that differ. */
      readonly changes: readonly (keyof ConnectionFields)[];
      readonly needs: ConnectionNeed;
    }
  | { readonly action: 'same'; readonly name: string }
  | {
      readonly action: 'refuse';
      readonly name: string;
      /** Null when the entry is no connection at all. */
      readonly problem: ConnectionProblem | null;
    };

/** What is to be done after the import before the connection can be used. */
export type ConnectionNeed = 'secret' | 'certificate' | 'signIn' | 'convert' | null;

/** What reading needs of the world. */
export interface ConnectionFileContext {
  readonly existing: readonly Connection[];
  readonly presetClientId: string;
  readonly newId: () => string;
  /** UTC ISO 8601. */
  readonly now: string;
}

/**
 * What reading a file would do, entry by entry, without doing it. A connection is the one with the same id, or else
 * the same name in any case. Two entries of one name: the second is refused.
 * @throws LicenseError `invalidArgument` for text that is no such file or of another version
 */
export function planConnectionFile(fileText: string, context: ConnectionFileContext): ConnectionFileEntry[] {
  const taken = [...context.existing];
  return readFile(fileText).map((raw, index) => {
    const parsed = v.safeParse(fileConnection, raw);
    if (!parsed.success) {
      return { action: 'refuse', name: nameIn(raw) ?? `Entry ${index + 1}`, problem: null };
    }
    const entry = planEntry(parsed.output, taken, context);
    if (entry.action === 'add') taken.push(entry.connection);
    if (entry.action === 'change') taken.splice(taken.indexOf(entry.before), 1, entry.connection);
    return entry;
  });
}

function readFile(fileText: string): readonly unknown[] {
  let raw: unknown;
  try {
    // A file that an editor saved may begin with a byte order mark.
    raw = JSON.parse(fileText.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new LicenseError(
      'invalidArgument',
      'The file is not JSON. Choose one that “Export Connections” has written.',
      {},
      { cause: error },
    );
  }
  const parsed = v.safeParse(fileSchema, raw);
  if (!parsed.success) {
    throw new LicenseError(
      'invalidArgument',
      'The file holds no connections. Choose one that “Export Connections” has written.',
    );
  }
  if (parsed.output.version !== connectionFileVersion) {
    throw new LicenseError(
      'invalidArgument',
      `The file is of version ${parsed.output.version}, which this version of the extension can’t read. Update the extension.`,
      { version: parsed.output.version },
    );
  }
  return parsed.output.connections;
}

function planEntry(
  entry: FileConnection,
  taken: readonly Connection[],
  context: ConnectionFileContext,
): ConnectionFileEntry {
  const deprecated = entry.sourceType === 'office365Deprecated';
  // The deprecated connector had no app of its own to name.
  const clientId = entry.clientId === '' ? context.presetClientId : entry.clientId;
  const fields: ConnectionFields = fieldsOf({ ...entry, clientId });
  const before =
    taken.find(({ connectionId }) => connectionId === entry.connectionId) ??
    taken.find(({ name }) => name.toLowerCase() === entry.name.toLowerCase());
  const problem = connectionProblems(
    {
      ...fields,
      ...(before !== undefined && { connectionId: before.connectionId }),
      // Kept to be read; and a secret is asked for afterwards.
      sourceType: deprecated ? 'microsoft365' : fields.sourceType,
      ...(entry.credential !== null && { credentialKind: entry.credential.kind }),
      secret: '*',
      hasCertificate: true,
      presetClientId: context.presetClientId,
    },
    taken,
  )[0];
  if (problem !== undefined) return { action: 'refuse', name: entry.name, problem };
  const credential: CredentialFacts | null =
    entry.credential === null ? null : { ...entry.credential, thumbprint: null };
  if (before === undefined) {
    const id = entry.connectionId ?? context.newId();
    const connection = newConnection(fields, credential, id, context.now);
    return { action: 'add', name: entry.name, connection, needs: needsOf(connection, false) };
  }
  if (before.sourceType === 'office365Deprecated' && !deprecated) {
    return {
      action: 'refuse',
      name: entry.name,
      problem: { field: 'sourceType', reason: 'deprecatedSource' },
    };
  }
  const changes = (Object.keys(fields) as (keyof ConnectionFields)[]).filter(
    (key) => JSON.stringify(fields[key] ?? null) !== JSON.stringify(before[key] ?? null),
  );
  if (changes.length === 0) return { action: 'same', name: entry.name };
  const move = moveBetween(before, fields);
  // The credential that is stored here stays with its own end; a new one is asked for.
  const connection = changedConnection(
    before,
    fields,
    move.credential ? credential : (before.credential ?? credential),
  );
  return {
    action: 'change',
    name: entry.name,
    connection,
    before,
    changes,
    needs: needsOf(connection, !move.credential),
  };
}

function needsOf(connection: Connection, hasCredential: boolean): ConnectionNeed {
  if (connection.sourceType === 'office365Deprecated') return 'convert';
  if (connection.flow === 'clientCredentials' && !hasCredential)
    return connection.credential?.kind ?? 'secret';
  return connection.signedInAt === null ? 'signIn' : null;
}

/** The fields alone, in one order, so that nothing else gets into a file or out of one. */
function fieldsOf(connection: ConnectionFields): ConnectionFields {
  const { proxy, endpoints } = connection;
  return {
    name: connection.name,
    sourceType: connection.sourceType,
    tenant: connection.tenant,
    cloud: connection.cloud,
    endpoints: endpoints === null ? null : { login: endpoints.login, graph: endpoints.graph },
    clientId: connection.clientId,
    flow: connection.flow,
    redirectUri: connection.redirectUri,
    proxy:
      proxy === null
        ? null
        : { server: proxy.server, ...(proxy.username !== undefined && { username: proxy.username }) },
    tasks: importTasks.filter((task) => connection.tasks.includes(task)),
    caCertificatePath: connection.caCertificatePath,
    readOnly: connection.readOnly,
    ...(connection.thresholds && {
      thresholds: {
        inactivityDays: connection.thresholds.inactivityDays,
        graceDays: connection.thresholds.graceDays,
      },
    }),
  };
}

function nameIn(raw: unknown): string | null {
  const parsed = v.safeParse(v.object({ name: v.pipe(v.string(), v.nonEmpty()) }), raw);
  return parsed.success ? parsed.output.name.slice(0, 128) : null;
}
