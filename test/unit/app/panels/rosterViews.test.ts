import assert from 'node:assert/strict';
import { RosterViews } from '../../../../src/app/panels/rosterViews';
import { maxSavedViews, type SavedRosterView } from '../../../../src/shared/rosterContract';

/** What VS Code keeps for the extension, in memory. */
class Kept {
  constructor(public value: unknown = undefined) {}
  keys = (): readonly string[] => [];
  get = (): never => this.value as never;
  update = async (_: string, value: unknown): Promise<void> => void (this.value = value);
}

const view = (name: string): SavedRosterView => ({
  name,
  tenantId: null,
  query: { filter: { licensed: true }, sort: { column: 'displayName', descending: false } },
  columns: ['userPrincipalName', 'licenses'],
});

describe('views of the roster that a person keeps', () => {
  it('are kept, replaced by name and forgotten, and others are told', async () => {
    const views = new RosterViews(new Kept());
    let told = 0;
    views.onDidChange(() => (told += 1));
    assert.deepEqual(views.list(), []);
    await views.save(view('A'));
    await views.save(view('B'));
    await views.save({ ...view('A'), columns: ['mail'] });
    assert.deepEqual(
      views.list().map(({ name, columns }) => [name, columns.join()]),
      [
        ['B', 'userPrincipalName,licenses'],
        ['A', 'mail'],
      ],
    );
    assert.deepEqual(
      (await views.remove('B')).map(({ name }) => name),
      ['A'],
    );
    assert.equal(told, 4);
  });

  it('of another version are left alone, and nothing else is taken for one', async () => {
    const newer = { ...view('Newer'), query: { filter: { horoscope: 'leo' }, sort: { column: 'x' } } };
    const kept = new Kept([newer, 7, null, view('Ours')]);
    const views = new RosterViews(kept);
    assert.deepEqual(
      views.list().map(({ name }) => name),
      ['Ours'],
    );
    await views.save(view('More'));
    assert.ok((kept.value as unknown[]).includes(newer), 'not lost');
    assert.deepEqual(new RosterViews(new Kept('nonsense')).list(), []);
  });

  it('are not without end', async () => {
    const views = new RosterViews(new Kept(Array.from({ length: maxSavedViews }, (_, i) => view(`V${i}`))));
    await assert.rejects(views.save(view('One more')), { reason: 'invalidArgument' });
    await views.save({ ...view('V3'), columns: ['mail'] });
    assert.equal(views.list().length, maxSavedViews);
  });
});
