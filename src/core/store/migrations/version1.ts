import type { Migration } from './migration';
import { version1Tables } from './version1Tables';
import { version1Views } from './version1Views';

/** The first schema: what imports bring, what the rules made of it, the history of imports, the views. */
export const version1: Migration = {
  version: 1,
  apply(db) {
    db.execute(version1Tables);
    db.execute(version1Views);
    db.run('INSERT INTO store (id, generation) VALUES (1, 0)');
  },
};
