import assert from 'node:assert/strict';
import { catalogLadderProduct, PlanLadder } from '../../../../src/core/catalog/planLadder';
import {
  cheapestDowngrade,
  downgradeTo,
  noAnswers,
  type PricedProduct,
  type UserNeed,
} from '../../../../src/core/model/downgrade';
import { subjectBit } from '../../../../src/core/model/evidenceBits';
import { fraction } from '../../../../src/core/model/fraction';
import { observedUse } from '../../../../src/core/model/observedUse';
import { contextOf, today, withSources } from './evaluationFixtures';
import { findingsOf, licenseOf, plan, seatOf, userLines, userOf } from './findingFixtures';
import { skuId } from './reconciliationTenant';

const ladder = new PlanLadder();

function product(partNumber: string, monthly: number, currency = 'EUR'): PricedProduct {
  const id = skuId(partNumber);
  return {
    skuId: id,
    skuPartNumber: partNumber,
    plans: catalogLadderProduct(id).plans,
    currency,
    monthly: fraction(monthly),
  };
}

const e5 = product('SPE_E5', 5700);
const e3 = product('SPE_E3', 3600);
const f3 = product('SPE_F1', 800);
const exchange1 = product('EXCHANGESTANDARD', 400);
const exchange2 = product('EXCHANGEENTERPRISE', 800);
const powerBiPro = product('POWER_BI_PRO', 1000);

/** Uses mail, Teams and the Office apps; nothing else, for certain. */
const used = subjectBit.exchange | subjectBit.outlook | subjectBit.teams | subjectBit.officeApps;
const need = (changes: Partial<UserNeed> = {}): UserNeed => ({
  disabledPlans: [],
  used,
  unused: ~used,
  mailboxBytes: 1_000_000_000,
  hasArchive: false,
  mailboxOnly: false,
  ...changes,
});

describe('downgrade of real licenses', () => {
  it('never goes from E5 to E3 because Power BI is not used', () => {
    assert.equal(cheapestDowngrade(e5, [e3, f3, exchange1], need(), ladder), null);
    const advice = downgradeTo(e5, [e3], need(), ladder);
    assert.equal(advice.fits, false);
    assert.ok(advice.wouldLose.includes('BI_AZURE_P2'));
    for (const name of ['WINDEFATP', 'AAD_PREMIUM_P2', 'THREAT_INTELLIGENCE', 'MCOEV', 'INSIDER_RISK']) {
      assert.ok(advice.cannotObserve.includes(name), name);
    }
  });

  it('goes from E5 to E3 once a person has said that nobody needs the rest', () => {
    const notNeeded = new Set(downgradeTo(e5, [e3], need(), ladder).cannotObserve);
    const answers = { ...noAnswers, notNeeded };
    const priced = cheapestDowngrade(e5, [e3, f3], need(), ladder, answers);
    assert.deepEqual(priced?.advice.toPartNumbers, ['SPE_E3']);
    assert.deepEqual(priced?.saves, fraction(2100));
    const withPowerBi = need({ used: used | subjectBit.powerBi, unused: ~(used | subjectBit.powerBi) });
    assert.deepEqual(downgradeTo(e5, [e3], withPowerBi, ladder, answers).neededBecause, [
      { plan: 'BI_AZURE_P2', reason: 'used' },
    ]);
    // Then E3 and Power BI together still cost less.
    const pair = cheapestDowngrade(e5, [e3, powerBiPro], withPowerBi, ladder, answers);
    assert.deepEqual(pair?.advice.toPartNumbers.toSorted(), ['POWER_BI_PRO', 'SPE_E3']);
    assert.deepEqual(pair?.saves, fraction(1100));
  });

  it('does nothing while Power BI is unknown', () => {
    const unknown = need({ unused: 0 });
    assert.ok(
      downgradeTo(e5, [e3], unknown, ladder).neededBecause.some(
        ({ plan: name, reason }) => name === 'BI_AZURE_P2' && reason === 'notHeard',
      ),
    );
  });

  it('asks for frontline licenses', () => {
    const reasons = downgradeTo(e3, [f3], need(), ladder).neededBecause.map(({ reason }) => reason);
    assert.ok(reasons.includes('frontline'));
    assert.ok(reasons.includes('used'));
  });

  it('checks the mailbox before a smaller one', () => {
    const certain = { ...noAnswers, noHolds: true };
    const reason = (changes: Partial<UserNeed>, answers = certain) =>
      downgradeTo(exchange2, [exchange1], need(changes), ladder, answers).neededBecause[0]?.reason;
    const gigabyte = 1_073_741_824;
    assert.equal(reason({ mailboxBytes: 50 * gigabyte }), undefined);
    assert.equal(reason({ mailboxBytes: 50 * gigabyte + 1 }), 'mailboxSize');
    assert.equal(reason({ mailboxBytes: null }), 'mailboxSize');
    assert.equal(reason({ hasArchive: true }), 'archive');
    assert.equal(reason({ hasArchive: null }), 'archive');
    assert.equal(reason({}, noAnswers), 'hold');
    assert.equal(
      downgradeTo(exchange2, [powerBiPro], need(), ladder, certain).neededBecause[0]?.reason,
      'used',
    );
    const idle = need({ used: 0, unused: ~0 });
    assert.equal(
      downgradeTo(exchange2, [powerBiPro], idle, ladder, certain).neededBecause[0]?.reason,
      'keepsData',
    );
  });

  it('gives a shared mailbox that needs a license the one for mailboxes', () => {
    const shared = need({ mailboxOnly: true, hasArchive: true, mailboxBytes: 60e9 });
    const priced = cheapestDowngrade(e3, [exchange1, exchange2], shared, ladder);
    assert.deepEqual(priced?.advice.toPartNumbers, ['EXCHANGEENTERPRISE']);
    assert.deepEqual(priced?.saves, fraction(2800));
  });

  it('compares no prices of different currencies and no license without plans', () => {
    const dollars = product('EXCHANGEENTERPRISE', 1, 'USD');
    assert.equal(cheapestDowngrade(e3, [dollars], need({ mailboxOnly: true }), ladder), null);
    assert.equal(cheapestDowngrade({ ...e3, plans: [] }, [exchange2], need(), ladder), null);
  });
});

describe('downgrade among the findings', () => {
  const large = licenseOf('LARGE', { price: 900, plans: [plan('TEAMS1'), plan('BI_AZURE_P2')] });
  const target: PricedProduct = {
    skuId: 'teams',
    skuPartNumber: 'TEAMS',
    plans: [plan('TEAMS1')],
    currency: 'EUR',
    monthly: fraction(1001, 3),
  };
  const certain = { used: subjectBit.teams, unused: subjectBit.powerBi };
  const lines = (...users: ReturnType<typeof userOf>[]) =>
    userLines(findingsOf([large], users, { candidates: [target] }));

  it('saves the difference, rounded down', () => {
    // 9.00 − 3.33666… = 5.66333…
    assert.deepEqual(lines(userOf('1', [seatOf('large')], certain)), ['downgrade 1 large downgrade 566']);
  });

  it('comes last and only when certain', () => {
    assert.deepEqual(lines(userOf('1', [seatOf('large', { verdict: 'inactive' })], certain)), [
      'inactive 1 large inactive 900',
    ]);
    assert.deepEqual(lines(userOf('1', [seatOf('large')], { ...certain, unused: 0 })), []);
    assert.deepEqual(lines(userOf('1', [seatOf('large')], { used: subjectBit.powerBi, unused: 0 })), []);
  });

  it('takes no use for a reason only where use would have shown by now', () => {
    for (const verdict of ['new', 'unknown'] as const) {
      assert.deepEqual(lines(userOf('1', [seatOf('large', { verdict })], certain)), []);
    }
  });

  it('follows what a person said of the license', () => {
    const guarded = { ...large, plans: [...large.plans, plan('WINDEFATP')] };
    const findings = (notNeeded: readonly string[]) =>
      findingsOf(
        [{ ...guarded, answers: { ...noAnswers, notNeeded: new Set(notNeeded) } }],
        [userOf('1', [seatOf('large')], certain)],
        { candidates: [target] },
      );
    assert.deepEqual(userLines(findings([])), []);
    assert.deepEqual(userLines(findings(['entra'])), []);
    assert.deepEqual(userLines(findings(['endpoint'])), ['downgrade 1 large downgrade 566']);
    const { evidence } = findings(['WINDEFATP']).find(({ kind }) => kind === 'downgrade') ?? {};
    assert.ok(evidence?.about === 'downgrade');
    assert.deepEqual(evidence.advice.kept, ['TEAMS1']);
    assert.deepEqual(evidence.advice.answered, ['WINDEFATP']);
    assert.deepEqual(evidence.advice.wouldLose, ['BI_AZURE_P2', 'WINDEFATP']);
  });

  it('does without a plan that is off', () => {
    const off = [plan('BI_AZURE_P2').servicePlanId];
    const seat = seatOf('large', { disabledPlans: off });
    assert.deepEqual(lines(userOf('1', [seat], { used: subjectBit.teams })), [
      'downgrade 1 large downgrade 566',
    ]);
  });
});

describe('observed use', () => {
  const signals = [
    { source: 'activeUserReport', application: 'teams', date: today },
    { source: 'activeUserReport', application: 'yammer', date: null },
    { source: 'mailboxReport', application: 'exchange', date: '2026-01-01' },
    { source: 'activeUserReport', application: 'exchange', date: today },
    { source: 'signIns', application: 'visio', date: today },
  ] as const;

  it('tells use, no use and unknown apart', () => {
    const result = observedUse({ signals }, contextOf());
    assert.equal(result.used, subjectBit.teams | subjectBit.exchange | subjectBit.visio);
    assert.equal(
      result.unused,
      subjectBit.yammer | subjectBit.powerBi | subjectBit.project | subjectBit.dynamics365,
    );
  });

  it('hears no source that is not fresh, nor a sign-in log that is too short', () => {
    const sources = withSources({ activeUserReport: 'stale' });
    const result = observedUse(
      { signals },
      contextOf({ sources, settings: { inactivityDays: 60, graceDays: 30 } }),
    );
    assert.equal(result.used, subjectBit.visio);
    assert.equal(result.unused, subjectBit.exchange);
  });
});
