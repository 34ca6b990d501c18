import { RosterPage } from '../../../src/app/panels/rosterPage';
import type { ViewSpec } from '../../../src/core/store/store';
import type { RosterRow, SavedRosterView } from '../../../src/shared/rosterContract';
import { tenantId } from './memoryUsers';
import { MemoryViews } from './memoryViews';

/** The host's side of a roster over rows in memory, with what it was asked to do. */
export class RosterHost {
  readonly views: MemoryViews;
  readonly exported: (ViewSpec & { readonly columns?: readonly string[] })[] = [];
  readonly copied: string[] = [];
  readonly openedUsers: string[] = [];
  /** Users whom the page asked to mark or unmark. */
  readonly marked: [marked: boolean, userIds: readonly string[]][] = [];
  saved: SavedRosterView[] = [];
  /** What the person types when asked for the name of a view. */
  viewName: string | undefined = 'My people';
  imports = 0;
  readonly page: RosterPage;

  constructor(rows: readonly RosterRow[]) {
    this.views = new MemoryViews(rows);
    this.page = new RosterPage({
      tenantId,
      store: this.views,
      tenants: async () => [
        {
          tenantId,
          displayName: 'Contoso',
          lastImportAt: rows.length === 0 ? null : '2026-11-21T09:12:00Z',
          evaluatedOn: '2026-11-21',
        },
      ],
      licenses: async (licenseIds) =>
        licenseIds.map((licenseId) => ({ licenseId, name: 'Microsoft 365 E5' })),
      views: {
        list: () => this.saved,
        save: async (view) => (this.saved = [...this.saved.filter(({ name }) => name !== view.name), view]),
        remove: async (name) => (this.saved = this.saved.filter((view) => view.name !== name)),
      },
      askViewName: async () => this.viewName,
      openUser: async (tenant, userId) => {
        this.openedUsers.push(`${tenant} ${userId}`);
      },
      mark: async (users, marked) => {
        this.marked.push([marked, users.map(({ userId }) => userId)]);
      },
      exportCsv: async (spec) => {
        this.exported.push(spec);
        return { rows: 1 };
      },
      runImport: async () => {
        this.imports++;
      },
      copy: async (text) => {
        this.copied.push(text);
      },
    });
  }
}
