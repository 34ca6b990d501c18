import type { RosterColumn, RosterQuery, SavedRosterView } from '../../src/shared/rosterContract';
import type { MenuEntry } from '../common/menu';
import { builtInViews, type RosterViewContent } from './rosterViews';

/** What the menu of views offers. */
export interface ViewMenuEvents {
  readonly onChoose: (view: RosterViewContent) => void;
  readonly onSave: () => void;
  readonly onDelete: (name: string) => void;
}

/** The entries: the views everybody has, the person's own, keeping and forgetting. */
export function viewMenuEntries(
  saved: readonly SavedRosterView[],
  current: string | null,
  events: ViewMenuEvents,
): readonly MenuEntry[] {
  const item = (view: RosterViewContent): MenuEntry => ({
    kind: 'item',
    label: view.name,
    checked: view.name === current,
    onClick: () => events.onChoose(view),
  });
  const own = [...saved].sort((a, b) => a.name.localeCompare(b.name));
  const currentOwn = own.find(({ name }) => name === current);
  return [
    ...builtInViews.map(item),
    ...(own.length === 0 ? [] : [{ kind: 'heading', label: 'Your views' } as const, ...own.map(item)]),
    { kind: 'separator' },
    { kind: 'item', label: 'Save View …', icon: 'save', onClick: events.onSave },
    ...(currentOwn === undefined
      ? []
      : [
          {
            kind: 'item',
            label: `Delete “${currentOwn.name}”`,
            icon: 'trash',
            onClick: () => events.onDelete(currentOwn.name),
          } as const,
        ]),
  ];
}

/** True if what is on screen is this view. */
export function isView(
  view: RosterViewContent,
  query: RosterQuery,
  columns: readonly RosterColumn[],
): boolean {
  return (
    same(view.query.filter, query.filter) &&
    same(view.query.sort, query.sort) &&
    view.columns.join() === columns.join()
  );
}

function same(left: object, right: object): boolean {
  return canonical(left) === canonical(right);
}

/** The same text for the same content, whatever the order of the keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
