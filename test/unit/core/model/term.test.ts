import assert from 'node:assert/strict';
import {
  dateAlert,
  endsSoon,
  licenseTerm,
  observedTerm,
  termOfDays,
  type SubscriptionDates,
} from '../../../../src/core/model/term';

const seen = (...dates: readonly string[]) =>
  dates.map((date, index) => ({
    observedAt: `2026-0${index + 1}-05T02:00:00Z`,
    nextLifecycleAt: `${date}T00:00:00Z`,
  }));

describe('observed term', () => {
  it('follows from how the date moved', () => {
    assert.equal(observedTerm(seen('2026-02-01')), 'unknown');
    assert.equal(observedTerm(seen('2026-02-01', '2026-02-01')), 'unknown');
    assert.equal(observedTerm(seen('2026-02-01', '2026-03-01')), 'monthly');
    assert.equal(observedTerm(seen('2026-02-01', '2026-05-01')), 'monthly');
    assert.equal(observedTerm(seen('2026-02-01', '2027-02-01')), 'annual');
    assert.equal(observedTerm(seen('2026-02-01', '2029-02-01')), 'threeYear');
    assert.equal(observedTerm(seen('2026-02-01', '2026-03-18')), 'unknown');
  });

  it('takes the newest move, in whatever order imports come, and no step back', () => {
    const history = seen('2026-02-01', '2026-03-01', '2027-03-01');
    assert.equal(observedTerm(history), 'annual');
    assert.equal(observedTerm([...history].reverse()), 'annual');
    assert.equal(observedTerm(seen('2026-02-01', '2026-03-01', '2026-02-01')), 'monthly');
  });

  it('knows the borders', () => {
    const terms = [27, 28, 31, 32, 45, 59, 62, 334, 337, 350, 359, 360, 370, 371, 1089, 1090, 1100, 1101];
    assert.deepEqual(terms.map(termOfDays), [
      'unknown',
      'monthly',
      'monthly',
      'unknown',
      'unknown',
      'monthly',
      'monthly',
      'monthly',
      'monthly',
      'unknown',
      'unknown',
      'annual',
      'annual',
      'unknown',
      'unknown',
      'threeYear',
      'threeYear',
      'unknown',
    ]);
  });

  it('of a license is mixed when subscriptions differ', () => {
    assert.equal(licenseTerm([]), 'unknown');
    assert.equal(licenseTerm(['annual', 'annual']), 'annual');
    assert.equal(licenseTerm(['annual', 'monthly']), 'mixed');
    assert.equal(licenseTerm(['annual', 'unknown']), 'mixed');
  });
});

describe('alerts about dates', () => {
  const today = '2026-11-10';
  const subscription: SubscriptionDates = {
    subscriptionId: 's',
    status: 'Enabled',
    totalLicenses: 10,
    isTrial: false,
    createdAt: '2024-11-20T00:00:00Z',
    nextLifecycleAt: '2026-11-20T00:00:00Z',
    term: 'annual',
    recurringBilling: true,
  };
  const what = (changes: Partial<SubscriptionDates>, unassigned = 3) =>
    dateAlert({ ...subscription, ...changes }, today, 30, unassigned)?.what ?? null;

  it('speak of a renewal only while units could be given back', () => {
    assert.equal(what({}), 'renews');
    assert.equal(what({}, 0), null);
    assert.equal(dateAlert(subscription, today, 30, 3)?.daysLeft, 10);
  });

  it('never speak of a monthly term that renews', () => {
    assert.equal(what({ term: 'monthly' }), null);
    assert.equal(what({ term: 'monthly', recurringBilling: null }), null);
    assert.equal(what({ term: 'unknown', recurringBilling: null, createdAt: '2026-10-20T00:00:00Z' }), null);
  });

  it('speak of an end whatever the term', () => {
    assert.equal(what({ term: 'monthly', recurringBilling: false }), 'ends');
    assert.equal(what({ recurringBilling: false }, 0), 'ends');
    assert.equal(what({ isTrial: true, term: 'unknown' }, 0), 'ends');
    assert.equal(what({ status: 'Warning', term: 'monthly' }, 0), 'graceEnds');
    assert.equal(what({ recurringBilling: null }, 0), 'renewsOrEnds');
  });

  it('keep to the notice, and to what is still to come', () => {
    const on = (date: string) => what({ nextLifecycleAt: `${date}T00:00:00Z` });
    assert.deepEqual(['2026-11-09', '2026-11-10', '2026-12-10', '2026-12-11'].map(on), [
      null,
      'renews',
      'renews',
      null,
    ]);
    assert.equal(what({ nextLifecycleAt: null }), null);
    assert.equal(what({ status: 'Suspended' }), null);
    assert.deepEqual(
      [null, '2026-11-09', '2026-11-10', '2026-12-10', '2026-12-11'].map((date) => endsSoon(date, today, 30)),
      [false, false, true, true, false],
    );
  });
});
