import { readActiveUsers } from '../graph/reports/activeUsers';
import { readEmailActivity } from '../graph/reports/emailActivity';
import { readSignIns } from '../graph/signIns';
import type { DatasetReport, ImportRun } from './importRun';

const task = 'applicationAccess';

/** Application Access: the last activity in each of the eleven applications, from two reports and the sign-in log. */
export function runApplicationAccess(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([
    run.read(task, 'activeUsers', readActiveUsers, { isReport: true }),
    run.read(task, 'emailActivity', readEmailActivity, { isReport: true }),
    run.read(task, 'applicationSignIns', readSignIns),
  ]);
}
