import assert from 'node:assert/strict';
import type { Finding } from '../../../../src/core/model/finding';
import { FindingRun } from '../../../../src/core/model/findings';
import { freesSeat, realisable, savingsByBucket, verifiedSavings } from '../../../../src/core/model/savings';
import { signedPosition } from '../../../../src/core/model/signedPosition';
import { SpendTally } from '../../../../src/core/model/spend';
import { fraction } from '../../../../src/core/model/fraction';
import {
  e3,
  e5,
  exchange,
  findingContext,
  licenses,
  powerBi,
  spendLicenses,
  units,
  users,
  visio,
} from './reconciliationTenant';
import type { LicenseTerm } from '../../../../src/core/model/term';

/* The steps of docs/reconciliation.md; every number here was worked out by hand there. */

function found(): readonly Finding[] {
  const run = new FindingRun(findingContext);
  for (const user of users) run.user(user);
  return run.finish();
}

const names = new Map([
  [e5, 'E5'],
  [e3, 'E3'],
  [exchange, 'Exchange'],
  [powerBi, 'Power BI'],
  [visio, 'Visio'],
]);
const nameOf = (id: string | null): string => names.get(id ?? '') ?? '-';

describe('worked example of docs/reconciliation.md', () => {
  it('1: the position', () => {
    const position = (id: string, buffer = 0) => {
      const of = units[id];
      assert.ok(of);
      return signedPosition(of, buffer);
    };
    assert.deepEqual(position(e3), {
      entitled: 5,
      availableNow: -1,
      availableAfterGrace: -3,
      shortfallNow: 1,
      shortfallSoon: 2,
      unassigned: 0,
    });
    assert.equal(position(e5).availableNow, 0);
    assert.equal(position(exchange).unassigned, 1);
    assert.equal(position(powerBi, 1).availableNow, 3);
    assert.equal(position(powerBi, 1).unassigned, 2);
    assert.equal(position(visio).availableNow, 0);
  });

  it('2: the seats and their verdicts', () => {
    const seats = users.flatMap((user) =>
      user.seats.map((seat) => `${user.userId} ${nameOf(seat.skuId)} ${seat.verdict}`),
    );
    assert.deepEqual(seats.sort(), [
      'ada E5 active',
      'ben E5 active',
      'cleo E5 active',
      'cleo Power BI unknown',
      'dana E3 active',
      'dana Exchange active',
      'eli E3 active',
      'eli Visio unknown',
      'fay Power BI unknown',
      'frontdesk Exchange active',
      'gus E3 inactive',
      'hal E3 never',
      'jo E3 active',
      'kit E5 active',
      'kit Exchange active',
      'kit Visio unknown',
    ]);
  });

  it('3: the price of one unit', () => {
    const price = (id: string) => licenses.find((license) => license.skuId === id)?.price;
    assert.deepEqual(price(e5)?.price, { currency: 'EUR', monthly: fraction(5700) });
    assert.deepEqual(price(e3)?.price, { currency: 'EUR', monthly: fraction(10480, 3) });
    assert.deepEqual(price(exchange)?.price, { currency: 'EUR', monthly: fraction(400) });
    assert.deepEqual(price(powerBi)?.price, { currency: 'USD', monthly: fraction(1000) });
    assert.equal(price(visio)?.problem, 'noPurchase');
  });

  it('4: the spend', () => {
    const tally = new SpendTally(spendLicenses);
    const people = new Map(
      users.map((user) => [
        user.userId,
        tally
          .add({ department: user.department, country: null, companyName: null, seats: user.seats })
          .map((row) => [row.currency, row.monthlyMinor, row.unpricedSeats]),
      ]),
    );
    assert.deepEqual(people.get('ada'), [['EUR', 5700, 0]]);
    assert.deepEqual(people.get('ben'), [['EUR', 5700, 0]]);
    assert.deepEqual(people.get('cleo'), [
      ['EUR', 5700, 0],
      ['USD', 1000, 0],
    ]);
    assert.deepEqual(people.get('dana'), [['EUR', 3893, 0]]);
    assert.deepEqual(people.get('eli'), [['EUR', 3493, 1]]);
    assert.deepEqual(people.get('fay'), [['USD', 1000, 0]]);
    assert.deepEqual(people.get('ivy'), []);
    assert.deepEqual(people.get('kit'), [['EUR', 6100, 1]]);
    const spend = tally.finish();
    assert.deepEqual(spend.currencies, [
      {
        currency: 'EUR',
        monthlyMinor: 41867,
        annualMinor: 502400,
        assignedMonthlyMinor: 41467,
        assignedAnnualMinor: 497600,
        pricedSeats: 12,
      },
      {
        currency: 'USD',
        monthlyMinor: 5000,
        annualMinor: 60000,
        assignedMonthlyMinor: 2000,
        assignedAnnualMinor: 24000,
        pricedSeats: 2,
      },
    ]);
    assert.deepEqual([spend.pricedSeats, spend.totalSeats, spend.lowerBound], [14, 16, true]);
    assert.deepEqual(spend.unpriced, [{ skuPartNumber: 'VISIOCLIENT', seats: 2 }]);
    assert.deepEqual(
      spend.departments.map((line) => [
        line.currency,
        line.value,
        line.monthlyMinor,
        line.people,
        line.seats,
      ]),
      [
        ['EUR', 'IT', 13974, 4, 5],
        ['EUR', 'Sales', 20993, 4, 6],
        ['EUR', null, 6500, 3, 5],
        ['USD', 'IT', 0, 4, 5],
        ['USD', 'Sales', 1000, 4, 6],
        ['USD', null, 1000, 3, 5],
      ],
    );
  });

  it('5: the findings', () => {
    const lines = found().map((finding) =>
      [
        finding.kind,
        finding.userId ?? '-',
        nameOf(finding.skuId),
        finding.seats,
        finding.monthlyMinor ?? 'unpriced',
        finding.currency ?? '-',
        finding.bucket ?? '-',
      ].join(' '),
    );
    assert.deepEqual(lines.sort(), [
      'assignmentError ivy E3 0 0 - -',
      'assignmentError jo E3 1 0 - -',
      'contained cleo Power BI 1 1000 USD contained',
      'contained dana Exchange 1 400 EUR contained',
      'contained kit Exchange 1 400 EUR -',
      'countMismatch - E3 1 0 EUR -',
      'dataMissing - - 0 0 - -',
      'disabledAccount eli E3 1 3493 EUR disabledAccount',
      'disabledAccount eli Visio 1 unpriced - disabledAccount',
      'duplicatePath ben E5 1 0 EUR -',
      'guest fay Power BI 1 1000 USD guest',
      'inactive gus E3 1 3493 EUR inactive',
      'mailboxNeedsNone frontdesk Exchange 1 400 EUR mailboxNeedsNone',
      'neverActive hal E3 1 3493 EUR neverActive',
      'priceMissing - Visio 2 unpriced - -',
      'renewalDue - E3 2 6987 EUR -',
      'shortfall - E3 1 3493 EUR -',
      'shortfallAfterGrace - E3 2 6987 EUR -',
      'unassigned - Exchange 1 400 EUR unassigned',
      'unassigned - Power BI 2 2000 USD unassigned',
    ]);
  });

  it('5: the evidence', () => {
    const evidence = (kind: string, userId: string | null = null) =>
      found().find((finding) => finding.kind === kind && finding.userId === userId)?.evidence;
    assert.deepEqual(evidence('shortfallAfterGrace'), {
      about: 'position',
      entitled: 5,
      enabled: 3,
      inGrace: 2,
      consumed: 6,
      buffer: 0,
      limit: 'asPurchased',
      graceEnds: '2026-11-24',
    });
    assert.deepEqual(evidence('contained', 'kit'), {
      about: 'containment',
      insideSkuId: e5,
      insidePartNumber: 'SPE_E5',
      missingPlans: ['EXCHANGE_S_STANDARD'],
    });
    assert.deepEqual(evidence('countMismatch'), {
      about: 'count',
      consumed: 6,
      seats: 5,
      reasons: ['assignmentErrors', 'usersNotListed'],
    });
    assert.deepEqual(evidence('dataMissing'), {
      about: 'source',
      source: 'signIns',
      status: 'missing',
      asOfDate: '2026-11-10',
    });
  });

  it('6: the savings, each seat in one bucket', () => {
    assert.deepEqual(
      savingsByBucket(found()).map((line) => [line.bucket, line.currency, line.seats, line.monthlyMinor]),
      [
        ['disabledAccount', 'EUR', 1, 3493],
        ['disabledAccount', null, 1, null],
        ['guest', 'USD', 1, 1000],
        ['mailboxNeedsNone', 'EUR', 1, 400],
        ['neverActive', 'EUR', 1, 3493],
        ['inactive', 'EUR', 1, 3493],
        ['contained', 'EUR', 1, 400],
        ['contained', 'USD', 1, 1000],
        ['unassigned', 'EUR', 1, 400],
        ['unassigned', 'USD', 2, 2000],
      ],
    );
  });

  it('7: what can be saved now, at renewal, and what the next import proves', () => {
    const returned = (id: string, buffer: number, term: LicenseTerm, renewalDate: string | null) => {
      const license = licenses.find((candidate) => candidate.skuId === id);
      assert.ok(license);
      const { freed, nowUnits, nowMinor, renewalUnits, renewalMinor } = realisable(
        {
          skuId: id,
          units: license.units,
          buffer,
          limit: license.limit,
          price: license.price.price,
          term,
          renewalDate,
        },
        found().filter((finding) => finding.skuId === id && freesSeat(finding)).length,
      );
      return [freed, nowUnits, nowMinor, renewalUnits, renewalMinor];
    };
    assert.deepEqual(returned(e3, 0, 'annual', '2027-01-01'), [3, 3, 10480, 0, 0]);
    assert.deepEqual(returned(powerBi, 1, 'monthly', '2026-11-20'), [2, 4, 4000, 4, 4000]);
    assert.deepEqual(returned(exchange, 0, 'threeYear', '2027-06-30'), [2, 0, 0, 3, 1200]);
    const gone = new Set(['eli', 'fay']);
    const verified = verifiedSavings(
      found(),
      new Map([
        [powerBi, { enabled: 5, monthly: fraction(1000) }],
        [exchange, { enabled: 4, monthly: fraction(400) }],
      ]),
      {
        complete: true,
        holdsSeat: (userId) => !gone.has(userId),
        enabledUnits: () => 4,
      },
    );
    assert.deepEqual(
      verified.map((line) => [line.finding.kind, line.seats, line.monthlyMinor, line.currency]).sort(),
      [
        ['disabledAccount', 1, null, null],
        ['disabledAccount', 1, 3493, 'EUR'],
        ['guest', 1, 1000, 'USD'],
        ['unassigned', 1, 1000, 'USD'],
      ],
    );
  });
});
