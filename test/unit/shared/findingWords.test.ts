import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, FindingEvidence, FindingKind } from '../../../src/core/model/finding';
import {
  findingAdvice,
  findingKinds,
  findingSentence,
  findingSeverity,
  findingTitle,
} from '../../../src/shared/findingWords';

/** Every kind of design.md 4.1; the compiler sees to it that none is missing. */
const kinds: Record<FindingKind, true> = {
  shortfall: true,
  shortfallAfterGrace: true,
  unassigned: true,
  disabledAccount: true,
  guest: true,
  mailboxNeedsNone: true,
  neverActive: true,
  inactive: true,
  contained: true,
  downgrade: true,
  duplicatePath: true,
  assignmentError: true,
  productGone: true,
  countMismatch: true,
  renewalDue: true,
  priceMissing: true,
  dataMissing: true,
  dataStale: true,
};

const position: FindingEvidence = {
  about: 'position',
  entitled: 5,
  enabled: 3,
  inGrace: 2,
  consumed: 6,
  buffer: 0,
  limit: 'asPurchased',
  graceEnds: '2026-11-24',
};
const seat: FindingEvidence = {
  about: 'seat',
  verdict: 'inactive',
  reason: 'notUsedRecently',
  confidence: 'high',
  lastActivityDate: '2026-08-01',
  direct: true,
  groupCount: 0,
  checks: [],
};

function sentence(kind: FindingKind, evidence: FindingEvidence, seats = 1): string {
  const finding: Finding = {
    kind,
    userId: null,
    skuId: 's',
    skuPartNumber: 'SPE_E3',
    seats,
    monthlyMinor: null,
    currency: null,
    bucket: null,
    evidence,
  };
  const text = findingSentence(finding);
  assert.equal(
    findingSentence({ ...finding, evidence: JSON.stringify(evidence) }),
    text,
    'as the file has it',
  );
  return text;
}

describe('Words of findings', () => {
  it('knows every kind, with a title, a severity and what to do', () => {
    assert.deepEqual([...findingKinds].sort(), Object.keys(kinds).sort());
    for (const kind of findingKinds) {
      assert.notEqual(findingTitle(kind), '');
      assert.match(findingAdvice(kind), /^[A-Z].+\.$/);
      assert.match(findingSentence({ kind }), /^[A-Z].+\.$/);
    }
    assert.equal(new Set(findingKinds.map(findingTitle)).size, 18);
    assert.equal(findingSeverity('shortfall'), 'error');
    assert.equal(findingSeverity('duplicatePath'), 'info');
  });

  it('says the position of the worked example', () => {
    assert.equal(sentence('shortfall', position), '6 in use, 5 entitled, 2 of them in grace: 1 missing.');
    assert.equal(
      sentence('shortfallAfterGrace', position, 2),
      'When the grace period ends on 2026-11-24, 3 units are left for 6 in use: 2 more will be missing.',
    );
    assert.equal(
      sentence('unassigned', { ...position, entitled: 5, enabled: 5, inGrace: 0, consumed: 2, buffer: 1 }, 2),
      '5 units, 2 in use, 1 kept free on purpose: 2 held by nobody.',
    );
    assert.match(
      sentence('shortfall', { ...position, limit: 'subjectToTrueUp' }),
      /a forecast, not a breach\.$/,
    );
  });

  it('says what is known of a seat', () => {
    assert.equal(sentence('inactive', seat), 'Last used on 2026-08-01, high confidence.');
    assert.equal(
      sentence('neverActive', {
        ...seat,
        verdict: 'never',
        reason: 'noUseSinceCreation',
        lastActivityDate: null,
      }),
      'No use was seen since the account was created, high confidence.',
    );
    assert.equal(
      sentence('disabledAccount', { ...seat, groupCount: 2, checks: ['archive'] }),
      'The account is disabled; last used on 2026-08-01. Assigned directly and by 2 groups. ' +
        'It has an archive mailbox: check before you take it away.',
    );
    assert.equal(
      sentence('guest', { ...seat, lastActivityDate: null, direct: false, groupCount: 1 }),
      'A guest of another organization. Assigned by 1 group.',
    );
    assert.match(
      sentence('mailboxNeedsNone', { ...seat, checks: ['holdUnknown'] }),
      /on hold cannot be seen\.$/,
    );
  });

  it('says why a license is too much', () => {
    const inside = { about: 'containment', insideSkuId: 'x', insidePartNumber: 'SPE_E5' } as const;
    assert.equal(
      sentence('contained', { ...inside, missingPlans: [] }),
      'Everything in it is in SPE_E5, which the same person holds.',
    );
    assert.equal(
      sentence('contained', { ...inside, missingPlans: ['EXCHANGE_S_STANDARD'] }),
      'Nearly all of it is in SPE_E5, which the same person holds; missing there: EXCHANGE_S_STANDARD.',
    );
    assert.equal(
      sentence('downgrade', {
        about: 'downgrade',
        advice: {
          toSkuIds: ['a', 'b'],
          toPartNumbers: ['SPE_F1', 'EXCHANGESTANDARD'],
          fits: true,
          neededBecause: [],
          kept: [],
          wouldLose: ['SWAY'],
          answered: [],
          cannotObserve: [],
        },
      }),
      'What this person uses is in SPE_F1 + EXCHANGESTANDARD, which costs less. Would be lost and is not used: SWAY.',
    );
    // After a person has answered, all three are said: what is needed, what goes, what nobody can see.
    assert.equal(
      sentence('downgrade', {
        about: 'downgrade',
        advice: {
          toSkuIds: ['a'],
          toPartNumbers: ['SPE_E3'],
          fits: true,
          neededBecause: [],
          kept: ['TEAMS1'],
          wouldLose: ['BI_AZURE_P2', 'WINDEFATP'],
          answered: ['WINDEFATP'],
          cannotObserve: [],
        },
      }),
      'What this person uses (TEAMS1) is in SPE_E3, which costs less. Would be lost and is not used: BI_AZURE_P2. ' +
        'Would be lost, cannot be observed, and nobody needs it as somebody said: WINDEFATP.',
    );
  });

  it('says what is wrong with assignments and counts', () => {
    assert.equal(
      sentence('duplicatePath', { about: 'paths', direct: true, groupCount: 1 }),
      'Assigned directly and by 1 group: one seat all the same.',
    );
    assert.equal(
      sentence('productGone', { about: 'paths', direct: true, groupCount: 0 }),
      'The tenant no longer has this product; it is still assigned directly.',
    );
    assert.equal(
      sentence('assignmentError', {
        about: 'assignmentError',
        holdsSeat: false,
        errors: [{ groupId: 'g', error: 'CountViolation' }],
      }),
      'The assignment failed: by a group, no unit is free. The person has no seat.',
    );
    assert.equal(
      sentence('countMismatch', { about: 'count', consumed: 6, seats: 5, reasons: ['assignmentErrors'] }),
      'Microsoft counts 6, the assignments show 5. Likely: assignments in error that it still counts.',
    );
  });

  it('says dates, prices and sources', () => {
    const alert = {
      subscriptionId: 's',
      date: '2026-11-24',
      daysLeft: 14,
      what: 'graceEnds',
      term: 'annual',
    } as const;
    assert.equal(
      sentence('renewalDue', { about: 'date', alert }, 2),
      'An annual subscription of 2 units leaves its grace period on 2026-11-24, in 14 days.',
    );
    assert.match(
      sentence(
        'renewalDue',
        { about: 'date', alert: { ...alert, what: 'renewsOrEnds', term: 'unknown', daysLeft: 0 } },
        0,
      ),
      /^A subscription renews or ends .* on 2026-11-24, today\.$/,
    );
    assert.match(
      sentence('renewalDue', { about: 'purchaseEnd', purchaseId: 'p', endingDate: '2026-12-31' }),
      /^A purchase ends on 2026-12-31;/,
    );
    assert.match(
      sentence('priceMissing', { about: 'price', problem: 'noPurchase' }),
      /^No purchase is entered/,
    );
    assert.equal(
      sentence('dataMissing', { about: 'source', source: 'signIns', status: 'missing', asOfDate: null }),
      'The sign-in log was not imported.',
    );
    assert.equal(
      sentence('dataStale', {
        about: 'source',
        source: 'emailReport',
        status: 'stale',
        asOfDate: '2026-10-01',
      }),
      'The report of email activity is as of 2026-10-01, which is too old.',
    );
  });

  it('writes counts and days as it is told', () => {
    const formats = {
      count: (value: number) => `<${value}>`,
      day: (iso: string) => iso.split('-').reverse().join('.'),
    };
    assert.equal(
      findingSentence({ kind: 'shortfallAfterGrace', seats: 2, evidence: position }, formats),
      'When the grace period ends on 24.11.2026, <3> units are left for <6> in use: <2> more will be missing.',
    );
  });

  it('bears kinds and evidence of other versions', () => {
    assert.equal(findingTitle('priceAboveMarket'), 'Price above market');
    assert.equal(findingAdvice('priceAboveMarket'), '');
    assert.equal(findingTitle('constructor'), 'Constructor');
    assert.equal(findingTitle(''), 'Finding');
    assert.equal(
      findingSentence({ kind: 'inactive', evidence: '{"about":"seat"' }),
      'This seat was used once, but not lately.',
    );
    assert.match(
      findingSentence({ kind: 'guest', evidence: { about: 'moonPhase', x: 1 } }),
      /^A guest holds/,
    );
    const abouts = ['position', 'seat', 'containment', 'downgrade', 'paths', 'assignmentError'];
    abouts.push('count', 'date', 'purchaseEnd', 'price', 'source');
    const fields =
      'entitled enabled inGrace consumed buffer limit graceEnds reason confidence checks direct groupCount'
        .concat(
          ' lastActivityDate insidePartNumber missingPlans advice toPartNumbers neededBecause wouldLose holdsSeat',
        )
        .concat(
          ' errors error seats reasons alert date daysLeft what term endingDate problem source status asOfDate',
        )
        .split(' ');
    const values = fc.oneof(
      fc.constantFrom(
        0,
        1,
        -7,
        2.5,
        NaN,
        Infinity,
        true,
        false,
        null,
        undefined,
        '',
        'A',
        '2026-11-10',
        'missing',
      ),
      fc.array(fc.constantFrom('A', 'used', null, 3, undefined, {})),
      fc.dictionary(
        fc.constantFrom(...fields),
        fc.constantFrom('A', 1, null, undefined, ['B'], [{ plan: 'C' }]),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...findingKinds, 'other', '__proto__'),
        fc.oneof(
          fc
            .tuple(
              fc.constantFrom(...abouts),
              fc.dictionary(fc.constantFrom(...fields), values, { maxKeys: 12 }),
            )
            .map(([about, rest]): unknown => ({ ...rest, about })),
          fc.anything(),
          fc.json(),
        ),
        (kind, evidence) => {
          const text = findingSentence({ kind, evidence });
          assert.match(text, /^\S.*[.]$/s);
          assert.doesNotMatch(text, /undefined|NaN|\[object|: \.| {2}/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
