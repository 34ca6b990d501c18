import assert from 'node:assert/strict';
import { restoreState } from '../../../webview/roster/rosterState';
import { defaultColumns, everyone } from '../../../webview/roster/rosterViews';

describe('saved state of the roster', () => {
  const saved = {
    tenantId: 't',
    query: {
      filter: {
        text: 'anna',
        columns: { verdict: ['inactive', null] },
        licenseIds: ['t_s'],
        paths: ['group', 'error'],
        licensed: true,
        services: ['teams'],
        status: ['disabled', null],
        finding: { kind: 'guest', licenseId: 't_s' },
        userIds: ['u'],
      },
      sort: { column: 'createdAt', descending: true },
    },
    columns: ['userPrincipalName', 'licenses', 'teamsLastActivityDate'],
    view: 'My people',
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
      query: everyone.query,
      columns: defaultColumns,
      view: null,
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
      { query: 3, widths: 'no', focused: null, scrollTop: -4, columns: 'all', view: 7 },
    ]) {
      assert.deepEqual(restoreState(value), empty);
    }
    const restored = restoreState({
      query: {
        sort: { column: 'dropTable', descending: true },
        filter: {
          columns: { a: { b: 1 }, c: 1 },
          paths: ['sideways', 'both'],
          status: 'disabled',
          finding: { kind: 7 },
          licenseIds: [1, 'x'],
          surprise: 1,
        },
      },
      columns: ['licenses', 'password', 'licenses'],
      widths: { licenses: 'wide', mac: 80 },
      focused: { row: Number.NaN },
    });
    assert.deepEqual(restored, {
      ...empty,
      query: {
        ...everyone.query,
        filter: { columns: { c: 1 }, paths: ['both'], licenseIds: ['x'] },
      },
      columns: ['licenses'],
      widths: { mac: 80 },
    });
  });
});
