import * as v from 'valibot';
import type { CsvValue } from '../../core/export/csvCell';
import {
  chartTable,
  licensesTable,
  savingsTable,
  spendTable,
  tenantsTable,
} from '../../core/export/reconciliationTables';
import type { Store, ViewSpec } from '../../core/store/store';
import {
  positionColumns,
  reconciliationTables,
  type ReconciliationContract,
  type ReconciliationData,
} from '../../shared/reconciliationContract';
import { spendDimensions } from '../../shared/reconciliationMoney';
import { findingsSpec } from './reconciliationFindings';
import { isHidden, positionSpec, readPositions, type ReconciliationStore } from './reconciliationRows';

type ExportRequest = ReconciliationContract['requests']['exportCsv'];

/** What an export of a table needs of its page. */
export interface ReconciliationExportDeps {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly store: ReconciliationStore;
  /** Asks for a file and writes a report of the store; null when the person cancelled. */
  readonly exportCsv: (
    spec: ViewSpec & { readonly columns?: readonly string[] },
  ) => Promise<{ rows: number } | null>;
  /** Asks for a file and writes rows; false when the person cancelled. */
  readonly saveCsv: (suggestedName: string, rows: readonly (readonly CsvValue[])[]) => Promise<boolean>;
}

const id = v.pipe(v.string(), v.maxLength(200));

/** An order of the licenses. */
export const positionOrder = v.object({ column: v.picklist(positionColumns), descending: v.boolean() });

/** Findings, as the page asks for them. */
export const findingQuery = v.object({
  tenantId: v.nullable(id),
  kinds: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(60)),
  licenseId: v.nullable(id),
});

/** What the page may ask to be exported. */
export const exportRequest = v.object({
  table: v.picklist(reconciliationTables),
  allColumns: v.boolean(),
  sort: positionOrder,
  showHidden: v.boolean(),
  query: findingQuery,
  dimension: v.picklist(spendDimensions),
  licenseIds: v.pipe(v.array(id), v.maxLength(1000)),
});

/** Columns of the findings that the page shows; `evidence` is what their sentences are made of. */
const shownFindings = [
  ...['kind', 'userPrincipalName', 'displayName', 'productName', 'skuPartNumber'],
  ...['seats', 'monthlyMinor', 'currency', 'evidence'],
];

/** Writes a table of the page as CSV; null when the person cancelled. @param load what the page shows */
export async function exportTable(
  request: ExportRequest['params'],
  deps: ReconciliationExportDeps,
  load: () => Promise<ReconciliationData>,
): Promise<ExportRequest['result']> {
  const { allColumns, dimension } = request;
  const save = async (name: string, rows: CsvValue[][]): Promise<ExportRequest['result']> =>
    (await deps.saveCsv(name, rows)) ? { rows: rows.length - 1 } : null;
  switch (request.table) {
    case 'licenses':
      return allColumns
        ? deps.exportCsv(await licensesSpec(request, deps))
        : save('licenses.csv', licensesTable(await load()));
    case 'findings': {
      const columns = [...(deps.tenantId === null ? ['tenantId'] : []), ...shownFindings];
      return deps.exportCsv({
        ...findingsSpec(request.query, deps.tenantId),
        ...(!allColumns && { columns }),
      });
    }
    case 'chart':
      return save('seats-and-units-by-license.csv', chartTable(await load(), request.licenseIds));
    case 'savings':
      return save('savings-by-reason.csv', savingsTable((await load()).money.savings));
    case 'tenants':
      return save('tenants.csv', tenantsTable((await load()).byTenant, allColumns));
    case 'spend':
      return allColumns
        ? save('spend.csv', await allSpendLines(deps.store, deps.tenantId))
        : save(
            `spend-by-${dimension === 'companyName' ? 'company' : dimension}.csv`,
            spendTable((await load()).spendLines, dimension),
          );
  }
}

/** The licenses as shown: hidden ones are named in the filter only when there are any. */
async function licensesSpec(
  { sort, showHidden }: ExportRequest['params'],
  { store, tenantId }: ReconciliationExportDeps,
): Promise<ViewSpec> {
  const spec = positionSpec(tenantId, sort);
  if (showHidden) return spec;
  const all = await readPositions(store, tenantId, sort, new AbortController().signal);
  if (!all.some(isHidden)) return spec;
  const shown = all.filter((row) => !isHidden(row)).map((row) => row.licenseId);
  return { ...spec, filter: { columns: { licenseId: shown } } };
}

const spendColumns = [
  ...['tenantId', 'dimension', 'value', 'currency', 'people', 'seats', 'unpricedSeats'],
  ...['monthlyMinor', 'annualMinor'],
];

/** The lines of every tenant and every dimension, as `v_spend_lines` has them. */
async function allSpendLines(store: Pick<Store, 'query'>, tenantId: string | null): Promise<CsvValue[][]> {
  const rows = await store.query(
    `SELECT ${spendColumns.join(', ')} FROM v_spend_lines WHERE ?1 IS NULL OR tenantId = ?1
     ORDER BY tenantId, dimension, value IS NULL, value COLLATE NOCASE, value, currency`,
    [tenantId],
  );
  return [spendColumns, ...rows.map((row) => spendColumns.map((column) => row[column] ?? null))];
}
