import type { SqlDatabase } from '../sqlDatabase';
import { version1 } from './version1';
import { version2 } from './version2';
import { version3 } from './version3';
import { version4 } from './version4';
import { version5 } from './version5';
import { version6 } from './version6';
import { version7 } from './version7';
import { version8 } from './version8';

/** One step of the schema. Once released, a migration is never changed: what comes later is a new one. */
export interface Migration {
  /** `PRAGMA user_version` after it ran. */
  readonly version: number;
  apply(db: SqlDatabase): void;
}

/** All migrations, in order. */
export const migrations: readonly Migration[] = [
  version1,
  version2,
  version3,
  version4,
  version5,
  version6,
  version7,
  version8,
];

/** `PRAGMA application_id` of the file: "M365" in ASCII. Tells our file from any other SQLite database. */
export const applicationId = 0x4d333635;

/** The newest schema version that these migrations lead to. */
export function newestVersion(list: readonly Migration[] = migrations): number {
  return list.at(-1)?.version ?? 0;
}

/** `PRAGMA user_version` of a database; 0 for an empty one. */
export function schemaVersionOf(db: SqlDatabase): number {
  return db.number('PRAGMA user_version');
}

/**
 * Brings a database to the newest schema, in one transaction: all steps or none.
 * @returns true if there was anything to do
 */
export function migrate(db: SqlDatabase, list: readonly Migration[] = migrations): boolean {
  const from = schemaVersionOf(db);
  const steps = list.filter((migration) => migration.version > from);
  if (steps.length === 0) return false;
  db.transaction(() => {
    for (const step of steps) {
      step.apply(db);
      db.execute(`PRAGMA user_version = ${step.version}`);
    }
    db.execute(`PRAGMA application_id = ${applicationId}`);
  });
  return true;
}
