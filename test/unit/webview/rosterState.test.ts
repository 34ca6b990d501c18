import assert from 'node:assert/strict';
import { defaultQuery, isUnfiltered, restoreState } from '../../../webview/roster/rosterState';
import {
  defaultSort,
  restoreState as restoreReconciliation,
} from '../../../webview/reconciliation/reconciliationState';

describe('saved state of the roster', () => {
  const saved = {
    tenantId: 't',
    query: {
      text: 'anna',
      licenseId: 't_s',
      columns: { verdict: ['inactive', null] },
      sort: { column: 'createdAt', descending: true },
    },
    widths: { licenses: 300 },
    scrollTop: 4800,
    scrollLeft: 20,
    focused: { row: 200, column: 3 },
  };

  it('comes back as it was', () => {
    const { tenantId: _, ...expected } = saved;
    assert.deepEqual(restoreState(saved), expected);
  });

  it('is the default where it is missing or not ours', () => {
    const empty = {
      query: defaultQuery,
      widths: {},
      scrollTop: 0,
      scrollLeft: 0,
      focused: { row: 0, column: 0 },
    };
    for (const value of [
      undefined,
      null,
      'x',
      7,
      [],
      { query: 3, widths: 'no', focused: null, scrollTop: -4 },
    ]) {
      assert.deepEqual(restoreState(value), empty);
    }
    const restored = restoreState({
      query: { sort: { column: 'dropTable', descending: true }, columns: { a: { b: 1 }, c: 1 } },
      widths: { licenses: 'wide', mac: 80 },
      focused: { row: Number.NaN },
    });
    assert.deepEqual(restored, {
      ...empty,
      query: { ...defaultQuery, columns: { c: 1 } },
      widths: { mac: 80 },
    });
  });

  it('knows when everyone is shown', () => {
    assert.equal(isUnfiltered({ ...defaultQuery, text: '  ' }), true);
    assert.equal(isUnfiltered({ ...defaultQuery, text: 'a' }), false);
    assert.equal(isUnfiltered({ ...defaultQuery, licenseId: 'x' }), false);
    assert.equal(isUnfiltered({ ...defaultQuery, columns: { isGuest: 1 } }), false);
  });
});

describe('saved state of the reconciliation', () => {
  it('comes back, or is the default', () => {
    assert.deepEqual(restoreReconciliation({ sort: { column: 'never', descending: true }, scrollTop: 12 }), {
      sort: { column: 'never', descending: true },
      scrollTop: 12,
    });
    assert.deepEqual(restoreReconciliation({ sort: { column: 'nope' }, scrollTop: 'x' }), {
      sort: defaultSort,
      scrollTop: 0,
    });
  });
});
