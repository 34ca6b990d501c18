import assert from 'node:assert/strict';
import * as v from 'valibot';
import {
  RosterPage,
  rosterQuerySchema,
  savedViewSchema,
  viewsFor,
} from '../../../../src/app/panels/rosterPage';
import type { Facet, OpenView, SqlRow, ViewSpec } from '../../../../src/core/store/store';
import type { RosterQuery, SavedRosterView } from '../../../../src/shared/rosterContract';

const query: RosterQuery = {
  filter: { text: '  anna ', licenseIds: ['t_s'], columns: { verdict: ['never', null] } },
  sort: { column: 'country', descending: true },
};

interface Made {
  readonly page: RosterPage;
  readonly opened: ViewSpec[];
  readonly closed: number[];
  readonly exported: ViewSpec[];
  readonly counted: [ViewSpec, readonly string[]][];
  readonly users: string[];
  readonly marks: [marked: boolean, users: readonly { readonly userId: string }[]][];
  views: SavedRosterView[];
  name: string | undefined;
  wait: Promise<void>;
}

function makePage(): Made {
  const made: Omit<Made, 'page'> = {
    opened: [],
    closed: [],
    exported: [],
    counted: [],
    users: [],
    marks: [],
    views: [],
    name: ' Anna’s people ',
    wait: Promise.resolve(),
  };
  const page = new RosterPage({
    tenantId: 't',
    store: {
      openView: async (spec): Promise<OpenView> => {
        made.opened.push(spec);
        const viewId = made.opened.length;
        await made.wait;
        return { viewId, rowCount: 2, totalCount: 9, generation: 1, columns: [] };
      },
      viewRows: async (viewId, offset, count): Promise<SqlRow[]> => [
        {
          tenantId: 't',
          userId: `${offset}+${count}`,
          userPrincipalName: `${viewId}/${offset}/${count}`,
          mail: 'not on screen',
          isGuest: 1,
          windows: null,
        },
      ],
      closeView: async (viewId) => void made.closed.push(viewId),
      facets: async (spec, columns): Promise<Facet[]> => {
        made.counted.push([spec, columns]);
        return columns.map((column) => ({
          column,
          values: [
            { value: 'Sales', count: 3 },
            { value: null, count: 1, label: null },
          ],
          distinct: 7,
        }));
      },
    },
    tenants: async () => [
      { tenantId: 'Sales', displayName: 'The tenant “Sales”', lastImportAt: null, evaluatedOn: null },
    ],
    licenses: async (ids) => ids.map((licenseId) => ({ licenseId, name: 'Microsoft 365 E5' })),
    views: {
      list: () => made.views,
      save: async (view) => (made.views = [...made.views, view]),
      remove: async (name) => (made.views = made.views.filter((view) => view.name !== name)),
    },
    askViewName: async () => made.name,
    exportCsv: async (spec) => {
      made.exported.push(spec);
      return { rows: 2 };
    },
    mark: async (users, marked) => void made.marks.push([marked, users]),
    openUser: async (tenantId, userId) => void made.users.push(`${tenantId} ${userId}`),
    runImport: async () => undefined,
    copy: async () => undefined,
  });
  return Object.assign(made, { page });
}

const signal = new AbortController().signal;
const spec: ViewSpec = {
  report: 'roster',
  tenantId: 't',
  filter: { text: 'anna', licenseIds: ['t_s'], columns: { verdict: ['never', null] } },
  sort: [{ column: 'country', descending: true }],
};

describe('host side of the roster', () => {
  it('leaves filter and order to the store, and exports exactly what is on screen', async () => {
    const { page, opened, exported } = makePage();
    const view = await page.methods.open.handle(query, signal);
    await page.methods.exportCsv.handle({ query, columns: ['displayName', 'licenses'] }, signal);
    await page.methods.exportCsv.handle({ query, columns: null }, signal);
    assert.deepEqual(opened, [spec]);
    assert.deepEqual(exported, [{ ...spec, columns: ['displayName', 'licenses'] }, spec]);
    assert.deepEqual([view.rowCount, view.totalCount], [2, 9]);
    assert.deepEqual(view.licenses, [{ licenseId: 't_s', name: 'Microsoft 365 E5' }]);
  });

  it('keeps one view open, and reads only its own', async () => {
    const { page, closed } = makePage();
    await page.methods.open.handle(query, signal);
    await page.methods.open.handle(query, signal);
    assert.deepEqual(closed, [1]);
    const asked = { offset: 5, count: 10, columns: ['isGuest', 'windows'] as const };
    await assert.rejects(page.methods.rows.handle({ viewId: 1, ...asked }, signal), { reason: 'notFound' });
    const [row] = await page.methods.rows.handle({ viewId: 2, ...asked }, signal);
    assert.equal(row?.userPrincipalName, '2/5/10', 'whose row it is comes always');
    assert.equal(row?.isGuest, 1);
    assert.equal(row?.windows, null);
    assert.equal('mail' in (row ?? {}), false, 'what the page does not show does not cross the wire');
    await page.close();
    assert.deepEqual(closed, [1, 2]);
  });

  it('brings the first rows of another order along, with the columns that are on screen', async () => {
    const { page } = makePage();
    const { viewId, firstRows } = await page.methods.open.handle(query, signal);
    assert.equal(firstRows, undefined, 'nobody has said yet what is on screen');
    await page.methods.rows.handle({ viewId, offset: 200, count: 100, columns: ['isGuest'] }, signal);
    const again = await page.methods.open.handle(query, signal);
    assert.deepEqual(again.firstRows?.columns, ['isGuest']);
    const [row] = again.firstRows?.rows ?? [];
    assert.deepEqual([row?.userPrincipalName, row?.isGuest], [`${again.viewId}/0/100`, 1]);
    assert.equal('windows' in (row ?? {}), false);
  });

  it('closes what opens after the page gave up, and keeps what it still shows', async () => {
    const made = makePage();
    const { page, closed } = made;
    await page.methods.open.handle(query, signal);
    const abort = new AbortController();
    let release = (): void => undefined;
    made.wait = new Promise((resolve) => (release = resolve));
    const late = page.methods.open.handle(query, abort.signal);
    abort.abort();
    release();
    await assert.rejects(late, { reason: 'cancelled' });
    assert.deepEqual(closed, [2]);
    const rows = { viewId: 1, offset: 0, count: 1, columns: ['displayName'] as const };
    assert.equal((await page.methods.rows.handle(rows, signal)).length, 1);
  });

  it('counts facets under the filter of its tenant', async () => {
    const { page, counted } = makePage();
    const facets = ['department', 'licenseId'] as const;
    const answer = await page.methods.facets.handle({ filter: query.filter, facets }, signal);
    assert.deepEqual(counted, [
      [{ report: 'roster', tenantId: 't', filter: spec.filter }, ['department', 'licenseId']],
    ]);
    assert.deepEqual(answer[0], {
      facet: 'department',
      values: [
        { value: 'Sales', count: 3, label: null },
        { value: null, count: 1, label: null },
      ],
      distinct: 7,
    });
    const [byTenant] = await page.methods.facets.handle({ filter: {}, facets: ['tenantId'] }, signal);
    assert.equal(byTenant?.values[0]?.label, 'The tenant “Sales”');
  });

  it('keeps views under the name a person gives, those with licenses for their tenant', async () => {
    const made = makePage();
    const { saveView, deleteView, start } = made.page.methods;
    const columns = ['userPrincipalName', 'licenses'] as const;
    const saved = await saveView.handle({ query, columns, suggestedName: '' }, signal);
    assert.equal(saved?.name, 'Anna’s people');
    assert.deepEqual(made.views, [{ name: 'Anna’s people', tenantId: 't', query, columns }]);
    const everywhere: RosterQuery = { ...query, filter: { licensed: false } };
    made.name = 'No license';
    await saveView.handle({ query: everywhere, columns, suggestedName: '' }, signal);
    assert.equal(made.views[1]?.tenantId, null);
    assert.deepEqual(
      viewsFor(made.views, 'other').map(({ name }) => name),
      ['No license'],
    );
    assert.equal((await start.handle(null, signal)).views.length, 2);
    assert.deepEqual(
      (await deleteView.handle({ name: 'No license' }, signal)).map(({ name }) => name),
      ['Anna’s people'],
    );
    for (const name of [undefined, '   ']) {
      made.name = name;
      assert.equal(await saveView.handle({ query, columns, suggestedName: '' }, signal), null);
    }
    assert.equal(made.views.length, 1);
  });

  it('marks the users of the rows that are selected, and only of its own query', async () => {
    const { page, marks } = makePage();
    const { open, mark } = page.methods;
    await open.handle(query, signal);
    const ranges = [
      { first: 2, last: 2 },
      { first: 5, last: 5_006 },
    ];
    await mark.handle({ viewId: 1, ranges, marked: true }, signal);
    // Many rows are read in parts; each part of this store is one row that says which.
    assert.deepEqual(marks, [
      [
        true,
        [
          { tenantId: 't', userId: '2+1' },
          { tenantId: 't', userId: '5+5000' },
          { tenantId: 't', userId: '5005+2' },
        ],
      ],
    ]);
    await assert.rejects(mark.handle({ viewId: 7, ranges, marked: false }, signal), { reason: 'notFound' });
    assert.equal(v.is(mark.params, { viewId: 1, ranges: [{ first: -1, last: 2 }], marked: true }), false);
  });

  it('opens the page of a user', async () => {
    const { page, users } = makePage();
    await page.methods.openUser.handle({ tenantId: 't', userId: 'u' }, signal);
    assert.deepEqual(users, ['t u']);
  });

  it('accepts no query, window, view or copy out of bounds', () => {
    const { page } = makePage();
    assert.equal(v.is(rosterQuerySchema, query), true);
    for (const filter of [
      { text: 'x'.repeat(501) },
      { columns: { verdict: { $ne: 1 } } },
      { licenseIds: 7 },
      { licenseIds: Array.from({ length: 1001 }, () => 'x') },
      { paths: ['sideways'] },
      { services: ['minesweeper'] },
      { status: ['asleep'] },
      { licensed: 'yes' },
      { finding: { kind: 'inactive', sql: '1' } },
      { userIds: Array.from({ length: 20_001 }, () => 'x') },
      { surprise: 1 },
    ]) {
      assert.equal(v.is(rosterQuerySchema, { ...query, filter }), false, JSON.stringify(filter).slice(0, 60));
    }
    assert.equal(
      v.is(rosterQuerySchema, { ...query, sort: { column: 'password', descending: false } }),
      false,
    );
    const rows = page.methods.rows.params;
    const columns = ['displayName'];
    for (const [viewId, offset, count] of [
      [1, -1, 10],
      [1, 0, 0],
      [1, 0, 501],
      [1, 0.5, 10],
      [1, 0, Number.POSITIVE_INFINITY],
    ]) {
      assert.equal(v.is(rows, { viewId, offset, count, columns }), false, `${viewId} ${offset} ${count}`);
    }
    for (const wrong of [[], ['password'], ['displayName', 'displayName']]) {
      assert.equal(v.is(rows, { viewId: 1, offset: 0, count: 1, columns: wrong }), false);
      assert.equal(v.is(savedViewSchema, { name: 'x', tenantId: null, query, columns: wrong }), false);
    }
    assert.equal(v.is(savedViewSchema, { name: '', tenantId: null, query, columns }), false);
    assert.equal(v.is(page.methods.copy.params, { text: 'x'.repeat(20_000_001) }), false);
  });
});
