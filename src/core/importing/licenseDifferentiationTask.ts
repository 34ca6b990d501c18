import { readGroups } from '../graph/groups';
import type { DatasetReport, ImportRun } from './importRun';

const task = 'licenseDifferentiation';

/** License Differentiation: the groups that give licenses, so that each path to a license has a name. */
export function runLicenseDifferentiation(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([run.read(task, 'groups', readGroups, { turn: 'last' })]);
}
