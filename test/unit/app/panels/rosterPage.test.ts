import assert from 'node:assert/strict';
import * as v from 'valibot';
import { RosterPage, rosterQuerySchema } from '../../../../src/app/panels/rosterPage';
import type { OpenView, SqlRow, ViewSpec } from '../../../../src/core/store/store';
import type { RosterQuery } from '../../../../src/shared/rosterContract';

const query: RosterQuery = {
  text: '  anna ',
  licenseId: 't_s',
  columns: { verdict: ['never', null] },
  sort: { column: 'country', descending: true },
};

function makePage(): {
  page: RosterPage;
  opened: ViewSpec[];
  closed: number[];
  exported: ViewSpec[];
  beforeOpen: { wait: Promise<void> };
} {
  const opened: ViewSpec[] = [];
  const closed: number[] = [];
  const exported: ViewSpec[] = [];
  const beforeOpen = { wait: Promise.resolve() };
  const page = new RosterPage({
    tenantId: 't',
    store: {
      openView: async (spec): Promise<OpenView> => {
        opened.push(spec);
        const viewId = opened.length;
        await beforeOpen.wait;
        return { viewId, rowCount: 2, totalCount: 9, generation: 1, columns: [] };
      },
      viewRows: async (viewId, offset, count): Promise<SqlRow[]> => [
        { userPrincipalName: `${viewId}/${offset}/${count}`, mail: 'not on screen', isGuest: 1 },
      ],
      closeView: async (viewId) => void closed.push(viewId),
    },
    tenants: async () => [],
    license: async (licenseId) => ({ licenseId, name: 'Microsoft 365 E5' }),
    exportCsv: async (spec) => {
      exported.push(spec);
      return { rows: 2 };
    },
    runImport: async () => undefined,
    copy: async () => undefined,
  });
  return { page, opened, closed, exported, beforeOpen };
}

const signal = new AbortController().signal;
const spec: ViewSpec = {
  report: 'roster',
  tenantId: 't',
  filter: { text: 'anna', licenseId: 't_s', columns: { verdict: ['never', null] } },
  sort: [{ column: 'country', descending: true }],
};

describe('host side of the roster', () => {
  it('leaves filter and order to the store, and exports exactly what is on screen', async () => {
    const { page, opened, exported } = makePage();
    const view = await page.methods.open.handle(query, signal);
    await page.methods.exportCsv.handle(query, signal);
    assert.deepEqual(opened, [spec]);
    assert.deepEqual(exported, [spec]);
    assert.deepEqual([view.rowCount, view.totalCount, view.license?.name], [2, 9, 'Microsoft 365 E5']);
  });

  it('keeps one view open, and reads only its own', async () => {
    const { page, closed } = makePage();
    await page.methods.open.handle(query, signal);
    await page.methods.open.handle(query, signal);
    assert.deepEqual(closed, [1]);
    await assert.rejects(page.methods.rows.handle({ viewId: 1, offset: 0, count: 10 }, signal), {
      reason: 'notFound',
    });
    const [row] = await page.methods.rows.handle({ viewId: 2, offset: 5, count: 10 }, signal);
    assert.equal(row?.userPrincipalName, '2/5/10');
    assert.equal(row?.isGuest, 1);
    assert.equal(row?.windows, null);
    assert.equal('mail' in (row ?? {}), false, 'what the page does not show does not cross the wire');
    await page.close();
    assert.deepEqual(closed, [1, 2]);
  });

  it('closes what opens after the page gave up, and keeps what it still shows', async () => {
    const { page, closed, beforeOpen } = makePage();
    await page.methods.open.handle(query, signal);
    const abort = new AbortController();
    let release = (): void => undefined;
    beforeOpen.wait = new Promise((resolve) => (release = resolve));
    const late = page.methods.open.handle(query, abort.signal);
    abort.abort();
    release();
    await assert.rejects(late, { reason: 'cancelled' });
    assert.deepEqual(closed, [2]);
    assert.equal((await page.methods.rows.handle({ viewId: 1, offset: 0, count: 1 }, signal)).length, 1);
  });

  it('accepts no query, window or copy out of bounds', () => {
    const { page } = makePage();
    assert.equal(v.is(rosterQuerySchema, query), true);
    for (const change of [
      { text: 'x'.repeat(501) },
      { sort: { column: 'password', descending: false } },
      { columns: { verdict: { $ne: 1 } } },
      { licenseId: 7 },
    ]) {
      assert.equal(
        v.is(rosterQuerySchema, { ...query, ...change }),
        false,
        JSON.stringify(change).slice(0, 60),
      );
    }
    const rows = page.methods.rows.params;
    for (const [viewId, offset, count] of [
      [1, -1, 10],
      [1, 0, 0],
      [1, 0, 501],
      [1, 0.5, 10],
      [1, 0, Number.POSITIVE_INFINITY],
    ]) {
      assert.equal(v.is(rows, { viewId, offset, count }), false, `${viewId} ${offset} ${count}`);
    }
    assert.equal(v.is(page.methods.copy.params, { text: 'x'.repeat(20_000_001) }), false);
  });
});
