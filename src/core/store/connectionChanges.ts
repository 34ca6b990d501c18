import type { Connection } from '../model/connection';
import { connectionOf, deleteConnection, writeConnection } from './connectionRecords';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantConnections } from './supersession';
import { keyOfTenant } from './tenantKey';
import { lastDay, reworkTenant } from './tenantRework';

/**
 * Adds or replaces a connection. Its thresholds, its source type and its tenant decide about verdicts and about which
 * licenses count, so what depends on them is worked out anew. @throws `invalidArgument`
 */
export function saveConnection(db: SqlDatabase, connection: Connection): void {
  const { connectionId, tenantId } = connectionOf(connection);
  const before = db.value('SELECT tenantId FROM connections WHERE connectionId = ?', [connectionId]);
  withTenants(db, [before, tenantId?.toLowerCase() ?? null], () => writeConnection(db, connection));
}

/** Removes a connection; licenses that it had superseded come back. @throws `notFound` */
export function removeConnection(db: SqlDatabase, connectionId: string, keepData: boolean): void {
  const tenant = db.value('SELECT tenantId FROM connections WHERE connectionId = ?', [connectionId]);
  withTenants(db, [tenant], () => deleteConnection(db, connectionId, keepData));
}

function withTenants(db: SqlDatabase, tenants: readonly unknown[], change: () => void): void {
  const tenantIds = [...new Set(tenants.filter((tenantId) => typeof tenantId === 'string'))];
  const decisions = (tenantId: string): string => {
    const { known, superseded, thresholds } = readTenantConnections(db, tenantId);
    return JSON.stringify([[...known].sort(), [...superseded].sort(), thresholds]);
  };
  const before = tenantIds.map(decisions);
  change();
  tenantIds.forEach((tenantId, index) => {
    if (decisions(tenantId) === before[index]) return;
    const tenantKey = keyOfTenant(db, tenantId);
    const day = tenantKey === null ? null : lastDay(db, tenantKey);
    if (tenantKey !== null && day !== null) reworkTenant(db, tenantKey, day);
  });
}
