import { createHash } from 'node:crypto';
import { findingPart, type Finding, type FindingEvidence } from '../model/finding';
import { RowPacker } from './packedRows';
import type { SqlDatabase } from './sqlDatabase';

/** Keys in the file of what findings are about. */
export interface FindingKeys {
  readonly users: ReadonlyMap<string, number>;
  readonly products: ReadonlyMap<string, number>;
}

const findingColumns = [
  'tenantKey',
  'kind',
  'userKey',
  'productKey',
  'part',
  'seats',
  'monthlyMinor',
  'currency',
  'bucket',
  'evidenceKey',
] as const;

/** A finding as the file keeps it, all but its evidence. */
type FindingCells = readonly [
  kind: string,
  userKey: number | null,
  productKey: number | null,
  part: string | null,
  seats: number,
  monthlyMinor: number | null,
  currency: string | null,
  bucket: string | null,
];

/**
 * Makes the findings of a tenant those given. Where all are as they were nothing is read or written but a digest;
 * else only those that differ.
 */
export function writeFindings(
  db: SqlDatabase,
  tenantKey: number,
  findings: readonly Finding[],
  keys: FindingKeys,
): void {
  const words = new EvidenceWords();
  const hash = createHash('sha1');
  const rows = findings.map((finding) => {
    const cells = cellsOf(finding, keys);
    const evidence = words.of(finding.evidence);
    hash.update(`${cells.join(' ')} ${evidence}\n`);
    return { cells, evidence };
  });
  const digest = hash.digest('base64');
  const known = db.value('SELECT findingsDigest FROM tenantResults WHERE tenantKey = ?', [tenantKey]);
  if (known === digest) return;

  const evidenceKeys = keysOfEvidence(db, new Set(rows.map(({ evidence }) => evidence)));
  const before = new Map<string, number>();
  db.each(
    `SELECT findingKey, json_array(kind, userKey, productKey, part, seats, monthlyMinor, currency, bucket, evidenceKey)
     FROM findings WHERE tenantKey = ?`,
    [tenantKey],
    ([key, signature]) => before.set(String(signature), Number(key)),
  );
  const added = new RowPacker(findingColumns.length);
  for (const { cells, evidence } of rows) {
    const values = [...cells, evidenceKeys.get(evidence) ?? 0];
    if (before.size > 0 && before.delete(JSON.stringify(values))) continue;
    added.add([tenantKey, ...values]);
  }
  db.runForRows(
    `INSERT INTO findings (${findingColumns.join(', ')}) VALUES (${findingColumns.map(() => '?').join(', ')})`,
    added.packed(),
  );
  db.withStatement('DELETE FROM findings WHERE findingKey = ?', (remove) => {
    for (const key of before.values()) remove.run([key]);
  });
  if (before.size > 0) forgetEvidence(db);
  db.run(
    `INSERT INTO tenantResults (tenantKey, findingsDigest) VALUES (?1, ?2)
     ON CONFLICT (tenantKey) DO UPDATE SET findingsDigest = ?2`,
    [tenantKey, digest],
  );
}

/** Removes evidence that no finding has any more. */
export function forgetEvidence(db: SqlDatabase): void {
  db.run('DELETE FROM findingEvidence WHERE evidenceKey NOT IN (SELECT evidenceKey FROM findings)');
}

function cellsOf(finding: Finding, keys: FindingKeys): FindingCells {
  const { kind, userId, skuId, seats, monthlyMinor, currency, bucket, evidence } = finding;
  return [
    kind,
    userId === null ? null : (keys.users.get(userId) ?? null),
    skuId === null ? null : (keys.products.get(skuId) ?? null),
    findingPart(evidence),
    seats,
    monthlyMinor,
    currency,
    bucket,
  ];
}

/** Evidence as text; that of seats, of which there are many alike, is made once. */
class EvidenceWords {
  private readonly seats = new Map<string, string>();

  of(evidence: FindingEvidence): string {
    if (evidence.about !== 'seat') return JSON.stringify(evidence);
    const { verdict, reason, confidence, lastActivityDate, direct, groupCount, checks } = evidence;
    const key = `${verdict} ${reason} ${confidence} ${lastActivityDate} ${direct} ${groupCount} ${checks.join()}`;
    let word = this.seats.get(key);
    if (word === undefined) {
      word = JSON.stringify(evidence);
      this.seats.set(key, word);
    }
    return word;
  }
}

function keysOfEvidence(db: SqlDatabase, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  db.each('SELECT evidence, evidenceKey FROM findingEvidence', [], ([evidence, key]) =>
    keys.set(String(evidence), Number(key)),
  );
  let last = db.number('SELECT max(evidenceKey) FROM findingEvidence');
  db.withStatement('INSERT INTO findingEvidence (evidenceKey, evidence) VALUES (?, ?)', (insert) => {
    for (const evidence of wanted) {
      if (keys.has(evidence)) continue;
      last += 1;
      insert.run([last, evidence]);
      keys.set(evidence, last);
    }
  });
  return keys;
}
