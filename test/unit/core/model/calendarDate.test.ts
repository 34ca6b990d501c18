import assert from 'node:assert/strict';
import { addDays, dayNumber, daysBetween } from '../../../../src/core/model/calendarDate';

describe('calendar dates', () => {
  it('count days over months, years and leap days', () => {
    assert.equal(daysBetween('2026-10-11', '2026-11-10'), 30);
    assert.equal(daysBetween('2027-12-31', '2028-03-01'), 61);
    assert.equal(daysBetween('2026-11-10', '2026-11-09'), -1);
    assert.equal(addDays('2028-02-28', 2), '2028-03-01');
    assert.equal(addDays('2026-01-01', -1), '2025-12-31');
    assert.equal(dayNumber('1970-01-02'), 1);
  });

  it('take the date of a time', () => {
    assert.equal(daysBetween('2026-11-09T23:59:59Z', '2026-11-10'), 1);
  });
});
