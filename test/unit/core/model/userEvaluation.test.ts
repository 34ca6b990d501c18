import assert from 'node:assert/strict';
import { evaluateUser } from '../../../../src/core/model/userEvaluation';
import type { ActivitySource, SourceState } from '../../../../src/core/model/evaluation';
import {
  allFresh,
  contextOf,
  direct,
  e3,
  emptyReports,
  evidenceOf,
  today,
  visio,
  withSources,
} from './evaluationFixtures';

const noPremium = { signInActivity: 'notLicensed', signIns: 'notLicensed' } as const;

describe('verdict of a user', () => {
  it('is active through a use exactly as long ago as the threshold, inactive one day longer', () => {
    // 2026-11-10 minus 30 days is 2026-10-11.
    const at = (date: string) =>
      evaluateUser(
        evidenceOf({ signals: [{ source: 'signInActivity', application: null, date }] }),
        contextOf(),
      );
    const last = at('2026-10-11');
    assert.deepEqual(
      [last.verdict, last.reason, last.daysSinceLastActivity, last.lastActivityDate],
      ['active', 'usedRecently', 30, '2026-10-11'],
    );
    const first = at('2026-10-10');
    assert.deepEqual(
      [first.verdict, first.reason, first.daysSinceLastActivity],
      ['inactive', 'notUsedRecently', 31],
    );
  });

  it('takes the newest date of all fresh sources', () => {
    const result = evaluateUser(
      evidenceOf({
        signals: [
          { source: 'signInActivity', application: null, date: '2026-03-01' },
          { source: 'oneDriveReport', application: 'oneDrive', date: '2026-11-01' },
          { source: 'mailboxReport', application: 'exchange', date: '2026-08-01' },
        ],
      }),
      contextOf(),
    );
    assert.deepEqual([result.verdict, result.lastActivityDate], ['active', '2026-11-01']);
  });

  it('counts a date in the future as today', () => {
    const result = evaluateUser(
      evidenceOf({ signals: [{ source: 'emailReport', application: 'outlook', date: '2026-11-12' }] }),
      contextOf(),
    );
    assert.deepEqual(
      [result.verdict, result.daysSinceLastActivity, result.lastActivityDate],
      ['active', 0, today],
    );
  });

  it('is never when sign-in activity is fresh and has no entry for an account past its grace', () => {
    // Created 2026-10-11: 30 days old, the grace of 30 days is over; a day later it is not.
    const created = (createdAt: string) => evaluateUser(evidenceOf({ createdAt }), contextOf());
    assert.equal(created('2026-10-11T23:59:59Z').verdict, 'never');
    assert.equal(created('2026-10-11T23:59:59Z').reason, 'noUseSinceCreation');
    assert.equal(created('2026-10-12T00:00:00Z').verdict, 'new');
    assert.equal(created('2026-12-01T00:00:00Z').verdict, 'new');
  });

  it('is unknown for a deleted account without a date, whose sign-ins nobody tells', () => {
    const of = (isDeleted: boolean, signals: Parameters<typeof evidenceOf>[0]['signals'] = []): string[] => {
      const { verdict, reason } = evaluateUser(evidenceOf({ isDeleted, signals }), contextOf());
      return [verdict, reason];
    };
    assert.deepEqual(of(false), ['never', 'noUseSinceCreation']);
    assert.deepEqual(of(true), ['unknown', 'sourceMissing']);
    const used = [{ source: 'emailReport', application: 'outlook', date: '2026-11-08' }] as const;
    assert.deepEqual(of(true, used), ['active', 'usedRecently']);
  });

  it('is unknown when the creation date is', () => {
    const result = evaluateUser(evidenceOf({ createdAt: null }), contextOf());
    assert.deepEqual(
      [result.verdict, result.reason, result.confidence],
      ['unknown', 'creationDateUnknown', null],
    );
  });

  it('is unknown when sign-in activity is licensed and not to be had, even if reports say no use', () => {
    const reasons: readonly [SourceState['status'], string][] = [
      ['missing', 'sourceMissing'],
      ['stale', 'sourceStale'],
      ['concealed', 'namesConcealed'],
    ];
    for (const [status, reason] of reasons) {
      const result = evaluateUser(
        evidenceOf({ signals: emptyReports }),
        contextOf({ sources: withSources({ signInActivity: status }) }),
      );
      assert.deepEqual([result.verdict, result.reason], ['unknown', reason], status);
    }
  });

  it('needs the reports of every service held where the tenant has no sign-in activity', () => {
    const evaluate = (
      changes: Partial<Record<ActivitySource, SourceState['status']>>,
      signals = emptyReports,
    ) =>
      evaluateUser(
        evidenceOf({ signals }),
        contextOf({ sources: withSources({ ...noPremium, ...changes }) }),
      );
    assert.equal(evaluate({}).verdict, 'never');
    assert.equal(evaluate({ emailReport: 'missing' }).reason, 'sourceMissing');
    assert.equal(evaluate({ activeUserReport: 'concealed' }).reason, 'namesConcealed');
    assert.equal(evaluate({ activeUserReport: 'stale' }).reason, 'sourceStale');
    // No row is no data; a row with empty dates says no use.
    const withoutEmail = emptyReports.filter((signal) => signal.source !== 'emailReport');
    assert.deepEqual(
      [evaluate({}, withoutEmail).verdict, evaluate({}, withoutEmail).reason],
      ['unknown', 'noRowInReport'],
    );
  });

  it('is unknown without licenses where only reports could speak', () => {
    const result = evaluateUser(
      evidenceOf({ paths: new Map() }),
      contextOf({ sources: withSources(noPremium) }),
    );
    assert.deepEqual([result.verdict, result.reason], ['unknown', 'notObservable']);
  });

  it('ignores what is not fresh', () => {
    const result = evaluateUser(
      evidenceOf({ signals: [{ source: 'mailboxReport', application: 'exchange', date: '2026-01-05' }] }),
      contextOf({ sources: withSources({ mailboxReport: 'stale', signInActivity: 'missing' }) }),
    );
    assert.deepEqual([result.verdict, result.lastActivityDate], ['unknown', null]);
  });

  it('listens to sign-in data alone for guests', () => {
    const guest = { userType: 'Guest', paths: new Map([[e3, [direct]]]) };
    const report = { source: 'activeUserReport', application: 'teams', date: '2026-11-09' } as const;
    const signIn = { source: 'signInActivity', application: null, date: '2026-05-01' } as const;
    assert.equal(
      evaluateUser(evidenceOf({ ...guest, signals: [report, signIn] }), contextOf()).verdict,
      'inactive',
    );
    const without = contextOf({ sources: withSources(noPremium) });
    assert.deepEqual(
      [
        evaluateUser(evidenceOf({ ...guest, signals: emptyReports }), without).verdict,
        evaluateUser(evidenceOf({ ...guest, signals: emptyReports }), without).reason,
      ],
      ['unknown', 'sourceMissing'],
    );
    assert.equal(evaluateUser(evidenceOf({ ...guest, signals: emptyReports }), contextOf()).verdict, 'never');
  });

  it('knows accounts that are no persons, but only without any date', () => {
    const kinds: readonly [string, string][] = [
      ['Shared', 'sharedMailbox'],
      ['SharedMailbox', 'sharedMailbox'],
      ['shared mailbox', 'sharedMailbox'],
      ['Room', 'roomOrEquipment'],
      ['ROOMMAILBOX', 'roomOrEquipment'],
      ['Equipment', 'roomOrEquipment'],
      ['EquipmentMailbox', 'roomOrEquipment'],
    ];
    for (const [recipientType, reason] of kinds) {
      // Even where nothing else could be known: the kind of the mailbox is known.
      const result = evaluateUser(evidenceOf({ recipientType }), contextOf({ sources: new Map() }));
      assert.deepEqual(
        [result.verdict, result.reason, result.confidence],
        ['notPerson', reason, null],
        recipientType,
      );
    }
    for (const recipientType of ['User', 'UserMailbox', 'SharedWithMe', '']) {
      assert.equal(evaluateUser(evidenceOf({ recipientType }), contextOf()).verdict, 'never', recipientType);
    }
    const used = evaluateUser(
      evidenceOf({
        recipientType: 'Shared',
        signals: [{ source: 'mailboxReport', application: 'exchange', date: '2026-11-01' }],
      }),
      contextOf(),
    );
    assert.equal(used.verdict, 'active');
    assert.equal(evaluateUser(evidenceOf({ markedNotPerson: true }), contextOf()).reason, 'markedNotPerson');
  });
});

describe('confidence', () => {
  const confidence = (signals: Parameters<typeof evidenceOf>[0]['signals']) =>
    evaluateUser(evidenceOf({ signals }), contextOf()).confidence;

  it('is high when two independent sources agree, medium with one', () => {
    const signIn = { source: 'signInActivity', application: null, date: '2026-11-02' } as const;
    const mail = { source: 'mailboxReport', application: 'exchange', date: '2026-11-01' } as const;
    assert.equal(confidence([signIn]), 'medium');
    assert.equal(confidence([signIn, mail]), 'high');
  });

  it('does not take one measurement for two because two sources repeat it', () => {
    const mailbox = { source: 'mailboxReport', application: 'exchange', date: '2026-11-01' } as const;
    const email = { source: 'emailReport', application: 'outlook', date: '2026-11-01' } as const;
    const inActiveUsers = {
      source: 'activeUserReport',
      application: 'exchange',
      date: '2026-11-01',
    } as const;
    const teams = { source: 'activeUserReport', application: 'teams', date: '2026-11-01' } as const;
    assert.equal(confidence([mailbox, email]), 'medium');
    assert.equal(confidence([mailbox, inActiveUsers]), 'medium');
    assert.equal(confidence([inActiveUsers, teams]), 'medium');
    assert.equal(confidence([mailbox, teams]), 'high');
    const signIn = { source: 'signInActivity', application: null, date: '2026-11-01' } as const;
    const signInToApp = { source: 'signIns', application: 'powerBi', date: '2026-11-01' } as const;
    assert.equal(confidence([signIn, signInToApp]), 'medium');
  });

  it('is low when nothing but token refreshes speak', () => {
    const refresh = { source: 'signInActivity', application: null, date: '2026-11-01', weak: true } as const;
    const old = { source: 'signInActivity', application: null, date: '2026-01-01' } as const;
    const mail = { source: 'mailboxReport', application: 'exchange', date: '2026-11-01' } as const;
    assert.equal(confidence([refresh]), 'low');
    assert.equal(confidence([refresh, old]), 'low');
    assert.equal(confidence([refresh, mail]), 'high');
    assert.equal(confidence([{ ...refresh, date: '2026-02-01' }]), 'low');
  });

  it('of no use counts the sources that say so', () => {
    assert.equal(evaluateUser(evidenceOf({}), contextOf()).confidence, 'medium');
    assert.equal(evaluateUser(evidenceOf({ signals: emptyReports }), contextOf()).confidence, 'high');
    const signIn = { source: 'signInActivity', application: null, date: '2026-05-01' } as const;
    assert.equal(confidence([signIn]), 'medium');
    assert.equal(confidence([signIn, ...emptyReports]), 'high');
  });
});

describe('seats of a user', () => {
  it('exist where a path holds them, and count paths once per license', () => {
    const result = evaluateUser(
      evidenceOf({
        paths: new Map([
          [
            visio,
            [
              { groupId: 'g1', state: 'Active', disabledPlans: ['c', 'b', 'a'] },
              { groupId: 'g2', state: 'ActiveWithError', disabledPlans: ['a', 'c'] },
              { groupId: null, state: 'Error', disabledPlans: [] },
            ],
          ],
          [e3, [direct, { groupId: 'g1', state: 'Active', disabledPlans: ['x'] }]],
          ['gone', [{ groupId: null, state: 'Disabled', disabledPlans: [] }]],
        ]),
      }),
      contextOf(),
    );
    assert.deepEqual(
      result.seats.map(({ skuId, paths, direct: isDirect, groupCount, disabledPlans }) => ({
        skuId,
        paths,
        isDirect,
        groupCount,
        disabledPlans,
      })),
      [
        { skuId: e3, paths: 2, isDirect: true, groupCount: 1, disabledPlans: [] },
        { skuId: visio, paths: 2, isDirect: false, groupCount: 2, disabledPlans: ['a', 'c'] },
      ],
    );
  });

  it('of a product that the tenant no longer has are unknown', () => {
    const result = evaluateUser(evidenceOf({ paths: new Map([['other', [direct]]]) }), contextOf());
    assert.deepEqual(
      result.seats.map((seat) => [seat.verdict, seat.reason]),
      [['unknown', 'notObservable']],
    );
  });
});

describe('evaluateUser', () => {
  it('keeps the evidence as it was', () => {
    const evidence = evidenceOf({
      paths: new Map([[e3, [{ groupId: 'g', state: 'Active', disabledPlans: ['z', 'a'] }]]]),
    });
    const before = structuredClone(evidence);
    evaluateUser(evidence, contextOf({ sources: allFresh }));
    assert.deepEqual(evidence, before);
  });
});
