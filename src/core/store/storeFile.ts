import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import { keepAs, sweepTemporaryFiles, writeAtomically } from './atomicFile';
import { identityOf, isReadable, readDatabaseFile } from './databaseFile';
import { DataFork, type PreparedCommit } from './dataFork';
import { isErrno } from './fileErrors';
import { FileLock, isProcessAlive } from './fileLock';
import { migrate, newestVersion, schemaVersionOf } from './migrations/migration';
import type { Overflow } from './pagedFile';
import { asStoreError, SqlDatabase } from './sqlDatabase';
import { ScratchFile } from './scratchFile';
import type { StoreChange, StoreInfo } from './store';
import { storeDamaged, storeNewer, storeNotWritable } from './storeErrors';

const lockTimeoutMs = 30_000;
const commitAttempts = 4;
/** Of what is added to the data while this window is open: enough for some 100,000 users. */
const megabytesInMemory = 160;

/** What {@link StoreFile} needs. */
export interface StoreFileOptions {
  readonly sql: SqlJsStatic;
  readonly folder: string;
  /** Unique per store; marks its locks. */
  readonly storeId: string;
  readonly logger: Logger;
  /** Told after each commit of ours, and when another window's commit is noticed. */
  readonly onChange: (change: StoreChange) => void;
  /** Where data goes that is too much for the memory. Absent: into a {@link ScratchFile} in the folder */
  readonly overflow?: Overflow;
}

/** How one commit differs from the usual. */
export interface CommitOptions {
  readonly tenantIds?: readonly string[];
  /** Removes what was deleted from the file and from the backup too, instead of leaving it in free pages. */
  readonly shred?: boolean;
  /** A database whose tables `work` can read as `staged.<table>`. */
  readonly staged?: SqlDatabase;
}

/**
 * `licenses.sqlite` and its copy in memory. Reading works on the copy and reloads it when the file was replaced;
 * each commit changes the copy in a transaction and replaces the file, under a lock that all windows share.
 * What is on disk is told by the file's identity (inode, size, time); the generation file only wakes readers.
 */
export class StoreFile {
  readonly file: string;
  readonly generationFile: string;
  private db: SqlDatabase | null = null;
  private identity: string | null = null;
  private readOnly = false;
  private migrated = false;
  private swept = false;
  private announced = 0;
  private loads = 0;
  private exclusive: Promise<unknown> = Promise.resolve();
  private readonly overflow: Overflow;

  constructor(private readonly options: StoreFileOptions) {
    this.file = path.join(options.folder, 'licenses.sqlite');
    this.generationFile = path.join(options.folder, 'licenses.generation');
    this.overflow = options.overflow ?? {
      kept: megabytesInMemory,
      open: () => ScratchFile.create(options.folder, 'licenses'),
    };
  }

  /** Changes with every commit and every reload: what was derived from the data under another version is out of date. */
  get version(): string {
    return `${this.loads}`;
  }

  get generation(): number {
    return this.db === null ? 0 : this.db.number('SELECT generation FROM store WHERE id = 1');
  }

  /**
   * Opens or creates the file.
   * @throws `storeNotWritable` when it does not exist and can't be created, `storeDamaged`
   */
  async open(): Promise<StoreInfo> {
    if (!isReadable(this.file)) {
      this.ensureFolder();
      await this.commit(() => undefined);
    }
    this.current();
    if (this.migrated) await this.saveMigrated();
    return this.info();
  }

  /** What is open now. */
  info(): StoreInfo {
    const db = this.current();
    return {
      file: this.file,
      schemaVersion: schemaVersionOf(db),
      generation: this.generation,
      readOnly: this.readOnly,
    };
  }

  /**
   * Runs what answers a call. Data that lies partly on disk and could not be read is no answer.
   * @throws `storeFailed` in that case; the next call reads the file anew
   */
  async believed<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.check();
    }
  }

  /** Resolves when no commit is under way. */
  async idle(): Promise<void> {
    await this.exclusive;
  }

  /** The data as it is now: reloads first if another window replaced the file. */
  current(): SqlDatabase {
    const identity = identityOf(this.file);
    // A file that was removed under us is written again by the next commit, so the memory stays.
    if (this.db === null || (identity !== null && identity !== this.identity)) this.load(identity);
    if (this.db === null) throw new LicenseError('storeFailed', 'The data file is not open.');
    return this.db;
  }

  /** Tells listeners of a commit of another window, once. Called when the generation file changed. */
  announceForeignChange(): void {
    let generation: number;
    try {
      generation = Number(fs.readFileSync(this.generationFile, 'utf8').trim());
    } catch {
      return;
    }
    if (generation > this.announced) this.announce(generation, []);
  }

  /**
   * Changes the data and replaces the file: all or nothing. `work` may run again if the file changed meanwhile, so
   * it must do the same each time. When the file can't be written the memory goes back to the last commit, and
   * the same commit may be tried again.
   * @param prepared takes the place of `work` where its fork can still be used; else `work` does it all
   * @throws `busy`, `storeNotWritable`, `storeNewer`, `storeDamaged`, and what `work` throws
   */
  async commit<T>(
    work: (db: SqlDatabase) => T,
    options: CommitOptions = {},
    prepared?: PreparedCommit<T>,
  ): Promise<T> {
    // Writers of this window queue here, so that they do not compete for the lock file.
    const turn = this.exclusive.then(() => this.commitNow(work, options, prepared));
    this.exclusive = turn.catch(() => undefined);
    return turn;
  }

  /**
   * A copy of the data to be changed ahead of a commit, which then takes it over with {@link PreparedCommit} if nothing
   * else was committed since. Whoever asks for it closes it, unless a commit took it over.
   * @returns null where that can't be; see {@link SqlDatabase.fork}
   */
  fork(): DataFork | null {
    const db = this.current();
    if (this.readOnly || this.migrated) return null;
    const forked = db.fork(this.overflow);
    return forked === null ? null : new DataFork(forked, this.version);
  }

  /** Runs `work` when no commit of ours is under way, under the lock of all windows; then the file is read anew. */
  async replace<T>(work: (sql: SqlJsStatic) => T): Promise<T> {
    const turn = this.exclusive.then(async () => {
      this.ensureFolder();
      const lock = await FileLock.acquire(this.lockPath('licenses'), this.options.storeId, lockTimeoutMs);
      try {
        return work(this.options.sql);
      } finally {
        this.close();
        lock.release();
      }
    });
    this.exclusive = turn.catch(() => undefined);
    return turn;
  }

  /** The lock under which the file is written, or which keeps another import off a tenant. */
  lockPath(name: string): string {
    return path.join(this.options.folder, `${name}.lock`);
  }

  close(): void {
    this.db?.close();
    this.db = null;
    this.identity = null;
  }

  private check(): void {
    try {
      this.db?.check();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  private async saveMigrated(): Promise<void> {
    try {
      await this.commit(() => undefined);
    } catch (error) {
      if (!isLicenseError(error, 'storeNotWritable') && !isLicenseError(error, 'busy')) throw error;
      // Reading works with the schema in memory; the next commit that succeeds brings it to the file.
      this.options.logger.warn(`The new schema could not be saved yet: ${error.message}`);
    }
  }

  private async commitNow<T>(
    work: (db: SqlDatabase) => T,
    options: CommitOptions,
    prepared: PreparedCommit<T> | undefined,
  ): Promise<T> {
    this.refuseNewer();
    this.ensureFolder();
    for (let attempt = 1; ; attempt += 1) {
      const lock = await FileLock.acquire(this.lockPath('licenses'), this.options.storeId, lockTimeoutMs);
      try {
        this.sweep();
        const done = this.tryCommit(lock, work, options, prepared);
        if (done !== null) return done.result;
      } finally {
        lock.release();
      }
      if (attempt >= commitAttempts) {
        throw new LicenseError('busy', 'Another window keeps writing the data file.', { file: this.file });
      }
      this.options.logger.warn('The data file changed while it was being written; trying again.');
    }
  }

  /** @returns null when another window took the lock or replaced the file, so that all must be done again */
  private tryCommit<T>(
    lock: FileLock,
    work: (db: SqlDatabase) => T,
    options: CommitOptions,
    prepared: PreparedCommit<T> | undefined,
  ): { result: T } | null {
    const current = this.current();
    this.refuseNewer();
    const usable = prepared?.fork.version === this.version ? prepared : undefined;
    const db = usable?.fork.db ?? current;
    const before = identityOf(this.file);
    // Without a file there is nothing on disk to go back to.
    const memory = before === null && this.loads > 0 ? current.bytes() : null;
    try {
      const change = (): T =>
        db.transaction(() => {
          const value = (usable?.work ?? work)(db);
          db.run('UPDATE store SET generation = generation + 1 WHERE id = 1');
          return value;
        });
      const result = options.staged ? db.withAttached('staged', options.staged, change) : change();
      this.loads += 1;
      if (usable !== undefined) {
        this.db = usable.fork.take();
        current.close();
      }
      if (options.shred === true) db.execute('VACUUM');
      const written = this.write(db, before, () => lock.isHeld(), options.shred === true);
      if (!written) {
        this.goBack(memory);
        return null;
      }
      this.identity = identityOf(this.file);
      this.migrated = false;
      this.writeGeneration(this.generation);
      this.announce(this.generation, options.tenantIds ?? []);
      return { result };
    } catch (error) {
      this.goBack(memory);
      throw asStoreError(error, 'commit');
    }
  }

  /** @returns false when the lock was lost or the file replaced before the rename */
  private write(db: SqlDatabase, before: string | null, isHeld: () => boolean, shred: boolean): boolean {
    const backup = `${this.file}.bak`;
    let lost = false;
    try {
      writeAtomically(this.file, db.pieces(), () => {
        lost = !isHeld() || identityOf(this.file) !== before;
        if (lost) throw new Error('lost');
        if (before === null) return;
        if (shred) fs.rmSync(backup, { force: true });
        else keepAs(this.file, backup);
      });
      return true;
    } catch (error) {
      if (lost) return false;
      throw storeNotWritable(this.file, error);
    }
  }

  private goBack(memory: Uint8Array | null): void {
    this.close();
    if (memory === null) return;
    this.db = new SqlDatabase(this.options.sql, memory);
    this.loads += 1;
  }

  private load(identity: string | null): void {
    const known = newestVersion();
    if (identity === null) {
      this.db = new SqlDatabase(this.options.sql, undefined, this.overflow);
      migrate(this.db);
      this.readOnly = false;
    } else {
      const loaded = readDatabaseFile(this.options.sql, this.file, this.overflow);
      this.db?.close();
      this.db = loaded;
      this.readOnly = schemaVersionOf(loaded) > known;
      // An older schema becomes current in memory at once, and on disk with the next commit.
      if (!this.readOnly) this.migrateInMemory(loaded);
      if (this.readOnly) this.options.logger.warn(`${this.file} has a newer schema; it is read-only here.`);
    }
    this.identity = identity;
    this.loads += 1;
    if (identity !== null) this.announce(this.generation, []);
  }

  private migrateInMemory(db: SqlDatabase): void {
    try {
      this.migrated = migrate(db);
    } catch (error) {
      this.close();
      const why = error instanceof Error ? error.message : String(error);
      throw storeDamaged(this.file, why, this.backup());
    }
  }

  private announce(generation: number, tenantIds: readonly string[]): void {
    // The first load tells nobody: there was nothing before it.
    const isNews = this.announced > 0 && generation !== this.announced;
    this.announced = generation;
    if (isNews) this.options.onChange({ generation, tenantIds });
  }

  private writeGeneration(generation: number): void {
    try {
      writeAtomically(this.generationFile, `${generation}\n`);
    } catch (error) {
      // The commit stands; other windows notice the new file at their next read.
      this.options.logger.warn(`${this.generationFile} could not be written: ${String(error)}`);
    }
  }

  /** @throws `storeNewer` where nothing may be written */
  refuseNewer(): void {
    if (!this.readOnly || this.db === null) return;
    throw storeNewer(this.file, schemaVersionOf(this.db), newestVersion());
  }

  private ensureFolder(): void {
    try {
      fs.mkdirSync(this.options.folder, { recursive: true });
    } catch (error) {
      if (isErrno(error, 'EEXIST') && fs.statSync(this.options.folder).isDirectory()) return;
      throw storeNotWritable(this.options.folder, error);
    }
  }

  private sweep(): void {
    if (this.swept) return;
    this.swept = true;
    for (const name of sweepTemporaryFiles(this.options.folder, isProcessAlive)) {
      this.options.logger.info(`Removed the temporary file ${name} of a process that ended.`);
    }
  }

  private backup(): string | null {
    return isReadable(`${this.file}.bak`) ? `${this.file}.bak` : null;
  }
}
