import assert from 'node:assert/strict';
import { rosterFacets, type RosterFilter } from '../../../src/shared/rosterFilter';
import { columnChoices, moved } from '../../../webview/roster/columnChoice';
import { chosenValues, isUnfiltered, withValue, withValues } from '../../../webview/roster/filterEdit';
import { filterChips } from '../../../webview/roster/filterWords';
import { builtInViews, everyone } from '../../../webview/roster/rosterViews';
import { isView, viewMenuEntries } from '../../../webview/roster/viewMenu';

describe('filter of the roster', () => {
  it('knows when everyone is shown', () => {
    assert.equal(isUnfiltered({}), true);
    assert.equal(isUnfiltered({ text: '  ', columns: {} }), true);
    for (const filter of [
      { text: 'a' },
      { columns: { isGuest: 1 } },
      { licenseIds: [] },
      { licensed: false },
      { userIds: ['u'] },
    ] satisfies RosterFilter[]) {
      assert.equal(isUnfiltered(filter), false, JSON.stringify(filter));
    }
  });

  it('takes values of any facet on and off again, and leaves the rest alone', () => {
    const base: RosterFilter = { text: 'anna', columns: { createdAt: 'x' } };
    for (const facet of rosterFacets) {
      const one = withValue(base, facet, 'A', true);
      assert.deepEqual(chosenValues(one, facet), ['A'], facet);
      const two = withValue(one, facet, 'B', true);
      assert.deepEqual(chosenValues(two, facet), ['A', 'B'], facet);
      assert.deepEqual(chosenValues(withValue(two, facet, 'A', false), facet), ['B'], facet);
      assert.deepEqual(withValues(two, facet, []), base, facet);
    }
  });

  it('asks for one license or for none, never for both', () => {
    const held = withValue({ licensed: true }, 'licenseId', 't_s', true);
    assert.deepEqual(held, { licenseIds: ['t_s'] });
    const none = withValue(held, 'licenseId', null, true);
    assert.deepEqual(none, { licensed: false });
    assert.deepEqual(chosenValues(none, 'licenseId'), [null]);
    assert.deepEqual(withValue(none, 'licenseId', 't_x', true), { licenseIds: ['t_x'] });
    assert.deepEqual(withValue(none, 'licenseId', null, false), {});
  });

  it('reads single values that a command gave', () => {
    const filter: RosterFilter = { columns: { department: null, country: 'Germany' } };
    assert.deepEqual(chosenValues(filter, 'department'), [null]);
    assert.deepEqual(chosenValues(withValue(filter, 'country', 'Austria', true), 'country'), [
      'Germany',
      'Austria',
    ]);
  });

  it('is shown as chips, each of which goes away alone', () => {
    const filter: RosterFilter = {
      text: 'not a chip',
      licenseIds: ['T_S', 't_gone'],
      status: ['disabled', null],
      columns: { department: ['Sales', null], createdAt: '2026-01-01' },
      services: ['exchange', 'teams', 'visio', 'project', 'powerBi'],
      finding: { kind: 'guest', licenseId: 't_s' },
      userIds: ['a', 'b'],
    };
    const chips = filterChips(filter, [{ licenseId: 't_s', name: 'Microsoft 365 E5' }]);
    assert.deepEqual(
      chips.map(({ label }) => label),
      [
        'License: Microsoft 365 E5 or t_gone',
        'Service Used: Exchange or Teams or Visio or 2 more',
        'Status: Disabled or Unknown',
        'Department: Sales or Not set',
        'Created: 2026-01-01',
        'Finding: Guest with a license (Microsoft 365 E5)',
        '2 users chosen',
      ],
    );
    for (const [index, chip] of chips.entries()) {
      const left = filterChips(chip.without, []).length;
      assert.equal(left, chips.length - 1, `chip ${index}`);
      assert.equal(chip.without.text, 'not a chip');
    }
    assert.deepEqual(
      filterChips(
        { columns: { tenantId: ['t1', 't2'] } },
        [],
        [{ tenantId: 't1', displayName: 'Contoso' }],
      ).map(({ label }) => label),
      ['Tenant: Contoso or t2'],
    );
    assert.deepEqual(
      filterChips({ licensed: true }, []).map(({ label, without }) => [label, without]),
      [['With a license', {}]],
    );
    assert.deepEqual(
      filterChips({ licensed: false }, []).map(({ label }) => label),
      ['License: No license'],
    );
  });
});

describe('columns of the roster', () => {
  const all = [
    { id: 'userPrincipalName', title: 'UPN' },
    { id: 'displayName', title: 'Name' },
    { id: 'mail', title: 'Email' },
    { id: 'country', title: 'Country' },
  ] as const;
  const shown = columnChoices(all, ['userPrincipalName', 'country', 'displayName']);

  it('are listed with those on screen first, in their order', () => {
    assert.deepEqual(
      shown.map(({ id, shown: on }) => [id, on]),
      [
        ['userPrincipalName', true],
        ['country', true],
        ['displayName', true],
        ['mail', false],
      ],
    );
  });

  it('move, but never before the first nor beyond the last', () => {
    const order = (choices: typeof shown): string => choices.map(({ title }) => title).join(' ');
    assert.equal(order(moved(shown, 'displayName', 1)), 'UPN Name Country Email');
    assert.equal(order(moved(shown, 'country', 3)), 'UPN Name Email Country');
    for (const [id, to] of [
      ['displayName', 0],
      ['mail', 4],
      ['userPrincipalName', 2],
      ['country', 1],
    ] as const) {
      assert.equal(moved(shown, id, to), shown, `${id} to ${to}`);
    }
  });
});

describe('views of the roster', () => {
  it('have names of their own, and are recognized by what they show', () => {
    assert.equal(new Set(builtInViews.map(({ name }) => name)).size, builtInViews.length);
    assert.equal(isView(everyone, everyone.query, everyone.columns), true);
    const sorted = { ...everyone.query, sort: { column: 'country', descending: false } } as const;
    assert.equal(isView(everyone, sorted, everyone.columns), false);
    assert.equal(isView(everyone, everyone.query, everyone.columns.slice(1)), false);
    const view = { ...everyone, query: { ...everyone.query, filter: { licensed: true, text: 'a' } } };
    const other = { ...everyone.query, filter: { text: 'a', licensed: true } };
    assert.equal(isView(view, other, everyone.columns), true, 'the order of the parts does not matter');
  });

  it('are offered with the person’s own after those everybody has', () => {
    const did: string[] = [];
    const own = ['Zoo', 'Ants'].map((name) => ({ ...everyone, name, tenantId: null }));
    const entries = viewMenuEntries(own, 'Zoo', {
      onChoose: ({ name }) => did.push(`choose ${name}`),
      onSave: () => did.push('save'),
      onDelete: (name) => did.push(`delete ${name}`),
    });
    const tail = entries.slice(builtInViews.length);
    assert.deepEqual(
      tail.map((entry) => (entry.kind === 'separator' ? '-' : entry.label)),
      ['Your views', 'Ants', 'Zoo', '-', 'Save View …', 'Delete “Zoo”'],
    );
    for (const entry of tail) if (entry.kind === 'item') entry.onClick();
    assert.deepEqual(did, ['choose Ants', 'choose Zoo', 'save', 'delete Zoo']);
    const checked = entries.filter((entry) => entry.kind === 'item' && entry.checked === true);
    assert.equal(checked.length, 1);
    const withoutOwn = viewMenuEntries(own, 'Inactive', {
      onChoose: () => undefined,
      onSave: () => undefined,
      onDelete: () => undefined,
    });
    assert.equal(
      withoutOwn.some((entry) => entry.kind === 'item' && entry.label.startsWith('Delete')),
      false,
    );
  });
});
