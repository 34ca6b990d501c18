import { numberOf, numberOrNull, textOf, textOrNull } from '../../store/sqlCells';
import type { SqlRow } from '../../store/store';
import type { ReportAmount, ReportBucket, ReportFinding, ReportFindingGroup } from './reportData';
import type { Reader } from './reportReader';

/** Findings by kind, in the order of the kinds given; kinds that are not among them come last. */
export async function readFindingGroups(
  reader: Reader,
  kinds: readonly string[],
  maxListed: number,
): Promise<ReportFindingGroup[]> {
  const counts = await reader.rows(
    `SELECT kind, count(*) AS findings, sum(seats) AS seats, count(DISTINCT userId) AS people,
       sum(monthlyMinor IS NULL) AS unpriced, max(bucket IS NOT NULL) AS isSavings
     FROM v_findings WHERE ?1 IS NULL OR tenantId = ?1 GROUP BY kind`,
  );
  const amounts = await reader.rows(
    `SELECT kind AS label, currency, sum(monthlyMinor) AS minor FROM v_findings
     WHERE currency IS NOT NULL AND (?1 IS NULL OR tenantId = ?1)
     GROUP BY kind, currency HAVING sum(monthlyMinor) > 0 ORDER BY currency`,
  );
  const place = (row: SqlRow): number => {
    const index = kinds.indexOf(textOf(row['kind']));
    return index < 0 ? kinds.length : index;
  };
  const groups: ReportFindingGroup[] = [];
  for (const row of [...counts].sort((a, b) => place(a) - place(b))) {
    const kind = textOf(row['kind']);
    groups.push({
      kind,
      count: numberOf(row['findings']),
      seats: numberOf(row['seats']),
      people: numberOf(row['people']),
      amounts: amountsOf(amounts, kind),
      unpriced: numberOf(row['unpriced']),
      isSavings: row['isSavings'] === 1,
      listed: await listed(reader, kind, maxListed),
    });
  }
  return groups;
}

/** What would be saved by bucket, the largest first. */
export async function readBuckets(reader: Reader): Promise<ReportBucket[]> {
  const seats = await reader.rows(
    `SELECT bucket, sum(seats) AS seats, sum(CASE WHEN monthlyMinor IS NULL THEN seats ELSE 0 END) AS unpriced
     FROM v_findings WHERE bucket IS NOT NULL AND (?1 IS NULL OR tenantId = ?1)
     GROUP BY bucket ORDER BY sum(monthlyMinor) DESC, sum(seats) DESC, bucket`,
  );
  const amounts = await reader.rows(
    `SELECT bucket AS label, currency, sum(monthlyMinor) AS minor FROM v_findings
     WHERE bucket IS NOT NULL AND currency IS NOT NULL AND (?1 IS NULL OR tenantId = ?1)
     GROUP BY bucket, currency HAVING sum(monthlyMinor) IS NOT NULL ORDER BY currency`,
  );
  return seats.map((row) => ({
    bucket: textOf(row['bucket']),
    seats: numberOf(row['seats']),
    unpricedSeats: numberOf(row['unpriced']),
    amounts: amountsOf(amounts, textOf(row['bucket'])),
  }));
}

/** Those that cost most; at equal cost in the order of licenses and people. */
function listed(reader: Reader, kind: string, limit: number): Promise<ReportFinding[]> {
  return reader.each(
    `SELECT tenantId, kind, userId, userPrincipalName, displayName, productName, skuPartNumber, seats, monthlyMinor,
       currency, evidence
     FROM v_findings WHERE kind = ?2 AND (?1 IS NULL OR tenantId = ?1)
     ORDER BY coalesce(monthlyMinor, -1) DESC, seats DESC, productName, findingId LIMIT ?3`,
    (row) => ({
      tenantId: textOf(row['tenantId']),
      kind: textOf(row['kind']),
      displayName: textOrNull(row['displayName']),
      userPrincipalName: textOrNull(row['userPrincipalName']),
      productName: textOrNull(row['productName']) ?? textOrNull(row['skuPartNumber']),
      skuPartNumber: textOrNull(row['skuPartNumber']),
      seats: numberOrNull(row['seats']),
      monthlyMinor: numberOrNull(row['monthlyMinor']),
      currency: textOrNull(row['currency']),
      evidence: textOrNull(row['evidence']),
    }),
    [kind, limit],
  );
}

function amountsOf(rows: readonly SqlRow[], label: string): ReportAmount[] {
  return rows
    .filter((row) => row['label'] === label)
    .map((row) => ({ currency: textOf(row['currency']), minor: numberOf(row['minor']) }));
}
