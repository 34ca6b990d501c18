import { textOrNull } from '../../core/store/sqlCells';
import type { Store } from '../../core/store/store';
import type { TenantFacts } from '../../shared/viewRows';

/** Reads the tenants, or one of them, with the age of their numbers, sorted by name. */
export async function readTenantFacts(
  store: Pick<Store, 'query'>,
  tenantId: string | null,
): Promise<TenantFacts[]> {
  const rows = await store.query(
    `SELECT t.tenantId, t.displayName, t.lastImportAt, e.evaluatedOn
       FROM v_tenants t LEFT JOIN v_evaluation e ON e.tenantId = t.tenantId
      WHERE ?1 IS NULL OR t.tenantId = ?1
      ORDER BY t.displayName COLLATE NOCASE, t.tenantId`,
    [tenantId],
  );
  return rows.map((row) => ({
    tenantId: String(row['tenantId']),
    displayName: textOrNull(row['displayName']) ?? String(row['tenantId']),
    lastImportAt: textOrNull(row['lastImportAt']),
    evaluatedOn: textOrNull(row['evaluatedOn']),
  }));
}
