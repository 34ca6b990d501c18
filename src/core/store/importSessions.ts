import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { LicenseError } from '../foundation/errors';
import type { Dataset } from '../model/datasets';
import type { ImportResult } from '../model/importRecords';
import { FileLock } from './fileLock';
import type { Logger } from '../foundation/logger';
import { ImportAhead } from './importAhead';
import { commitImport, recordDiscarded } from './importCommit';
import { judgeHere, type JudgePlace } from './judging';
import type { StagedBatch } from './stagedBatch';
import { StagingArea } from './stagingArea';
import type { ImportEnd, ImportStart } from './store';
import type { StoreFile } from './storeFile';

interface Session {
  readonly start: ImportStart;
  readonly staging: StagingArea;
  /** Keeps other windows off the same tenant. */
  readonly lease: FileLock;
  /** What is done before the end; null for nothing. */
  ahead: ImportAhead | null;
  /** The next step of it is to come. */
  stepping: boolean;
  /** All users have been staged. */
  hasUsers: boolean;
}

/** The imports that are running in this window. */
export class ImportSessions {
  private readonly sessions = new Map<number, Session>();
  private lastId = 0;

  constructor(
    private readonly sql: SqlJsStatic,
    private readonly file: StoreFile,
    private readonly storeId: string,
    private readonly logger: Logger,
    private readonly judges: JudgePlace = judgeHere,
  ) {}

  /** @throws `busy` while an import of the same tenant runs, in this window or another one */
  begin(start: ImportStart): number {
    this.file.refuseNewer();
    const tenant = start.tenant.tenantId.toLowerCase();
    const leaseName = `import-${tenant.replace(/[^0-9a-z-]/g, '_')}`;
    const { lock, owner } = FileLock.tryAcquire(this.file.lockPath(leaseName), this.storeId);
    if (lock === null) {
      throw new LicenseError('busy', 'An import of this tenant is running.', {
        tenantId: tenant,
        pid: owner?.pid ?? null,
        host: owner?.host ?? null,
        since: owner?.since ?? null,
      });
    }
    const id = ++this.lastId;
    this.sessions.set(id, {
      start,
      staging: new StagingArea(this.sql, path.dirname(this.file.file)),
      lease: lock,
      ahead: null,
      stepping: false,
      hasUsers: false,
    });
    return id;
  }

  write(id: number, batch: StagedBatch): void {
    const session = this.get(id);
    session.staging.write(batch);
    this.stepLater(session);
  }

  seal(id: number, dataset: Dataset): void {
    const session = this.get(id);
    session.staging.seal(dataset);
    if (dataset !== 'users') return;
    session.hasUsers = true;
    this.stepLater(session);
  }

  restart(id: number, dataset: Dataset): void {
    const session = this.get(id);
    this.drop(session);
    if (dataset === 'users') session.hasUsers = false;
    session.staging.restart(dataset);
  }

  /**
   * Applies and judges what there is while the users of a tenant's first import still come; see {@link ImportAhead}.
   * Where that can't be it is left to the commit.
   * @param expected how the import ends if all goes well, with the datasets that are complete by now
   */
  workAhead(id: number, expected: ImportEnd): void {
    const session = this.get(id);
    this.drop(session);
    const fork = this.file.fork();
    if (fork === null) return;
    try {
      for (const { dataset, status } of expected.datasets) {
        if (status === 'complete' && dataset !== 'users') session.staging.seal(dataset);
      }
      session.ahead = ImportAhead.begin(fork, session.staging, session.start, expected, this.judges);
    } catch (error) {
      this.logger.info(`The import is applied at its end: ${String(error)}`);
    }
    if (session.ahead === null) fork.close();
    else this.stepLater(session);
  }

  /** Applies the import. When the file can't be written the session stays, so that this can be called again. */
  async commit(id: number, end: ImportEnd): Promise<ImportResult> {
    const session = this.get(id);
    const { start, staging } = session;
    for (const { dataset, status } of end.datasets) if (status === 'complete') staging.seal(dataset);
    session.hasUsers = true;
    while (this.step(session));
    const ahead = session.ahead?.holds(end) === true ? session.ahead : null;
    // It gets ready while the rows are applied.
    if (ahead === null) this.judges.prepare(staging.db.number('SELECT count(*) FROM users'));
    const options = { tenantIds: [start.tenant.tenantId.toLowerCase()], staged: staging.db };
    try {
      const result = await this.file.commit(
        (db) => commitImport(db, start, end, this.judges),
        options,
        ahead?.prepared(end),
      );
      this.release(id);
      return result;
    } finally {
      this.drop(session);
    }
  }

  /** Drops what was staged, whatever happens to the history. */
  async discard(id: number, end: ImportEnd): Promise<ImportResult> {
    const { start } = this.get(id);
    this.release(id);
    return this.file.commit((db) => recordDiscarded(db, start, end), {
      tenantIds: [start.tenant.tenantId.toLowerCase()],
    });
  }

  close(): void {
    for (const id of [...this.sessions.keys()]) this.release(id);
  }

  /** Other calls come between the steps. */
  private stepLater(session: Session): void {
    if (session.ahead === null || session.stepping) return;
    session.stepping = true;
    setImmediate(() => {
      session.stepping = false;
      if (this.step(session)) this.stepLater(session);
    });
  }

  /** @returns whether there is more to do by now */
  private step(session: Session): boolean {
    const { ahead } = session;
    if (ahead === null) return false;
    try {
      if (ahead.version === this.file.version) return ahead.step(session.hasUsers);
      // Whoever changed the data in the meantime has made the fork useless.
      this.drop(session);
      return false;
    } catch (error) {
      this.logger.info(`The import is applied at its end: ${String(error)}`);
      this.drop(session);
      return false;
    }
  }

  private drop(session: Session): void {
    session.ahead?.close();
    session.ahead = null;
    this.judges.end();
  }

  private get(id: number): Session {
    const session = this.sessions.get(id);
    if (session === undefined) throw new LicenseError('notFound', 'The import has ended.', { session: id });
    return session;
  }

  private release(id: number): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    if (session === undefined) return;
    this.drop(session);
    session.staging.close();
    session.lease.release();
  }
}
