import type { Migration } from './migration';

/** What an evaluation started from beside the rows, so that it need not be made again from the same. */
export const version8: Migration = {
  version: 8,
  apply: (db) => db.execute('ALTER TABLE tenants ADD COLUMN inputsDigest TEXT'),
};
