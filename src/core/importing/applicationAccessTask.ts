import { readActiveUsers } from '../graph/reports/activeUsers';
import { readEmailActivity } from '../graph/reports/emailActivity';
import { readSignIns } from '../graph/signIns';
import type { ApplicationSignInRow } from '../model/datasets';
import type { DatasetReport, ImportRun } from './importRun';
import { readReport } from './reportReading';
import { signInSync, withOverlap } from './syncState';

const task = 'applicationAccess';

/** Application Access: the last activity in each of the eleven applications, from two reports and the sign-in log. */
export function runApplicationAccess(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([
    readReport(run, task, 'activeUsers', readActiveUsers),
    readReport(run, task, 'emailActivity', readEmailActivity),
    readNewSignIns(run),
  ]);
}

/**
 * The sign-in log from the newest sign-in in the file on, or all that the service still has. It is merged in either
 * way, so that the file remembers more than the 30 days of the service.
 */
function readNewSignIns(run: ImportRun): Promise<DatasetReport> {
  const last = run.syncOf('applicationSignIns', signInSync);
  return run.read(
    task,
    'applicationSignIns',
    async function* (context): AsyncGenerator<readonly ApplicationSignInRow[]> {
      const { notes } = context;
      const now = context.now().toISOString();
      notes.mode = 'merge';
      notes.onlyNew = last !== null;
      yield* readSignIns(context, last === null ? undefined : withOverlap(last.newestAt));
      const newestAt = [last?.newestAt, notes.newestAt]
        .filter((time) => typeof time === 'string')
        .sort()
        .at(-1);
      if (newestAt === undefined) return;
      notes.syncState = JSON.stringify({
        version: 1,
        fullAt: last?.fullAt ?? now,
        connectionId: run.request.connection.connectionId,
        newestAt,
      });
    },
    { onlyNew: last !== null, turn: 'first' },
  );
}
