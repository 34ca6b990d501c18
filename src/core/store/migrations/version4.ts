import type { Migration } from './migration';
import { version4ManagementViews } from './version4ManagementViews';
import { version4ResultViews } from './version4ResultViews';
import { version4Tables } from './version4Tables';

/** What people keep by hand about licenses, and what the rules make of it: money, findings, savings and their history. */
export const version4: Migration = {
  version: 4,
  apply(db) {
    db.execute(version4Tables);
    db.execute(version4ManagementViews);
    db.execute(version4ResultViews);
  },
};
