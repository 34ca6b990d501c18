import type { Dataset, DatasetOutcome } from '../model/datasets';
import type { ImportStatus } from '../model/importRecords';
import type { ImportEnd, ImportSession } from '../store/store';
import type { ImportRun } from './importRun';
import { isMissed } from './taskEnd';

/** What judging the users does not wait for, beside the users themselves. */
const lateDatasets: ReadonlySet<Dataset> = new Set<Dataset>(['users', 'registrationDetails', 'groups']);

/**
 * Lets the store judge the users of a tenant's first import while they still come, as soon as it has everything else
 * that this takes. Never rejects: what can't be done ahead is done at the end.
 * @param end how the import ends with such a status and such datasets
 */
export async function workAhead(
  run: ImportRun,
  session: Promise<ImportSession>,
  signal: AbortSignal,
  end: (status: ImportStatus, datasets: readonly DatasetOutcome[]) => ImportEnd,
): Promise<void> {
  if (run.storedRows('users') > 0) return;
  const early = [...run.readings].filter(([dataset]) => !lateDatasets.has(dataset));
  const reports = await Promise.all(early.map(([, report]) => report));
  const users = run.wholeOutcome('users');
  if (signal.aborted || users === undefined) return;
  const status = reports.some(isMissed) ? 'partial' : 'succeeded';
  try {
    await (await session).workAhead(end(status, [...reports.map(({ outcome }) => outcome), users]));
  } catch (error) {
    run.request.logger.debug(`Nothing is applied ahead: ${String(error)}`);
  }
}
