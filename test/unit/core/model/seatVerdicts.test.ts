import assert from 'node:assert/strict';
import type {
  ActivitySignal,
  EvaluationContext,
  SeatPath,
  UserEvidence,
} from '../../../../src/core/model/evaluation';
import { evaluateUser } from '../../../../src/core/model/userEvaluation';
import {
  allFresh,
  appsOnly,
  contextOf,
  copilot,
  direct,
  e3,
  e5,
  emptyReports,
  evidenceOf,
  exchangePlan1,
  today,
  visio,
  withSources,
} from './evaluationFixtures';

function seatOf(
  skuId: string,
  evidence: Partial<UserEvidence>,
  context: Partial<EvaluationContext> = {},
  path: SeatPath = direct,
) {
  const result = evaluateUser(
    evidenceOf({ ...evidence, paths: new Map([[skuId, [path]]]) }),
    contextOf(context),
  );
  const [seat] = result.seats;
  assert.ok(seat);
  return [seat.verdict, seat.reason, seat.confidence, seat.lastActivityDate];
}

const signedIn = (date: string): ActivitySignal => ({ source: 'signInActivity', application: null, date });
const teams = (date: string): ActivitySignal => ({
  source: 'activeUserReport',
  application: 'teams',
  date,
});

describe('verdict of a seat of a suite', () => {
  it('is active through any of its services', () => {
    assert.deepEqual(seatOf(e3, { signals: [...emptyReports, teams('2026-11-01')] }), [
      'active',
      'usedRecently',
      'medium',
      '2026-11-01',
    ]);
    assert.deepEqual(
      seatOf(e3, { signals: [{ source: 'appUsageReport', application: null, date: '2026-11-02' }] }),
      ['active', 'usedRecently', 'medium', '2026-11-02'],
    );
  });

  it('follows its services when all were heard, even if the account signs in', () => {
    const signals = [...emptyReports, signedIn('2026-11-09')];
    assert.deepEqual(seatOf(e3, { signals }), ['never', 'noUseSinceCreation', 'medium', null]);
    assert.deepEqual(seatOf(e3, { signals: [...signals, teams('2026-06-01')] }), [
      'inactive',
      'notUsedRecently',
      'medium',
      '2026-06-01',
    ]);
    assert.equal(evaluateUser(evidenceOf({ signals }), contextOf()).verdict, 'active');
  });

  it('takes a sign-in for use, with low confidence, where services were not heard', () => {
    const sources = withSources({ activeUserReport: 'concealed', emailReport: 'concealed' });
    assert.deepEqual(seatOf(e3, { signals: [signedIn('2026-11-09')] }, { sources }), [
      'active',
      'usedRecently',
      'low',
      '2026-11-09',
    ]);
  });

  it('takes the absence of sign-ins for the absence of use', () => {
    const sources = withSources({ activeUserReport: 'concealed', emailReport: 'concealed' });
    assert.deepEqual(seatOf(e3, { signals: [signedIn('2026-05-05')] }, { sources }), [
      'inactive',
      'notUsedRecently',
      'medium',
      '2026-05-05',
    ]);
    assert.deepEqual(seatOf(e3, {}, { sources }), ['never', 'noUseSinceCreation', 'medium', null]);
    assert.deepEqual(seatOf(e3, { createdAt: '2026-11-01T00:00:00Z' }, { sources }), [
      'new',
      'youngAccount',
      'medium',
      null,
    ]);
  });

  it('is unknown when a service was not heard and sign-ins are not known either', () => {
    const sources = withSources({
      signInActivity: 'notLicensed',
      signIns: 'notLicensed',
      emailReport: 'stale',
    });
    // An old use of Teams does not show that mail was not used since.
    assert.deepEqual(seatOf(e3, { signals: [...emptyReports, teams('2026-06-01')] }, { sources }), [
      'unknown',
      'sourceStale',
      null,
      '2026-06-01',
    ]);
    const heard = withSources({ signInActivity: 'notLicensed', signIns: 'notLicensed' });
    assert.deepEqual(seatOf(e3, { signals: emptyReports.slice(0, 6) }, { sources: heard }), [
      'unknown',
      'noRowInReport',
      null,
      null,
    ]);
    // Two reports, and Teams is another measurement than mail: high.
    assert.deepEqual(seatOf(e3, { signals: emptyReports }, { sources: heard }), [
      'never',
      'noUseSinceCreation',
      'high',
      null,
    ]);
  });

  it('does not need a creation date to see that a user who signed in long ago uses nothing', () => {
    const signals = [...emptyReports, signedIn('2026-03-03')];
    assert.deepEqual(seatOf(e3, { signals, createdAt: null }), [
      'inactive',
      'notUsedRecently',
      'high',
      '2026-03-03',
    ]);
    assert.equal(seatOf(e3, { signals: emptyReports, createdAt: null })[1], 'creationDateUnknown');
  });

  it('leaves out services that are off for the user', () => {
    const allButTeams = ['mail', 'sites', 'yammer', 'skype', 'apps'];
    const oneDriveUse: ActivitySignal = {
      source: 'oneDriveReport',
      application: 'oneDrive',
      date: '2026-11-05',
    };
    const path = { groupId: null, state: 'Active', disabledPlans: allButTeams };
    assert.deepEqual(seatOf(e3, { signals: [...emptyReports, oneDriveUse] }, {}, path), [
      'never',
      'noUseSinceCreation',
      'high',
      null,
    ]);
    const nothingOn = { ...path, disabledPlans: [...allButTeams, 'teams'] };
    assert.deepEqual(seatOf(e3, { signals: emptyReports }, {}, nothingOn), [
      'unknown',
      'notObservable',
      null,
      null,
    ]);
  });

  it('is not unused while nothing was heard of its Office apps', () => {
    const sources = withSources({ appUsageReport: 'missing' });
    assert.deepEqual(seatOf(e3, { signals: [...emptyReports, signedIn('2026-11-09')] }, { sources }), [
      'active',
      'usedRecently',
      'low',
      '2026-11-09',
    ]);
    const noSignIns = withSources({
      signInActivity: 'notLicensed',
      signIns: 'notLicensed',
      appUsageReport: 'stale',
    });
    assert.deepEqual(seatOf(e3, { signals: emptyReports }, { sources: noSignIns }).slice(0, 2), [
      'unknown',
      'sourceStale',
    ]);
  });

  it('asks for the sign-in log too when it grants Power BI, but not where there is none', () => {
    const signals = [...emptyReports, signedIn('2026-11-09')];
    assert.deepEqual(seatOf(e5, { signals }, { sources: withSources({ signIns: 'missing' }) }), [
      'active',
      'usedRecently',
      'low',
      '2026-11-09',
    ]);
    const noPremium = withSources({ signInActivity: 'notLicensed', signIns: 'notLicensed' });
    assert.equal(seatOf(e5, { signals: emptyReports }, { sources: noPremium })[0], 'never');
  });
});

describe('verdict of a seat of a smaller license', () => {
  it('does not take a sign-in for use of the one service', () => {
    const sources = withSources({ activeUserReport: 'missing' });
    assert.deepEqual(seatOf(exchangePlan1, { signals: [signedIn('2026-11-09')] }, { sources }), [
      'unknown',
      'sourceMissing',
      null,
      null,
    ]);
    assert.deepEqual(
      seatOf(
        exchangePlan1,
        { signals: [{ source: 'mailboxReport', application: 'exchange', date: '2026-11-03' }] },
        { sources },
      ),
      ['active', 'usedRecently', 'medium', '2026-11-03'],
    );
  });

  it('does not hear of other services', () => {
    assert.deepEqual(seatOf(exchangePlan1, { signals: [...emptyReports, teams('2026-11-09')] })[0], 'never');
  });

  it('of the Office apps alone needs the report about the apps', () => {
    const noSignIns = { signInActivity: 'notLicensed', signIns: 'notLicensed' } as const;
    const missing = withSources({ ...noSignIns, appUsageReport: 'missing' });
    assert.deepEqual(seatOf(appsOnly, { signals: emptyReports }, { sources: missing }), [
      'unknown',
      'sourceMissing',
      null,
      null,
    ]);
    const apps: ActivitySignal = { source: 'appUsageReport', application: null, date: null };
    assert.equal(
      seatOf(appsOnly, { signals: [...emptyReports, apps] }, { sources: withSources(noSignIns) })[0],
      'never',
    );
  });
});

describe('verdict of a seat judged by one service', () => {
  const busy = [...emptyReports, signedIn('2026-11-09'), teams('2026-11-09')];

  it('hears of that service only', () => {
    assert.deepEqual(seatOf(visio, { signals: busy }), ['never', 'noUseInHistory', 'medium', null]);
    assert.deepEqual(
      seatOf(visio, {
        signals: [...busy, { source: 'signIns', application: 'visio', date: '2026-10-30' }],
      }),
      ['active', 'usedRecently', 'medium', '2026-10-30'],
    );
  });

  it('is unknown without the sign-in log, whatever else is known', () => {
    for (const [status, reason] of [
      ['missing', 'sourceMissing'],
      ['notLicensed', 'sourceMissing'],
      ['stale', 'sourceStale'],
    ] as const) {
      const sources = withSources({ signIns: status });
      assert.deepEqual(seatOf(visio, { signals: busy }, { sources }), ['unknown', reason, null, null]);
      assert.equal(seatOf(visio, {}, { sources })[0], 'unknown');
    }
  });

  it('is unknown when the log does not reach back to the threshold', () => {
    const settings = { inactivityDays: 60, graceDays: 30 };
    assert.deepEqual(seatOf(visio, { signals: busy }, { settings }), [
      'unknown',
      'historyTooShort',
      null,
      null,
    ]);
    // 60 days before 2026-11-10 is 2026-09-11.
    const kept = (observedSince: string) =>
      new Map(allFresh).set('signIns', { status: 'fresh', asOfDate: today, observedSince });
    assert.equal(seatOf(visio, { signals: busy }, { settings, sources: kept('2026-09-12') })[0], 'unknown');
    assert.equal(seatOf(visio, { signals: busy }, { settings, sources: kept('2026-09-11') })[0], 'never');
    // An account younger than the log has no history before it.
    assert.deepEqual(seatOf(visio, { signals: busy, createdAt: '2026-10-11T00:00:00Z' }, { settings }), [
      'never',
      'noUseSinceCreation',
      'medium',
      null,
    ]);
  });

  it('of a service that nothing shows is unknown', () => {
    assert.deepEqual(seatOf(copilot, { signals: busy }), ['unknown', 'notObservable', null, null]);
    assert.deepEqual(seatOf(copilot, {}), ['unknown', 'notObservable', null, null]);
  });
});

describe('verdict of a seat of an account that is no person', () => {
  it('says so when nothing was used', () => {
    assert.deepEqual(seatOf(e3, { recipientType: 'Shared', signals: emptyReports }), [
      'notPerson',
      'sharedMailbox',
      null,
      null,
    ]);
    assert.equal(seatOf(e3, { recipientType: 'Shared', signals: [teams('2026-11-09')] })[0], 'active');
    // A sign-in to the account is no use of the license, heard of or not.
    for (const sources of [allFresh, withSources({ activeUserReport: 'missing' })]) {
      const room = { recipientType: 'Room', signals: [...emptyReports, signedIn('2026-04-01')] };
      assert.equal(seatOf(e3, room, { sources })[0], 'notPerson');
    }
  });
});

describe('verdict of a seat of a guest', () => {
  it('rests on sign-ins', () => {
    const guest = { userType: 'Guest' };
    assert.deepEqual(seatOf(e3, { ...guest, signals: [teams('2026-11-09'), signedIn('2026-11-02')] }), [
      'active',
      'usedRecently',
      'low',
      '2026-11-02',
    ]);
    assert.equal(seatOf(e3, { ...guest, signals: [teams('2026-11-09')] })[0], 'never');
    const sources = withSources({ signInActivity: 'notLicensed', signIns: 'notLicensed' });
    assert.deepEqual(seatOf(e3, { ...guest, signals: emptyReports }, { sources }), [
      'unknown',
      'sourceMissing',
      null,
      null,
    ]);
  });
});
