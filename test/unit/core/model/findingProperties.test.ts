import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PlanLadder } from '../../../../src/core/catalog/planLadder';
import ladderData from '../../../../src/core/catalog/planLadder.json';
import { findingId, type Finding } from '../../../../src/core/model/finding';
import type { UserFacts } from '../../../../src/core/model/findingFacts';
import { fraction } from '../../../../src/core/model/fraction';
import { roundedParts } from '../../../../src/core/model/money';
import { SpendTally } from '../../../../src/core/model/spend';
import { licenseCostOn, unitPriceOn } from '../../../../src/core/model/unitPrice';
import { findingsOf, licenseOf, plan, seatOf, userOf } from './findingFixtures';
import type { Purchase } from '../../../../src/core/model/purchases';
import { today } from './evaluationFixtures';

const planNames = ['EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_STANDARD', 'TEAMS1', 'BI_AZURE_P2', 'BI_AZURE_P1'];
const skuNames = ['A', 'B', 'C', 'D'];

interface Tenant {
  readonly prices: readonly (number | null)[];
  readonly months: readonly (1 | 12 | 36)[];
  readonly plans: readonly (readonly string[])[];
  readonly users: readonly UserFacts[];
}

const seat = fc.record({
  verdict: fc.constantFrom('active', 'inactive', 'never', 'unknown', 'new', 'notPerson'),
  off: fc.subarray(planNames, { maxLength: 2 }),
  paths: fc.integer({ min: 1, max: 2 }),
});

const user = fc.record({
  seats: fc.array(fc.option(seat, { freq: 1 }), { minLength: 4, maxLength: 4 }),
  accountEnabled: fc.constantFrom(true, true, false, null),
  userType: fc.constantFrom('Member', 'Member', 'Guest', null),
  recipientType: fc.constantFrom(null, 'User', 'Shared'),
  mailboxBytes: fc.constantFrom(null, 1000, 9e10),
  hasArchive: fc.constantFrom(true, false, null),
  used: fc.constantFrom(0, 4, 32, 36),
  unused: fc.constantFrom(0, 32),
});

const tenant: fc.Arbitrary<Tenant> = fc
  .record({
    prices: fc.array(fc.option(fc.integer({ min: 0, max: 9999 })), { minLength: 4, maxLength: 4 }),
    months: fc.array(fc.constantFrom(1, 12, 36), { minLength: 4, maxLength: 4 }),
    plans: fc.array(fc.subarray(planNames), { minLength: 4, maxLength: 4 }),
    users: fc.array(user, { maxLength: 8 }),
  })
  .map(({ prices, months, plans, users }) => ({
    prices,
    months: months,
    plans,
    users: users.map(({ seats, ...facts }, index) =>
      userOf(
        `user-${index}`,
        seats.flatMap((held, sku) => {
          if (held === null) return [];
          const { verdict, off, paths } = held;
          return [
            seatOf((skuNames[sku] ?? '').toLowerCase(), {
              verdict: verdict as 'active',
              paths,
              disabledPlans: off.map((name) => plan(name).servicePlanId),
            }),
          ];
        }),
        facts,
      ),
    ),
  }));

function licensesOf({ prices, months, plans, users }: Tenant) {
  return skuNames.map((name, index) => {
    const seats = users.filter((one) => one.seats.some(({ skuId }) => skuId === name.toLowerCase())).length;
    const price = prices[index];
    return licenseOf(name, {
      ...(price === null || price === undefined ? {} : { price: fraction(price, months[index] ?? 1) }),
      plans: (plans[index] ?? []).map(plan),
      units: { enabled: seats + 3, warning: 1, suspended: 2, lockedOut: 0, consumed: seats },
      buffer: 1,
    });
  });
}

function resultOf(one: Tenant, users = one.users): readonly Finding[] {
  const licenses = licensesOf(one);
  const candidates = licenses.flatMap(({ price: { price }, skuId, skuPartNumber, plans }) =>
    price === null ? [] : [{ skuId, skuPartNumber, plans, ...price }],
  );
  return findingsOf(licenses, users, { candidates });
}

const bySeat = (findings: readonly Finding[]) =>
  new Map(
    findings
      .filter(({ bucket, userId }) => bucket !== null && userId !== null)
      .map((finding) => [`${finding.userId} ${finding.skuId}`, finding]),
  );

describe('findings, for any tenant', () => {
  it('never count a seat in two buckets, and have ids of their own', () => {
    fc.assert(
      fc.property(tenant, (one) => {
        const findings = resultOf(one);
        const saving = findings.filter(({ bucket, userId }) => bucket !== null && userId !== null);
        assert.equal(bySeat(findings).size, saving.length);
        assert.equal(new Set(findings.map((finding) => findingId('t', finding))).size, findings.length);
      }),
    );
  });

  it('never save more than is paid', () => {
    fc.assert(
      fc.property(tenant, (one) => {
        const licenses = licensesOf(one);
        const purchases = licenses.map(({ units }, index): readonly Purchase[] => {
          const amountMinor = one.prices[index];
          if (amountMinor === null || amountMinor === undefined) return [];
          const paymentFrequency = { 1: 'monthly', 12: 'annually', 36: 'triennially' } as const;
          return [
            {
              purchaseId: 'p',
              quantity: units.enabled,
              amountMinor,
              amountPer: 'unit',
              currency: 'EUR',
              paymentFrequency: paymentFrequency[one.months[index] ?? 1],
              effectiveDate: '2026-01-01',
              endingDate: null,
              note: null,
            },
          ];
        });
        const tally = new SpendTally(
          licenses.map((license, index) => ({
            skuId: license.skuId,
            skuPartNumber: license.skuPartNumber,
            price: unitPriceOn(purchases[index] ?? [], today).price,
            cost: licenseCostOn(purchases[index] ?? [], today),
            free: false,
          })),
        );
        for (const person of one.users) {
          tally.add({ department: person.userId, country: null, companyName: null, seats: person.seats });
        }
        const { currencies, departments, totalSeats, pricedSeats, lowerBound } = tally.finish();
        const saved = resultOf(one).reduce(
          (sum, { bucket, monthlyMinor }) => sum + (bucket === null ? 0 : (monthlyMinor ?? 0)),
          0,
        );
        assert.ok(saved <= (currencies[0]?.monthlyMinor ?? 0));
        assert.equal(
          totalSeats,
          one.users.reduce((sum, person) => sum + person.seats.length, 0),
        );
        assert.equal(lowerBound, pricedSeats < totalSeats);
        const lines = departments.reduce((sum, line) => sum + line.monthlyMinor, 0);
        assert.equal(lines, currencies[0]?.assignedMonthlyMinor ?? 0);
      }),
    );
  });

  it('do not depend on the order of users', () => {
    const sorted = (findings: readonly Finding[]) =>
      [...findings].sort((left, right) => (findingId('t', left) < findingId('t', right) ? -1 : 1));
    fc.assert(
      fc.property(tenant, (one) => {
        assert.deepEqual(sorted(resultOf(one, [...one.users].reverse())), sorted(resultOf(one)));
      }),
    );
  });

  it('save nothing more when less is known', () => {
    fc.assert(
      fc.property(tenant, fc.nat(), (one, which) => {
        const known = bySeat(resultOf(one));
        const blurred = one.users.map((facts, index) =>
          index === which % Math.max(1, one.users.length)
            ? {
                ...facts,
                accountEnabled: null,
                userType: null,
                recipientType: null,
                used: 0,
                unused: 0,
                seats: facts.seats.map((held) => ({ ...held, verdict: 'unknown' as const })),
              }
            : facts,
        );
        for (const [key, finding] of bySeat(resultOf(one, blurred))) {
          // A seat within another one is redundant whoever uses it.
          assert.ok(known.has(key) || finding.bucket === 'contained', key);
        }
      }),
    );
  });

  it('hold a seat redundant only within a seat of the same user that saves nothing', () => {
    fc.assert(
      fc.property(tenant, (one) => {
        const saving = bySeat(resultOf(one));
        for (const { userId, bucket, evidence } of saving.values()) {
          if (bucket !== 'contained') continue;
          assert.ok(evidence.about === 'containment');
          assert.ok(!saving.has(`${userId} ${evidence.insideSkuId}`));
          const holder = one.users.find((facts) => facts.userId === userId);
          assert.ok(holder?.seats.some(({ skuId }) => skuId === evidence.insideSkuId));
        }
      }),
    );
  });
});

describe('plan ladder, with any pairs added', () => {
  const names = ladderData.families.flatMap((family) => family.ranks.flat()).slice(0, 25);
  const pair = fc.record({ larger: fc.constantFrom(...names), smaller: fc.constantFrom(...names) });

  it('stays transitive', () => {
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 6 }),
        fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.constantFrom(...names)),
        (plans, [a, b, c]) => {
          const ladder = new PlanLadder(ladderData, { plans });
          const covers = (larger: string, smaller: string) => ladder.covers(plan(larger), plan(smaller));
          for (const added of plans) assert.ok(covers(added.larger, added.smaller));
          if (covers(a, b) && covers(b, c)) assert.ok(covers(a, c));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('rounded parts', () => {
  it('add up to the rounded whole and are never a whole unit off', () => {
    const amount = fc
      .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 36 }))
      .map(([minor, months]) => ({ exact: minor / months, amount: fraction(minor, months) }));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (parts) => {
        const rounded = roundedParts(parts.map((part) => part.amount));
        const whole = parts.reduce((sum, part) => sum + part.exact, 0);
        const sum = rounded.reduce((total, part) => total + part, 0);
        assert.ok(Math.abs(sum - whole) <= 0.5 + 1e-6);
        rounded.forEach((part, index) => assert.ok(Math.abs(part - (parts[index]?.exact ?? 0)) < 1));
      }),
    );
  });
});
