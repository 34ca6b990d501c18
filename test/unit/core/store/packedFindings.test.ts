import assert from 'node:assert/strict';
import { fraction } from '../../../../src/core/model/fraction';
import { FindingPacker } from '../../../../src/core/store/packedFindings';
import { unpacked } from '../../../../src/core/store/packedRows';
import { findingsOf, licenseOf, seatOf, userOf } from '../model/findingFixtures';

describe('packed findings', () => {
  // More than two blocks of 4096, the last of them not full. A third of a cent is left over for each seat.
  const count = 10_000;
  const licenses = [
    licenseOf('BIG', {
      price: fraction(1000, 3),
      units: { enabled: count + 5, warning: 0, suspended: 0, lockedOut: 0, consumed: count },
    }),
  ];
  const users = Array.from({ length: count }, (_, index) =>
    userOf(String(count - index).padStart(6, '0'), [
      seatOf('big', { verdict: 'inactive', lastActivityDate: `2026-0${1 + (index % 2)}-01` }),
    ]),
  );
  const sink = new FindingPacker();
  sink.userKey = 7;
  assert.deepEqual(findingsOf(licenses, users, { sink }), []);
  const packed = sink.packed();
  const rows = packed.rows.flatMap((block) => [...unpacked(block)]);

  it('are those that are found, in their order', () => {
    const found = findingsOf(licenses, users).map((finding) => [
      finding.kind,
      finding.userId === null ? null : 7,
      finding.skuId,
      finding.seats,
      finding.monthlyMinor,
      finding.currency,
      finding.bucket,
      finding.evidence,
    ]);
    assert.equal(rows.length, found.length);
    rows.forEach(([userKey, shape, evidence, seats, monthlyMinor], index) => {
      const { kind, skuId, currency, bucket } = packed.shapes[Number(shape)] ?? {};
      const word: unknown = JSON.parse(packed.evidence[Number(evidence)] ?? 'null');
      assert.deepEqual([kind, userKey, skuId, seats, monthlyMinor, currency, bucket, word], found[index]);
    });
  });

  it('get the exact sum of their savings, a unit more for the first by id', () => {
    // 10,000 × 333.33… = 3,333,333.33…; 3,333 of them get 334, and these are the ones that came last.
    const amounts = rows.slice(0, count).map((row) => row[4]);
    assert.equal(
      amounts.reduce<number>((sum, amount) => sum + Number(amount), 0),
      3_333_333,
    );
    assert.deepEqual([...new Set(amounts.slice(0, count - 3333))], [333]);
    assert.deepEqual([...new Set(amounts.slice(count - 3333))], [334]);
  });

  it('keep once what they have in common, and count the seats that they free', () => {
    const [inactive, ...others] = packed.shapes;
    assert.deepEqual(inactive, {
      kind: 'inactive',
      skuId: 'big',
      part: null,
      currency: 'EUR',
      bucket: 'inactive',
    });
    assert.ok(others.every(({ kind }) => kind !== 'inactive'));
    assert.equal(packed.evidence.length, rows.length - count + 2);
    assert.deepEqual([...packed.freed], [['big', count]]);
  });
});
