import assert from 'node:assert/strict';
import { findingId } from '../../../../src/core/model/finding';
import { PlanLadder } from '../../../../src/core/catalog/planLadder';
import { fraction } from '../../../../src/core/model/fraction';
import { allFresh, withSources } from './evaluationFixtures';
import { findingsOf, licenseOf, otherKinds, plan, seatOf, userLines, userOf } from './findingFixtures';

const big = licenseOf('BIG', {
  price: 3000,
  plans: [plan('EXCHANGE_S_ENTERPRISE'), plan('TEAMS1'), plan('SWAY')],
});
const middle = licenseOf('MIDDLE', { price: 2000, plans: [plan('EXCHANGE_S_STANDARD'), plan('TEAMS1')] });
const small = licenseOf('SMALL', { price: 1000, plans: [plan('EXCHANGE_S_DESKLESS')] });
const all = [big, middle, small];

describe('findings about seats', () => {
  it('keep the precedence of the buckets', () => {
    const shared = { recipientType: 'Shared', mailboxBytes: 1000, hasArchive: false };
    const never = [seatOf('big', { verdict: 'never' })];
    const lines = userLines(
      findingsOf(all, [
        userOf('1', never, { accountEnabled: false, userType: 'Guest', ...shared }),
        userOf('2', never, { userType: 'Guest', ...shared }),
        userOf('3', never, shared),
        userOf('4', never),
        userOf('5', [seatOf('big', { verdict: 'inactive' })]),
        userOf('6', [seatOf('big'), seatOf('middle')]),
        userOf('7', [seatOf('big')]),
      ]),
    );
    assert.deepEqual(lines, [
      'contained 6 middle contained 2000',
      'disabledAccount 1 big disabledAccount 3000',
      'guest 2 big guest 3000',
      'inactive 5 big inactive 3000',
      'mailboxNeedsNone 3 big mailboxNeedsNone 3000',
      'neverActive 4 big neverActive 3000',
    ]);
  });

  it('make nothing of what is unknown', () => {
    const lines = userLines(
      findingsOf(all, [
        userOf('1', [seatOf('big', { verdict: 'unknown' })], { accountEnabled: null, userType: null }),
        userOf('2', [seatOf('big', { verdict: 'new' })]),
        userOf('3', [seatOf('big', { verdict: 'notPerson' })], { recipientType: 'Shared' }),
        userOf('4', [seatOf('big')], { recipientType: 'Shared', mailboxBytes: 1, hasArchive: null }),
        userOf('5', [seatOf('big')], { recipientType: 'Shared', mailboxBytes: null, hasArchive: false }),
      ]),
    );
    assert.deepEqual(lines, []);
  });

  it('leave a shared mailbox its license when it needs one', () => {
    const shared = { recipientType: 'SharedMailbox', mailboxBytes: 53_687_091_200, hasArchive: false };
    const bucket = (changes: object) =>
      userLines(findingsOf(all, [userOf('1', [seatOf('big')], { ...shared, ...changes })])).length;
    assert.equal(bucket({}), 1);
    assert.equal(bucket({ mailboxBytes: 53_687_091_201 }), 0);
    assert.equal(bucket({ hasArchive: true }), 0);
    assert.equal(bucket({ signedInLately: true }), 0);
    const room = licenseOf('MEETING_ROOM', { price: 100 });
    const user = userOf('1', [seatOf('meeting_room')], { ...shared, recipientType: 'Room' });
    assert.deepEqual(userLines(findingsOf([room], [user])), []);
  });

  it('warn of what a mailbox would lose', () => {
    const [finding] = findingsOf(all, [
      userOf('1', [seatOf('big')], { accountEnabled: false, hasArchive: true, mailboxBytes: 60e9 }),
    ]);
    assert.ok(finding?.evidence.about === 'seat');
    assert.deepEqual(finding.evidence.checks, ['archive', 'largeMailbox']);
  });

  it('hold a seat redundant only within one that stays', () => {
    const lines = (...seats: ReturnType<typeof seatOf>[]) => userLines(findingsOf(all, [userOf('1', seats)]));
    assert.deepEqual(lines(seatOf('small'), seatOf('middle'), seatOf('big')), [
      'contained 1 middle contained 2000',
      'contained 1 small contained 1000',
    ]);
    assert.deepEqual(lines(seatOf('small'), seatOf('big', { verdict: 'inactive' })), [
      'inactive 1 big inactive 3000',
    ]);
    const mailOff = [plan('EXCHANGE_S_ENTERPRISE').servicePlanId];
    assert.deepEqual(lines(seatOf('small'), seatOf('big', { disabledPlans: mailOff })), []);
    assert.deepEqual(lines(seatOf('middle'), seatOf('big', { disabledPlans: mailOff })), [
      'contained 1 middle - 2000',
    ]);
  });

  it('give up the cheaper one of equal licenses, and only one', () => {
    const twin = licenseOf('TWIN', { price: 2500, plans: big.plans });
    const unpriced = licenseOf('APART', { plans: big.plans });
    const seats = [seatOf('big'), seatOf('twin'), seatOf('apart')];
    assert.deepEqual(userLines(findingsOf([big, twin, unpriced], [userOf('1', seats)])), [
      'contained 1 apart contained unpriced',
      'contained 1 twin contained 2500',
    ]);
  });

  it('survive pairs in a circle', () => {
    const ladder = new PlanLadder(undefined, {
      products: [
        { largerSkuId: 'a', smallerSkuId: 'b' },
        { largerSkuId: 'b', smallerSkuId: 'c' },
        { largerSkuId: 'c', smallerSkuId: 'a' },
      ],
    });
    const licenses = ['A', 'B', 'C'].map((name) => licenseOf(name, { price: 100 }));
    const user = userOf('1', [seatOf('a'), seatOf('b'), seatOf('c')]);
    assert.equal(userLines(findingsOf(licenses, [user], { ladder })).length, 2);
  });

  it('earn nothing with a second path, an error or a product that is gone', () => {
    const findings = findingsOf(
      all,
      [
        userOf('1', [seatOf('big', { paths: 3, groupCount: 2 })]),
        userOf('2', [seatOf('big')], {
          errors: [
            { skuId: 'big', groupId: 'g', state: 'ActiveWithError', error: 'CountViolation' },
            { skuId: 'big', groupId: 'h', state: 'Error', error: 'Other' },
            { skuId: 'small', groupId: null, state: 'Error', error: null },
            { skuId: 'hidden', groupId: null, state: 'Error', error: null },
          ],
        }),
        userOf('3', [seatOf('lost', { verdict: 'never' }), seatOf('hidden', { verdict: 'never' })]),
      ],
      {},
      { hiddenSkuIds: new Set(['hidden']) },
    );
    assert.deepEqual(userLines(findings), [
      'assignmentError 2 big - 0',
      'assignmentError 2 small - 0',
      'duplicatePath 1 big - 0',
      'productGone 3 lost - 0',
    ]);
  });

  it('share the cents of a price that is no whole number, whatever the order', () => {
    const third = [licenseOf('THIRD', { price: fraction(1000, 3) })];
    const users = ['a', 'b', 'c', 'd'].map((id) => userOf(id, [seatOf('third', { verdict: 'never' })]));
    // 4 × 3.333… = 13.333…, rounded down 13.33: one cent more for the first.
    const expected = ['334', '333', '333', '333'].map(
      (amount, index) => `neverActive ${'abcd'[index]} third neverActive ${amount}`,
    );
    assert.deepEqual(userLines(findingsOf(third, users)), expected);
    assert.deepEqual(userLines(findingsOf(third, [...users].reverse())), expected);
  });

  it('show seats of free products without savings', () => {
    const free = licenseOf('FLOW_FREE', {
      units: { enabled: 10_000, warning: 0, suspended: 0, lockedOut: 0, consumed: 1 },
    });
    const findings = findingsOf([free], [userOf('1', [seatOf('flow_free')], { accountEnabled: false })]);
    assert.deepEqual(userLines(findings), ['disabledAccount 1 flow_free - 0']);
    assert.deepEqual(otherKinds(findings), []);
  });

  it('leave licenses of the company out', () => {
    const company = licenseOf('COMPANY', { appliesTo: 'Company', price: 100 });
    const user = userOf('1', [seatOf('company', { verdict: 'never', paths: 2 })], { accountEnabled: false });
    assert.deepEqual(findingsOf([company], [user]), []);
  });
});

describe('findings about licenses', () => {
  const units = (enabled: number, warning: number, consumed: number) => ({
    enabled,
    warning,
    suspended: 7,
    lockedOut: 7,
    consumed,
  });
  const kinds = (changes: Parameters<typeof licenseOf>[1], seats = 0) =>
    otherKinds(
      findingsOf(
        [licenseOf('BIG', { price: 100, ...changes })],
        Array.from({ length: seats }, (_, index) => userOf(String(index), [seatOf('big')])),
      ),
    );

  it('tell shortfalls now and after the grace apart', () => {
    assert.deepEqual(kinds({ units: units(2, 0, 3) }, 3), ['shortfall']);
    assert.deepEqual(kinds({ units: units(2, 1, 3) }, 3), ['shortfallAfterGrace']);
    assert.deepEqual(kinds({ units: units(1, 1, 3) }, 3), ['shortfall', 'shortfallAfterGrace']);
    assert.deepEqual(kinds({ units: units(1, 1, 3), limit: 'unlimited' }, 3), []);
    assert.deepEqual(kinds({ units: units(1, 2, 3), limit: 'subjectToTrueUp' }, 3), ['shortfallAfterGrace']);
  });

  it('count what is unassigned beyond the buffer', () => {
    assert.deepEqual(kinds({ units: units(5, 4, 3), buffer: 1 }, 3), ['unassigned']);
    assert.deepEqual(kinds({ units: units(5, 4, 3), buffer: 2 }, 3), []);
    const [finding] = findingsOf([licenseOf('BIG', { price: fraction(100, 3), units: units(2, 0, 0) })], []);
    assert.deepEqual([finding?.seats, finding?.monthlyMinor, finding?.bucket], [2, 66, 'unassigned']);
  });

  it('name differences in counts', () => {
    assert.deepEqual(kinds({ units: units(3, 0, 3) }, 2), ['countMismatch']);
    const late = findingsOf(
      [licenseOf('BIG', { price: 1, units: units(1, 0, 1) })],
      [],
      {},
      { usersAsOf: '2026-11-01' },
    );
    const [finding] = late;
    assert.ok(finding?.evidence.about === 'count');
    assert.deepEqual(finding.evidence.reasons, ['readAtDifferentTimes', 'usersNotListed']);
    // Users that were never read can't be compared.
    assert.deepEqual(
      findingsOf([licenseOf('BIG', { price: 1, units: units(1, 0, 1) })], [], {}, { usersAsOf: null }),
      [],
    );
    const less = findingsOf(
      [licenseOf('BIG', { price: 1, units: units(0, 0, 0) })],
      [userOf('1', [seatOf('big')])],
    );
    assert.ok(less[0]?.evidence.about === 'count');
    assert.deepEqual(less[0].evidence.reasons, ['countDelayed']);
  });

  it('name missing prices where there is something to price', () => {
    const missing = (enabled: number) =>
      otherKinds(findingsOf([licenseOf('BIG', { units: units(enabled, 0, enabled) })], []));
    assert.ok(missing(1).includes('priceMissing'));
    assert.ok(!missing(0).includes('priceMissing'));
  });

  it('name dates that are near', () => {
    const purchaseEnds = [{ purchaseId: 'p', endingDate: '2026-11-30' }];
    assert.deepEqual(kinds({ units: units(1, 0, 1), purchaseEnds }, 1), ['renewalDue']);
  });

  it('name sources that are missing or stale', () => {
    const sources = withSources({ signIns: 'notLicensed', emailReport: 'stale', mailboxReport: 'concealed' });
    assert.deepEqual(otherKinds(findingsOf([], [], {}, { sources })), [
      'dataMissing',
      'dataMissing',
      'dataStale',
    ]);
    assert.deepEqual(findingsOf([], [], {}, { sources: allFresh }), []);
    assert.equal(findingsOf([], [], {}, { sources: new Map() }).length, 7);
  });

  it('have ids that are unique and stay', () => {
    const users = [
      userOf('1', [seatOf('big', { paths: 2 }), seatOf('small')]),
      userOf('2', [seatOf('gone')], { accountEnabled: false }),
    ];
    const ids = findingsOf(all, users).map((finding) => findingId('t', finding));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.includes('contained:t_small:1'));
    assert.ok(ids.includes('countMismatch:t_small'));
  });
});
