import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import { importTasks, type Connection } from '../model/connection';
import { forgetEvidence } from './findingRows';
import type { SqlDatabase } from './sqlDatabase';

const text = v.string();
const optionalText = v.nullable(v.string());
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730));

/**
 * A connection as the file keeps it. Objects keep only the properties named here, so that nothing secret gets into
 * the file with them.
 */
const connectionRecord = v.object({
  connectionId: text,
  name: text,
  sourceType: v.picklist(['microsoft365', 'saasManagement', 'office365Deprecated']),
  tenant: optionalText,
  tenantId: optionalText,
  cloud: v.picklist(['global', 'usGovL4', 'usGovL5', 'china', 'custom']),
  endpoints: v.nullable(v.object({ login: text, graph: text })),
  clientId: text,
  flow: v.picklist(['authorizationCode', 'deviceCode', 'clientCredentials']),
  redirectUri: optionalText,
  proxy: v.nullable(v.object({ server: text, username: v.optional(text) })),
  tasks: v.array(v.picklist(importTasks)),
  caCertificatePath: optionalText,
  readOnly: v.boolean(),
  createdAt: text,
  account: optionalText,
  signedInAt: optionalText,
  credential: v.optional(
    v.nullable(
      v.object({
        kind: v.picklist(['secret', 'certificate']),
        expiresAt: optionalText,
        thumbprint: optionalText,
      }),
    ),
  ),
  scopes: v.optional(v.array(text)),
  roles: v.optional(v.array(text)),
  refreshedAt: v.optional(optionalText),
  thresholds: v.optional(
    v.nullable(v.object({ inactivityDays: v.nullable(days), graceDays: v.nullable(days) })),
  ),
});

/** All connections, by name. A record that this version can't read is left out and stays in the file. */
export function readConnections(db: SqlDatabase): Connection[] {
  const connections: Connection[] = [];
  db.each('SELECT document FROM connections ORDER BY name COLLATE NOCASE', [], ([document]) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), connectionRecord), document);
    if (parsed.success) connections.push(parsed.output);
  });
  return connections;
}

/** A connection with the properties that the file keeps. @throws `invalidArgument` for an object that is none */
export function connectionOf(connection: Connection): Connection {
  const parsed = v.safeParse(connectionRecord, connection);
  if (!parsed.success) {
    throw new LicenseError('invalidArgument', `Not a connection: ${v.summarize(parsed.issues)}`);
  }
  return parsed.output;
}

/** Adds or replaces. @throws `invalidArgument` for a name in use, or an object that is no connection */
export function writeConnection(db: SqlDatabase, connection: Connection): void {
  const record = connectionOf(connection);
  if (record.proxy !== null && /^[^/]*:?\/*[^/]*@/.test(record.proxy.server)) {
    throw new LicenseError('invalidArgument', 'The proxy server must not contain a user name or password.');
  }
  const sameName = db.value(
    'SELECT connectionId FROM connections WHERE name = ? COLLATE NOCASE AND connectionId <> ?',
    [record.name, record.connectionId],
  );
  if (sameName !== null) {
    throw new LicenseError('invalidArgument', `There is a connection named "${record.name}" already.`, {
      name: record.name,
    });
  }
  db.run(
    `INSERT INTO connections (connectionId, name, tenantId, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (connectionId) DO UPDATE SET name = excluded.name, tenantId = excluded.tenantId,
       document = excluded.document`,
    [record.connectionId, record.name, record.tenantId?.toLowerCase() ?? null, JSON.stringify(record)],
  );
}

const tenantTables = [
  'datasetStates',
  'groups',
  'groupIds',
  'users',
  'assignments',
  'licenses',
  'servicePlans',
  'licenseManagement',
  'subscriptions',
  'activations',
  'appUsage',
  'oneDriveUsage',
  'mailboxUsage',
  'activeUsers',
  'emailActivity',
  'applicationSignIns',
  'registrationDetails',
  'seats',
  'positions',
  'licenseHistory',
  'subscriptionHistory',
  'historyUsers',
  'assignmentChanges',
  'userChanges',
  'accountMarks',
  'accountPatterns',
  'downgradeAnswers',
  'purchases',
  'subscriptionManagement',
  'licenseImports',
  'seatSetSpend',
  'licenseResults',
  'subscriptionResults',
  'findings',
  'tenantResults',
  'spend',
  'spendLines',
  'licenseSpend',
  'hiddenCosts',
  'realisables',
  'verifiedSavings',
  'tenantHistory',
  'spendHistory',
] as const;

/**
 * Removes a connection and, without `keepData`, everything of its tenant, unless another connection has that tenant.
 * @returns the tenant whose data was removed, or null
 * @throws `notFound`
 */
export function deleteConnection(db: SqlDatabase, connectionId: string, keepData: boolean): string | null {
  const [row] = db.rows('SELECT tenantId FROM connections WHERE connectionId = ?', [connectionId]);
  if (row === undefined) {
    throw new LicenseError('notFound', 'There is no such connection.', { connectionId });
  }
  db.run('DELETE FROM connections WHERE connectionId = ?', [connectionId]);
  db.run('DELETE FROM licenseImports WHERE connectionId = ?', [connectionId]);
  const { tenantId } = row;
  if (keepData || typeof tenantId !== 'string') return null;
  if (db.value('SELECT 1 FROM connections WHERE tenantId = ?', [tenantId]) !== null) return null;
  const tenantKey = db.value('SELECT tenantKey FROM tenants WHERE tenantId = ?', [tenantId]);
  if (typeof tenantKey === 'number') {
    for (const table of tenantTables) db.run(`DELETE FROM ${table} WHERE tenantKey = ?`, [tenantKey]);
    db.run('DELETE FROM tenants WHERE tenantKey = ?', [tenantKey]);
    forgetEvidence(db);
  }
  db.run('DELETE FROM importTasks WHERE importKey IN (SELECT importKey FROM imports WHERE tenantId = ?)', [
    tenantId,
  ]);
  db.run('DELETE FROM imports WHERE tenantId = ?', [tenantId]);
  return tenantId;
}
