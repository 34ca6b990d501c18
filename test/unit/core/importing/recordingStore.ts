import type { Dataset, DatasetRows, UserChanges } from '../../../../src/core/model/datasets';
import type { ImportResult } from '../../../../src/core/model/importRecords';
import type { ImportEnd, ImportSession, ImportStart, SqlRow, Store } from '../../../../src/core/store/store';

/** Keeps what an import hands over, so that a test can look at it. The real store has tests of its own. */
export class RecordingStore implements Pick<Store, 'beginImport' | 'query'> {
  readonly starts: ImportStart[] = [];
  readonly rows = new Map<Dataset, unknown[]>();
  readonly userChanges: UserChanges[] = [];
  readonly restarts: Dataset[] = [];
  committed: ImportEnd | undefined;
  discarded: ImportEnd | undefined;
  /** Rows of the last import by dataset. */
  previousRows: Partial<Record<Dataset, number>> = {};
  /** Called before each batch is taken. */
  onWrite: (dataset: Dataset) => Promise<void> | void = () => undefined;

  async query(sql: string): Promise<SqlRow[]> {
    if (!sql.includes('datasetStates')) return [];
    return Object.entries(this.previousRows).map(([dataset, rows]) => ({ dataset, rows }));
  }

  async beginImport(start: ImportStart): Promise<ImportSession> {
    this.starts.push(start);
    const result = (end: ImportEnd): ImportResult => ({
      importId: start.importId,
      status: end.status,
      tasks: end.tasks.map((task) => ({ ...task, added: 0, changed: 0, removed: 0 })),
    });
    return {
      write: async (dataset, rows) => {
        await this.onWrite(dataset);
        const kept = this.rows.get(dataset) ?? [];
        kept.push(...rows);
        this.rows.set(dataset, kept);
      },
      writeUserChanges: async (changes) => {
        this.userChanges.push(changes);
      },
      seal: async () => undefined,
      workAhead: async () => undefined,
      restart: async (dataset) => {
        this.restarts.push(dataset);
        this.rows.delete(dataset);
      },
      commit: async (end) => {
        this.committed = end;
        return result(end);
      },
      discard: async (end) => {
        this.discarded = end;
        return result(end);
      },
    };
  }

  rowsOf<D extends Dataset>(dataset: D): DatasetRows[D][] {
    return (this.rows.get(dataset) ?? []) as DatasetRows[D][];
  }
}
