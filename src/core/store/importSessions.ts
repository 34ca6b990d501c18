import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { LicenseError } from '../foundation/errors';
import type { Dataset } from '../model/datasets';
import type { ImportResult } from '../model/importRecords';
import { FileLock } from './fileLock';
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
}

/** The imports that are running in this window. */
export class ImportSessions {
  private readonly sessions = new Map<number, Session>();
  private lastId = 0;

  constructor(
    private readonly sql: SqlJsStatic,
    private readonly file: StoreFile,
    private readonly storeId: string,
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
    });
    return id;
  }

  write(id: number, batch: StagedBatch): void {
    this.get(id).staging.write(batch);
  }

  seal(id: number, dataset: Dataset): void {
    this.get(id).staging.seal(dataset);
  }

  restart(id: number, dataset: Dataset): void {
    this.get(id).staging.restart(dataset);
  }

  /** Applies the import. When the file can't be written the session stays, so that this can be called again. */
  async commit(id: number, end: ImportEnd): Promise<ImportResult> {
    const { start, staging } = this.get(id);
    for (const { dataset, status } of end.datasets) if (status === 'complete') staging.seal(dataset);
    // It gets ready while the rows are applied.
    this.judges.prepare(staging.db.number('SELECT count(*) FROM users'));
    try {
      const result = await this.file.commit((db) => commitImport(db, start, end, this.judges), {
        tenantIds: [start.tenant.tenantId.toLowerCase()],
        staged: staging.db,
      });
      this.release(id);
      return result;
    } finally {
      this.judges.end();
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

  private get(id: number): Session {
    const session = this.sessions.get(id);
    if (session === undefined) throw new LicenseError('notFound', 'The import has ended.', { session: id });
    return session;
  }

  private release(id: number): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    session?.staging.close();
    session?.lease.release();
  }
}
