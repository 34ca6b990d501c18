import type { SqlRow, Store, ViewSpec } from '../../core/store/store';
import type {
  FindingGroup,
  FindingQuery,
  FindingRow,
  MonthlyAmount,
} from '../../shared/reconciliationFindings';
import { numberOf, numberOrNull, textOrNull } from '../../core/store/sqlCells';

/** Reads the findings by tenant, license, kind, bucket and currency: one pass for all that the page says of them. */
export function readFindingSums(store: Pick<Store, 'query'>, tenantId: string | null): Promise<SqlRow[]> {
  return store.query(
    `SELECT tenantId, kind, bucket, licenseId, max(productName) AS productName, max(skuPartNumber) AS skuPartNumber,
       CASE WHEN monthlyMinor IS NULL THEN NULL ELSE currency END AS currency,
       count(*) AS findings, sum(seats) AS seats, count(userId) AS users, sum(isAlert) AS alerts,
       sum(monthlyMinor) AS monthlyMinor, sum(CASE WHEN monthlyMinor IS NULL THEN seats ELSE 0 END) AS unpricedSeats
     FROM v_findings WHERE ?1 IS NULL OR tenantId = ?1
     GROUP BY tenantId, kind, licenseId, bucket, 7
     ORDER BY tenantId, kind, licenseId, bucket, 7`,
    [tenantId],
  );
}

/** The sums by tenant, license and kind, with their money per currency. */
export function findingGroups(rows: readonly SqlRow[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup & { amounts: MonthlyAmount[] }>();
  for (const row of rows) {
    const [tenant, kind, licenseId] = [
      String(row['tenantId']),
      String(row['kind']),
      textOrNull(row['licenseId']),
    ];
    const key = [tenant, kind, licenseId ?? ''].join(' ');
    const known = groups.get(key);
    const amounts = known?.amounts ?? [];
    const currency = textOrNull(row['currency']);
    const monthlyMinor = numberOrNull(row['monthlyMinor']);
    if (currency !== null && monthlyMinor !== null) addAmount(amounts, currency, monthlyMinor);
    groups.set(key, {
      tenantId: tenant,
      kind,
      licenseId,
      name: textOrNull(row['productName']) ?? textOrNull(row['skuPartNumber']),
      findings: (known?.findings ?? 0) + numberOf(row['findings']),
      seats: (known?.seats ?? 0) + numberOf(row['seats']),
      users: (known?.users ?? 0) + numberOf(row['users']),
      alerts: (known?.alerts ?? 0) + numberOf(row['alerts']),
      amounts,
      unpricedSeats: (known?.unpricedSeats ?? 0) + numberOf(row['unpricedSeats']),
    });
  }
  return [...groups.values()];
}

function addAmount(amounts: MonthlyAmount[], currency: string, monthlyMinor: number): void {
  const at = amounts.findIndex((amount) => amount.currency === currency);
  const known = amounts[at];
  if (known === undefined) amounts.push({ currency, monthlyMinor });
  else amounts[at] = { currency, monthlyMinor: known.monthlyMinor + monthlyMinor };
}

/** The view with the findings of a query, the most money first. */
export function findingsSpec(query: FindingQuery, tenantId: string | null): ViewSpec {
  const tenant = tenantId ?? query.tenantId;
  return {
    report: 'findings',
    ...(tenant !== null && { tenantId: tenant }),
    filter: {
      columns: {
        ...(query.kinds.length > 0 && { kind: query.kinds }),
        ...(query.licenseId !== null && { licenseId: query.licenseId }),
      },
    },
    // Amounts of two currencies are not compared; descending, those without a price come last.
    sort: [
      { column: 'currency', descending: true },
      { column: 'monthlyMinor', descending: true },
      { column: 'userPrincipalName', descending: false },
    ],
  };
}

/** A row of the view as the page shows it. */
export function findingRow(row: SqlRow): FindingRow {
  return {
    findingId: String(row['findingId']),
    tenantId: String(row['tenantId']),
    kind: String(row['kind']),
    userId: textOrNull(row['userId']),
    userPrincipalName: textOrNull(row['userPrincipalName']),
    displayName: textOrNull(row['displayName']),
    licenseId: textOrNull(row['licenseId']),
    skuPartNumber: textOrNull(row['skuPartNumber']),
    productName: textOrNull(row['productName']),
    seats: numberOf(row['seats']),
    monthlyMinor: numberOrNull(row['monthlyMinor']),
    currency: textOrNull(row['currency']),
    bucket: textOrNull(row['bucket']),
    evidence: textOrNull(row['evidence']),
  };
}
