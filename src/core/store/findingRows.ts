import { createHash } from 'node:crypto';
import type { PackedFindings } from './packedFindings';
import { RowPacker, unpacked } from './packedRows';
import type { SqlDatabase } from './sqlDatabase';

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

/** Findings written together. */
const batchSize = 4096;

/**
 * Makes the findings of a tenant those given. Where all are as they were nothing is read or written but a digest;
 * else only those that differ.
 * @param products keys in the file of what findings are about, by SKU id
 */
export function writeFindings(
  db: SqlDatabase,
  tenantKey: number,
  { rows, shapes, evidence }: PackedFindings,
  products: ReadonlyMap<string, number>,
): void {
  const cellsOfShapes = shapes.map(({ kind, skuId, part, currency, bucket }) => ({
    kind,
    productKey: skuId === null ? null : (products.get(skuId) ?? null),
    part,
    currency,
    bucket,
  }));
  const hash = createHash('sha1').update(JSON.stringify([cellsOfShapes, evidence]));
  for (const { kinds, numbers } of rows) hash.update(kinds).update(numbers);
  const digest = hash.digest('base64');
  const known = db.value('SELECT findingsDigest FROM tenantResults WHERE tenantKey = ?', [tenantKey]);
  if (known === digest) return;

  const evidenceKeys = keysOfEvidence(db, evidence);
  const before = new Map<string, number>();
  db.each(
    `SELECT findingKey, json_array(kind, userKey, productKey, part, seats, monthlyMinor, currency, bucket, evidenceKey)
     FROM findings WHERE tenantKey = ?`,
    [tenantKey],
    ([key, signature]) => before.set(String(signature), Number(key)),
  );
  let added = new RowPacker(findingColumns.length);
  let count = 0;
  const insert = (): void => {
    db.runForRows(
      `INSERT INTO findings (${findingColumns.join(', ')}) VALUES (${findingColumns.map(() => '?').join(', ')})`,
      added.packed(),
    );
    added = new RowPacker(findingColumns.length);
    count = 0;
  };
  for (const block of rows) {
    for (const [userKey = null, shape, evidencePlace, seats = null, monthlyMinor = null] of unpacked(block)) {
      const cells = cellsOfShapes[Number(shape)];
      if (cells === undefined) throw new RangeError(`There is no kind ${shape} of findings.`);
      const { kind, productKey, part, currency, bucket } = cells;
      const evidenceKey = evidenceKeys[Number(evidencePlace)] ?? 0;
      const values = [kind, userKey, productKey, part, seats, monthlyMinor, currency, bucket, evidenceKey];
      if (before.size > 0 && before.delete(JSON.stringify(values))) continue;
      added.add([tenantKey, ...values]);
      count += 1;
      if (count === batchSize) insert();
    }
  }
  insert();
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

/** Keys of evidence, in its order; what the file does not have is added to it. */
function keysOfEvidence(db: SqlDatabase, evidence: readonly string[]): readonly number[] {
  const keys = new Map<string, number>();
  db.each('SELECT evidence, evidenceKey FROM findingEvidence', [], ([word, key]) =>
    keys.set(String(word), Number(key)),
  );
  let last = db.number('SELECT max(evidenceKey) FROM findingEvidence');
  return db.withStatement('INSERT INTO findingEvidence (evidenceKey, evidence) VALUES (?, ?)', (insert) =>
    evidence.map((word) => {
      let key = keys.get(word);
      if (key === undefined) {
        key = ++last;
        insert.run([key, word]);
      }
      return key;
    }),
  );
}
