import * as v from 'valibot';
import type * as vscode from 'vscode';
import { Emitter } from '../../core/foundation/emitter';
import type { Disposable } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';
import { maxSavedViews, type SavedRosterView } from '../../shared/rosterContract';
import { savedViewSchema, type RosterViewShelf } from './rosterPage';

const stateKey = 'roster.views';

/**
 * The views of the roster that a person kept: in VS Code's global state, for they are the person's own and not part of
 * the data, which several people may read. They are not synced to other machines: a filter may name people.
 */
export class RosterViews implements RosterViewShelf, Disposable {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly state: vscode.Memento) {}

  readonly list = (): readonly SavedRosterView[] => {
    const kept: unknown = this.state.get(stateKey);
    if (!Array.isArray(kept)) return [];
    // One that another version kept and this one does not understand is left out, not lost.
    return kept.flatMap((view): SavedRosterView[] => {
      const parsed = v.safeParse(savedViewSchema, view);
      return parsed.success ? [parsed.output] : [];
    });
  };

  readonly save = async (view: SavedRosterView): Promise<readonly SavedRosterView[]> => {
    const others = this.kept().filter((other) => nameOf(other) !== view.name);
    if (others.length >= maxSavedViews) {
      throw new LicenseError(
        'invalidArgument',
        `${maxSavedViews} views are kept already. Delete one that is no longer needed.`,
      );
    }
    return this.put([...others, view]);
  };

  readonly remove = async (name: string): Promise<readonly SavedRosterView[]> =>
    this.put(this.kept().filter((view) => nameOf(view) !== name));

  dispose(): void {
    this.changes.dispose();
  }

  private kept(): readonly unknown[] {
    const kept: unknown = this.state.get(stateKey);
    return Array.isArray(kept) ? kept : [];
  }

  private async put(views: readonly unknown[]): Promise<readonly SavedRosterView[]> {
    await this.state.update(stateKey, views);
    this.changes.fire();
    return this.list();
  }
}

function nameOf(view: unknown): unknown {
  return typeof view === 'object' && view !== null && 'name' in view ? view.name : undefined;
}
