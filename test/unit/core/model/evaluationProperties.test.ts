import fc from 'fast-check';
import assert from 'node:assert/strict';
import { addDays } from '../../../../src/core/model/calendarDate';
import type {
  ActivitySignal,
  ActivitySource,
  Application,
  EvaluationContext,
  SeatPath,
  SourceState,
  UserEvidence,
} from '../../../../src/core/model/evaluation';
import { evaluateUser } from '../../../../src/core/model/userEvaluation';
import {
  appsOnly,
  contextOf,
  copilot,
  e3,
  e5,
  evidenceOf,
  exchangePlan1,
  today,
  visio,
} from './evaluationFixtures';

const shapes: readonly (readonly [ActivitySource, readonly (Application | null)[]])[] = [
  ['signInActivity', [null]],
  ['activeUserReport', ['exchange', 'oneDrive', 'sharePoint', 'skypeForBusiness', 'teams', 'yammer']],
  ['emailReport', ['outlook']],
  ['appUsageReport', [null]],
  ['mailboxReport', ['exchange']],
  ['oneDriveReport', ['oneDrive']],
  ['signIns', ['visio', 'powerBi', 'project', 'dynamics365']],
];

const date = fc.option(
  fc.integer({ min: -5, max: 400 }).map((days) => addDays(today, -days)),
  { nil: null, freq: 3 },
);

const signal: fc.Arbitrary<ActivitySignal> = fc.constantFrom(...shapes).chain(([source, applications]) =>
  fc.record({
    source: fc.constant(source),
    application: fc.constantFrom(...applications),
    date,
    weak: source === 'signInActivity' ? fc.boolean() : fc.constant(false),
  }),
);

const state: fc.Arbitrary<SourceState> = fc.record({
  status: fc.constantFrom('fresh', 'fresh', 'fresh', 'stale', 'missing', 'concealed', 'notLicensed'),
  asOfDate: fc.constant(today),
});

const path: fc.Arbitrary<SeatPath> = fc.record({
  groupId: fc.constantFrom(null, 'g1', 'g2'),
  state: fc.constantFrom('Active', 'Active', 'ActiveWithError', 'Error', 'Disabled'),
  disabledPlans: fc.subarray(['mail', 'teams', 'sites', 'yammer', 'skype', 'apps']),
});

const evidence: fc.Arbitrary<UserEvidence> = fc
  .record({
    userType: fc.constantFrom('Member', 'Member', 'Guest', null),
    createdAt: fc.option(
      fc.integer({ min: 0, max: 900 }).map((days) => `${addDays(today, -days)}T12:00:00Z`),
    ),
    recipientType: fc.constantFrom(null, null, 'User', 'Shared', 'Room'),
    signals: fc.array(signal, { maxLength: 12 }),
    paths: fc
      .uniqueArray(fc.constantFrom(e3, e5, exchangePlan1, appsOnly, visio, copilot, 'gone'))
      .chain((ids) =>
        fc
          .array(fc.array(path, { minLength: 1, maxLength: 3 }), {
            minLength: ids.length,
            maxLength: ids.length,
          })
          .map((lists) => new Map(ids.map((id, index) => [id, lists[index] ?? []]))),
      ),
  })
  .map((changes) => evidenceOf(changes));

const context: fc.Arbitrary<EvaluationContext> = fc
  .record({
    states: fc.array(state, { minLength: shapes.length, maxLength: shapes.length }),
    inactivityDays: fc.constantFrom(14, 30, 90),
  })
  .map(({ states, inactivityDays }) =>
    contextOf({
      settings: { inactivityDays, graceDays: 30 },
      sources: new Map(
        shapes.map(([source], index) => [source, states[index] ?? { status: 'missing', asOfDate: null }]),
      ),
    }),
  );

// Rare combinations matter here; a thousand of them take a fraction of a second.
const runs = { numRuns: 1000 };

const waste = new Set(['inactive', 'never']);

/** All verdicts of one evaluation: the user's own and those of the seats. */
function verdicts(user: UserEvidence, where: EvaluationContext) {
  const result = evaluateUser(user, where);
  return [result, ...result.seats];
}

describe('evaluateUser, for whatever evidence', () => {
  it('gives the same for the same, in whatever order signals and paths come', () => {
    fc.assert(
      fc.property(
        evidence,
        context,
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        (user, where, numbers) => {
          let next = 0;
          const shuffled = <T>(items: readonly T[]): T[] =>
            items
              .map((item) => ({ item, key: numbers[next++ % numbers.length] ?? 0 }))
              .sort((left, right) => left.key - right.key)
              .map(({ item }) => item);
          const other: UserEvidence = {
            ...user,
            signals: shuffled(user.signals),
            paths: new Map(shuffled([...user.paths]).map(([id, paths]) => [id, shuffled(paths)])),
          };
          const expected = evaluateUser(user, where);
          assert.deepEqual(evaluateUser(other, where), expected);
          assert.deepEqual(evaluateUser(user, { ...where }), expected);
        },
      ),
      runs,
    );
  });

  it('never judges by signals of a source that is not fresh', () => {
    fc.assert(
      fc.property(evidence, context, fc.array(signal), (user, where, more) => {
        const stale = more.filter((extra) => where.sources.get(extra.source)?.status !== 'fresh');
        const added: UserEvidence = { ...user, signals: [...user.signals, ...stale] };
        assert.deepEqual(evaluateUser(added, where), evaluateUser(user, where));
      }),
      runs,
    );
  });

  it('does not call anything wasted because a source became stale, missing or concealed', () => {
    fc.assert(
      fc.property(
        evidence,
        context,
        fc.constantFrom(...shapes),
        fc.constantFrom('stale', 'missing', 'concealed') as fc.Arbitrary<SourceState['status']>,
        (user, where, [source], status) => {
          // A source that went quiet can hide a use that was known, so only what was no use before is compared.
          const before = verdicts(user, where);
          const worse = new Map(where.sources).set(source, { status, asOfDate: '2026-06-01' });
          const after = verdicts(user, { ...where, sources: worse });
          before.forEach((was, index) => {
            if (was.verdict === 'unknown' || was.verdict === 'notPerson') {
              assert.ok(!waste.has(after[index]?.verdict ?? ''), `${was.verdict} → ${after[index]?.verdict}`);
            }
          });
        },
      ),
      runs,
    );
  });

  it('takes no other verdict from a stale source than from a missing one', () => {
    fc.assert(
      fc.property(
        evidence,
        context,
        fc.constantFrom(...shapes),
        fc.array(signal),
        (user, where, [source], more) => {
          const added = more.filter((extra) => extra.source === source);
          const as = (status: SourceState['status'], signals: readonly ActivitySignal[]) =>
            verdicts(
              { ...user, signals },
              { ...where, sources: new Map(where.sources).set(source, { status, asOfDate: '2026-06-01' }) },
            ).map((subject) => subject.verdict);
          assert.deepEqual(as('stale', [...user.signals, ...added]), as('missing', user.signals));
        },
      ),
      runs,
    );
  });

  it('gives a verdict of waste only with the evidence for it', () => {
    fc.assert(
      fc.property(evidence, context, (user, where) => {
        const recentSince = addDays(today, -where.settings.inactivityDays);
        const fresh = user.signals.filter((s) => where.sources.get(s.source)?.status === 'fresh');
        const heard = user.userType === 'Guest' ? fresh.filter((s) => /^signIn/.test(s.source)) : fresh;
        const recent = heard.some((s) => s.date !== null && s.date >= recentSince);
        const result = evaluateUser(user, where);
        assert.equal(result.verdict === 'active', recent);
        for (const subject of [result, ...result.seats]) {
          assert.equal(
            subject.confidence === null,
            subject.verdict === 'unknown' || subject.verdict === 'notPerson',
          );
          if (subject.verdict === 'never') {
            assert.equal(subject.lastActivityDate, null);
            assert.ok(user.createdAt !== null && user.createdAt.slice(0, 10) <= addDays(today, -30));
          }
          if (subject.verdict === 'inactive') {
            assert.ok(subject.lastActivityDate !== null && subject.lastActivityDate < recentSince);
          }
          if (subject.verdict === 'active') {
            assert.ok(subject.lastActivityDate !== null && subject.lastActivityDate >= recentSince);
          }
        }
        for (const seat of result.seats) {
          if (seat.skuId === copilot || seat.skuId === 'gone') assert.ok(!waste.has(seat.verdict));
        }
      }),
      runs,
    );
  });

  it('without any source knows no waste', () => {
    fc.assert(
      fc.property(evidence, (user) => {
        for (const { verdict } of verdicts(user, contextOf({ sources: new Map() }))) {
          assert.ok(verdict === 'unknown' || verdict === 'notPerson');
        }
      }),
      runs,
    );
  });
});
