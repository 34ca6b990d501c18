import type { Connection, ConnectionThresholds } from '../model/connection';
import { supersededConnections } from '../model/lifecycle';
import { readConnections } from './connectionRecords';
import type { SqlDatabase } from './sqlDatabase';

/** What the connections of a tenant decide about its licenses and verdicts. */
export interface TenantConnections {
  /** Ids of the connections that exist. */
  readonly known: ReadonlySet<string>;
  /** Ids of those whose licenses are retired. */
  readonly superseded: ReadonlySet<string>;
  /**
   * Thresholds that connections bring; null: that of the settings. Of several, the longer days: nobody is called
   * inactive whom one of them would not.
   */
  readonly thresholds: ConnectionThresholds;
}

/** Reads what the connections of a tenant decide. */
export function readTenantConnections(db: SqlDatabase, tenantId: string): TenantConnections {
  const connections = readConnections(db).filter((connection) => isOf(connection, tenantId));
  const imported = new Set(
    db
      .rows("SELECT DISTINCT connectionId FROM imports WHERE tenantId = ? AND status = 'succeeded'", [
        tenantId,
      ])
      .map((row) => String(row.connectionId)),
  );
  const superseded = supersededConnections(
    connections.map(({ connectionId, sourceType }) => ({
      connectionId,
      sourceType,
      hasImported: imported.has(connectionId),
    })),
  );
  const given = connections.flatMap(({ connectionId, thresholds }) =>
    thresholds === undefined || thresholds === null || superseded.has(connectionId) ? [] : [thresholds],
  );
  return {
    known: new Set(connections.map(({ connectionId }) => connectionId)),
    superseded,
    thresholds: {
      inactivityDays: longest(given.map(({ inactivityDays }) => inactivityDays)),
      graceDays: longest(given.map(({ graceDays }) => graceDays)),
    },
  };
}

function longest(given: readonly (number | null)[]): number | null {
  const days = given.filter((value) => value !== null);
  return days.length === 0 ? null : Math.max(...days);
}

/** Remembers that an import of a connection brought the licenses that the tenant has now. */
export function recordLicenseImports(db: SqlDatabase, tenantKey: number, connectionId: string): void {
  db.run(
    `DELETE FROM licenseImports WHERE tenantKey = ?1
     AND productKey NOT IN (SELECT productKey FROM licenses WHERE tenantKey = ?1)`,
    [tenantKey],
  );
  db.run(
    `INSERT OR IGNORE INTO licenseImports (tenantKey, productKey, connectionId)
     SELECT tenantKey, productKey, ? FROM licenses WHERE tenantKey = ?`,
    [connectionId, tenantKey],
  );
}

/** Connections that exist and whose imports brought a license, by product. */
export function readLicenseImports(
  db: SqlDatabase,
  tenantKey: number,
  known: ReadonlySet<string>,
): ReadonlyMap<number, readonly string[]> {
  const importedBy = new Map<number, string[]>();
  db.each(
    'SELECT productKey, connectionId FROM licenseImports WHERE tenantKey = ?',
    [tenantKey],
    ([productKey, connectionId]) => {
      if (!known.has(String(connectionId))) return;
      const list = importedBy.get(Number(productKey));
      if (list === undefined) importedBy.set(Number(productKey), [String(connectionId)]);
      else list.push(String(connectionId));
    },
  );
  return importedBy;
}

function isOf(connection: Connection, tenantId: string): boolean {
  return connection.tenantId?.toLowerCase() === tenantId;
}
