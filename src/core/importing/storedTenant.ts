import { isLicenseError } from '../foundation/errors';
import type { Dataset } from '../model/datasets';
import { datasetsOfTask } from '../model/datasets';
import type { Store, Tenant } from '../store/store';

/** What the file knows of a tenant before an import. */
export interface StoredTenant {
  readonly tenant: Tenant | null;
  /** Rows of each dataset as it was last complete. */
  readonly rowCounts: Readonly<Partial<Record<Dataset, number>>>;
  /** What the last import of each dataset left for the next one. */
  readonly syncStates: Readonly<Partial<Record<Dataset, string>>>;
}

const datasets: ReadonlySet<string> = new Set(Object.values(datasetsOfTask).flat());

function isDataset(name: string): name is Dataset {
  return datasets.has(name);
}

/** Reads what the file knows of a tenant; nothing for a tenant that was never imported. */
export async function readStoredTenant(store: Pick<Store, 'query'>, tenantId: string): Promise<StoredTenant> {
  try {
    const [row] = await store.query(
      'SELECT tenantId, displayName, defaultDomain, cloud FROM v_tenants WHERE tenantId = ?',
      [tenantId],
    );
    const counts = await store.query(
      // Where names were concealed, the rows are asked for anew until they have names.
      `SELECT dataset, rows, CASE WHEN concealed = 0 THEN syncState END AS syncState
       FROM datasetStates JOIN tenants USING (tenantKey) WHERE tenantId = ? AND rows > 0`,
      [tenantId],
    );
    return {
      tenant:
        row === undefined
          ? null
          : {
              tenantId,
              displayName: String(row.displayName),
              defaultDomain: row.defaultDomain === null ? null : String(row.defaultDomain),
              cloud: String(row.cloud),
            },
      rowCounts: Object.fromEntries(
        counts.flatMap(({ dataset, rows }) =>
          typeof dataset === 'string' && isDataset(dataset) && typeof rows === 'number'
            ? [[dataset, rows]]
            : [],
        ),
      ),
      syncStates: Object.fromEntries(
        counts.flatMap(({ dataset, syncState }) =>
          typeof dataset === 'string' && isDataset(dataset) && typeof syncState === 'string'
            ? [[dataset, syncState]]
            : [],
        ),
      ),
    };
  } catch (error) {
    // A comfort of the import: only a file that can't be used at all is a reason to stop.
    if (isLicenseError(error) && error.reason.startsWith('store')) throw error;
    return { tenant: null, rowCounts: {}, syncStates: {} };
  }
}
