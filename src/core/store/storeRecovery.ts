import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { isLicenseError } from '../foundation/errors';
import { keepAs, renameOver, writeAtomically } from './atomicFile';
import { isReadable, readDatabaseFile } from './databaseFile';
import { migrate } from './migrations/migration';
import { SqlDatabase } from './sqlDatabase';
import type { Recovery, RecoveryChoice } from './store';
import { storeDamaged, storeNotWritable } from './storeErrors';
import type { StoreFile } from './storeFile';

/**
 * Sets a damaged file aside and puts another in its place. The damaged one keeps its name until the other is safely
 * on disk, so there is no moment without a file: a window that opened none would make an empty one.
 * @throws `storeDamaged` when the backup is wanted and missing or damaged too; `storeNotWritable`, `busy`
 */
export async function recoverFile(file: StoreFile, choice: RecoveryChoice): Promise<Recovery> {
  const aside = await file.replace((sql) => {
    if (!isDamaged(sql, file.file)) return { damagedFile: null, backupFile: null };
    const bytes = choice === 'backup' ? backupBytes(sql, file.file) : emptyBytes(sql);
    try {
      return setAside(file.file, bytes, choice === 'empty');
    } catch (error) {
      throw storeNotWritable(file.file, error);
    }
  });
  return { ...aside, info: await file.open() };
}

function isDamaged(sql: SqlJsStatic, file: string): boolean {
  if (!isReadable(file)) return false;
  try {
    const db = readDatabaseFile(sql, file);
    try {
      migrate(db);
      return false;
    } catch {
      return true;
    } finally {
      db.close();
    }
  } catch (error) {
    if (isLicenseError(error, 'storeDamaged')) return true;
    throw error;
  }
}

function backupBytes(sql: SqlJsStatic, file: string): Uint8Array {
  const backup = `${file}.bak`;
  if (!isReadable(backup)) throw storeDamaged(file, 'there is no backup.', null);
  readDatabaseFile(sql, backup).close();
  return fs.readFileSync(backup);
}

function emptyBytes(sql: SqlJsStatic): Uint8Array {
  const db = new SqlDatabase(sql);
  try {
    migrate(db);
    return db.bytes();
  } finally {
    db.close();
  }
}

function setAside(
  file: string,
  bytes: Uint8Array,
  withBackup: boolean,
): { damagedFile: string; backupFile: string | null } {
  const { dir, name, ext } = path.parse(file);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const asideName = (what: string): string => {
    for (let count = 1; ; count += 1) {
      const suffix = count === 1 ? '' : `-${count}`;
      const candidate = path.join(dir, `${name}.${what}-${time}${suffix}${ext}`);
      if (!fs.existsSync(candidate)) return candidate;
    }
  };
  const damagedFile = asideName('damaged');
  keepAs(file, damagedFile);
  const backup = `${file}.bak`;
  let backupFile: string | null = null;
  if (withBackup && isReadable(backup)) {
    // The next commit would replace it by the empty file.
    backupFile = asideName('backup');
    renameOver(backup, backupFile);
  }
  writeAtomically(file, [bytes]);
  return { damagedFile, backupFile };
}
