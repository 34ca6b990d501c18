import type { ImportTask } from '../model/connection';
import type { ImportEnd } from '../store/store';
import type { DatasetReport } from './importRun';

/** A reading that a task can't do without has not come whole. */
export function isMissed({ outcome, isOptional }: DatasetReport): boolean {
  return outcome.status !== 'complete' && !(isOptional && outcome.status === 'unavailable');
}

/** How a task ended, from the readings that it wanted. */
export function taskEnd(
  task: ImportTask,
  reports: readonly DatasetReport[],
  durationMs: number,
): ImportEnd['tasks'][number] {
  const complete = reports.filter((report) => report.outcome.status === 'complete').length;
  const missed = reports.filter(isMissed).length;
  return {
    task,
    status: missed === 0 ? 'succeeded' : complete > 0 ? 'partial' : 'failed',
    rows: reports.reduce((sum, report) => sum + (report.outcome.status === 'complete' ? report.rows : 0), 0),
    durationMs,
    warnings: reports.flatMap((report) => report.warnings),
  };
}
