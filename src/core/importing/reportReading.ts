import type { DatasetReader } from '../graph/listing';
import type { ImportTask } from '../model/connection';
import type { Dataset } from '../model/datasets';
import type { DatasetReport, ImportRun } from './importRun';
import { reportSync } from './syncState';

/** Reads a usage report, unless the service says that the rows in the file are still what it has. */
export function readReport<D extends Dataset>(
  run: ImportRun,
  task: ImportTask,
  dataset: D,
  reader: DatasetReader<D>,
): Promise<DatasetReport> {
  const last = run.syncOf(dataset, reportSync);
  const { connectionId } = run.request.connection;
  return run.read(
    task,
    dataset,
    async function* (context) {
      const fullAt = context.now().toISOString();
      yield* reader({ ...context, ...(last === null ? {} : { knownEtag: last.etag }) });
      const { notes } = context;
      if (notes.etag === null) return;
      const readAt = notes.mode === 'unchanged' && last !== null ? last.fullAt : fullAt;
      notes.syncState = JSON.stringify({ version: 1, fullAt: readAt, connectionId, etag: notes.etag });
    },
    { isReport: true, onlyNew: last !== null },
  );
}
