import type { Migration } from './migration';

/** What the next import needs in order to read only what changed: beside the rows that it belongs to. */
export const version2: Migration = {
  version: 2,
  apply(db) {
    db.execute('ALTER TABLE datasetStates ADD COLUMN syncState TEXT');
  },
};
