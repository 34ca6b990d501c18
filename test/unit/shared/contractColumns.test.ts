import assert from 'node:assert/strict';
import { reportViews } from '../../../src/core/store/reportViews';
import { positionColumns } from '../../../src/shared/reconciliationContract';
import { rosterColumns } from '../../../src/shared/rosterContract';

describe('columns that pages name', () => {
  // A page can sort by any of them, so a column the report does not have would fail only when clicked.
  it('are columns of the reports they read', () => {
    const missing = (names: readonly string[], columns: readonly string[]): string[] =>
      names.filter((name) => !columns.includes(name));
    assert.deepEqual(missing(rosterColumns, reportViews.roster.columns), []);
    assert.deepEqual(missing(positionColumns, reportViews.reconciliation.columns), []);
  });
});
