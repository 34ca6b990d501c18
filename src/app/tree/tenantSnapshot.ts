import * as v from 'valibot';
import type { Connection } from '../../core/model/connection';
import { otherFamily } from '../../core/catalog/productFamily';
import type { SqlRow, Store } from '../../core/store/store';
import type { LicensePosition, SeatsByVerdict } from '../../shared/licensePosition';

/** One license as the tree shows it. Units as in `v_position`. */
export interface LicenseEntry
  extends Omit<LicensePosition, 'unassigned'>, Pick<SeatsByVerdict, 'active' | 'inactive' | 'never'> {
  readonly licenseId: string;
  readonly skuPartNumber: string;
  readonly productName: string;
  readonly appliesTo: string | null;
  readonly capabilityStatus: string | null;
  readonly isTrial: boolean;
  readonly nextLifecycleAt: string | null;
  /** Family of products, by which many licenses are grouped. */
  readonly family: string;
  /** False for licenses that count in no number: retired ones and those a person does not manage. */
  readonly isCounted: boolean;
  /** `managed`, `excludedFromAlerts` or `unmanaged`. */
  readonly participation: string;
  /** Reason that a person gave for `unmanaged`. */
  readonly managedReason: string | null;
  /** Findings by kind, most frequent first. */
  readonly findings: readonly { readonly kind: string; readonly count: number }[];
}

/** The newest run of a tenant's imports. */
export interface LastImport {
  readonly importId: string;
  readonly connectionName: string;
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly tasks: readonly {
    task: string;
    status: string;
    rows: number;
    durationMs: number;
    warnings: string;
  }[];
}

/** A tenant with everything the tree shows below it. */
export interface TenantEntry {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string | null;
  readonly cloud: string;
  readonly lastImportAt: string | null;
  readonly connections: readonly Connection[];
  readonly licenses: readonly LicenseEntry[];
  readonly lastImport: LastImport | null;
}

/** What the tree shows, read in one go. */
export interface TenantSnapshot {
  readonly tenants: readonly TenantEntry[];
  /** Connections whose tenant is not known or has no data yet. */
  readonly unattached: readonly Connection[];
}

const text = v.string();
const optionalText = v.nullable(v.string());
const count = v.number();
const optionalCount = v.nullable(v.number());

const tenantRow = v.object({
  tenantId: text,
  displayName: text,
  defaultDomain: optionalText,
  cloud: text,
  lastImportAt: optionalText,
});

const licenseRow = v.object({
  tenantId: text,
  licenseId: text,
  skuPartNumber: text,
  productName: text,
  appliesTo: optionalText,
  capabilityStatus: optionalText,
  isTrial: optionalCount,
  nextLifecycleAt: optionalText,
  enabled: count,
  inGrace: count,
  suspended: count,
  lockedOut: count,
  entitled: count,
  consumed: count,
  seats: optionalCount,
  availableNow: count,
  availableAfterGrace: count,
  shortfallNow: count,
  shortfallSoon: count,
  active: optionalCount,
  inactive: optionalCount,
  never: optionalCount,
  family: optionalText,
  isCounted: optionalCount,
  participation: optionalText,
  managedReason: optionalText,
});

const findingRow = v.object({ licenseId: text, kind: text, count });

const importRow = v.object({
  importId: text,
  tenantId: text,
  connectionName: text,
  status: text,
  startedAt: text,
  finishedAt: optionalText,
});

const taskRow = v.object({
  importId: text,
  task: text,
  status: text,
  rows: optionalCount,
  durationMs: optionalCount,
  warnings: v.unknown(),
});

const latestImports = `
  SELECT importId, tenantId, connectionName, status, startedAt, finishedAt
  FROM (SELECT *, row_number() OVER (PARTITION BY tenantId ORDER BY startedAt DESC) AS newest FROM v_imports)
  WHERE newest = 1`;

const findingCounts = `
  SELECT licenseId, kind, count(*) AS count FROM v_findings WHERE licenseId IS NOT NULL
  GROUP BY licenseId, kind ORDER BY count DESC, kind`;

/** Reads what the tree shows from the store. */
export async function readTenantSnapshot(
  store: Pick<Store, 'query' | 'connections'>,
): Promise<TenantSnapshot> {
  const [connections, tenantRows, licenseRows, findingRows, importRows] = await Promise.all([
    store.connections(),
    store.query('SELECT * FROM v_tenants ORDER BY displayName COLLATE NOCASE, tenantId'),
    store.query(
      `SELECT l.*, p.enabled, p.inGrace, p.suspended, p.lockedOut, p.entitled, p.consumed, p.seats, p.availableNow,
         p.availableAfterGrace, p.shortfallNow, p.shortfallSoon, p.active, p.inactive, p.never
       FROM v_licenses l JOIN v_position p ON p.licenseId = l.licenseId
       ORDER BY l.productName COLLATE NOCASE, l.licenseId`,
    ),
    store.query(findingCounts),
    store.query(latestImports),
  ]);
  const imports = v.parse(v.array(importRow), importRows);
  const tasks = await readTasks(
    store,
    imports.map((row) => row.importId),
  );
  const findings = groupBy(v.parse(v.array(findingRow), findingRows), (row) => row.licenseId);
  const licenses = groupBy(v.parse(v.array(licenseRow), licenseRows), (row) => row.tenantId);
  const tenants = v.parse(v.array(tenantRow), tenantRows).map((row): TenantEntry => {
    const last = imports.find((entry) => entry.tenantId === row.tenantId);
    return {
      ...row,
      connections: connections.filter((connection) => connection.tenantId === row.tenantId),
      licenses: (licenses.get(row.tenantId) ?? []).map((entry) => ({
        ...entry,
        isTrial: entry.isTrial === 1,
        family: entry.family ?? otherFamily,
        isCounted: entry.isCounted !== 0,
        participation: entry.participation ?? 'managed',
        findings: findings.get(entry.licenseId) ?? [],
      })),
      lastImport: last === undefined ? null : { ...last, tasks: tasks.get(last.importId) ?? [] },
    };
  });
  const known = new Set(tenants.map((tenant) => tenant.tenantId));
  return {
    tenants,
    unattached: connections.filter((c) => c.tenantId === null || !known.has(c.tenantId)),
  };
}

async function readTasks(
  store: Pick<Store, 'query'>,
  importIds: readonly string[],
): Promise<Map<string, LastImport['tasks'][number][]>> {
  if (importIds.length === 0) return new Map();
  const rows: SqlRow[] = await store.query(
    `SELECT * FROM v_import_tasks WHERE importId IN (${importIds.map(() => '?').join(', ')})`,
    importIds,
  );
  const parsed = v.parse(v.array(taskRow), rows).map((row) => ({
    importId: row.importId,
    task: row.task,
    status: row.status,
    rows: row.rows ?? 0,
    durationMs: row.durationMs ?? 0,
    warnings: typeof row.warnings === 'string' ? row.warnings : '',
  }));
  return groupBy(parsed, (row) => row.importId);
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
