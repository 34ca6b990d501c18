import * as fs from 'node:fs';
import type { SqlJsStatic } from 'sql.js';
import { isErrno, waitBriefly } from './fileErrors';
import { applicationId } from './migrations/migration';
import type { Overflow } from './pagedFile';
import { SqlDatabase } from './sqlDatabase';
import { storeDamaged, storeNotWritable } from './storeErrors';

/** @see https://www.sqlite.org/fileformat.html#the_database_header */
const header = {
  magic: 'SQLite format 3\0',
  size: 100,
  writeVersion: 18,
  readVersion: 19,
  applicationId: 68,
};
const readAttempts = 10;

/** Tells one version of a file from another: inode, size and time of change; null when there is no file. */
export function identityOf(file: string): string | null {
  try {
    const stat = fs.statSync(file, { bigint: true });
    return `${stat.ino}:${stat.size}:${stat.mtimeNs}`;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return null;
    throw storeNotWritable(file, error);
  }
}

/** True when something of that name exists and can be looked at. */
export function isReadable(file: string): boolean {
  return identityOf(file) !== null;
}

/**
 * Reads a database file into memory and checks it. The file is never changed.
 * @param overflow where what is added to it goes when that is too much for the memory
 * @throws `storeDamaged` when it is no database, not ours, or broken
 */
export function readDatabaseFile(
  sql: SqlJsStatic,
  file: string,
  overflow: Overflow | null = null,
): SqlDatabase {
  const bytes = readBytes(file);
  const backup = isReadable(`${file}.bak`) ? `${file}.bak` : null;
  const magic = bytes.subarray(0, header.magic.length).toString('latin1');
  if (bytes.length < header.size || magic !== header.magic) {
    throw storeDamaged(file, 'it is not a SQLite database.', backup);
  }
  const writer = bytes.readInt32BE(header.applicationId);
  if (writer !== applicationId) {
    throw storeDamaged(file, 'it is a database of another program.', backup);
  }
  // A tool may have left the mode for write-ahead logs, which sql.js lacks; the content is the same.
  bytes[header.writeVersion] = 1;
  bytes[header.readVersion] = 1;
  let db: SqlDatabase | null = null;
  try {
    db = new SqlDatabase(sql, bytes, overflow);
    const verdict = db.value('PRAGMA quick_check(1)');
    if (verdict === 'ok') return db;
    throw new Error(String(verdict));
  } catch (error) {
    db?.close();
    throw storeDamaged(file, error instanceof Error ? error.message : String(error), backup);
  }
}

function readBytes(file: string): Buffer {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return fs.readFileSync(file);
    } catch (error) {
      // On Windows a file is closed to readers for the moment in which it is replaced.
      if (attempt >= readAttempts || !isErrno(error, 'EBUSY', 'EPERM', 'EACCES', 'ENOENT')) {
        throw storeNotWritable(file, error);
      }
      waitBriefly(10);
    }
  }
}
