import { importTasks } from '../../core/model/connection';
import type { ImportTask } from '../../core/model/connection';

const taskTitles: Readonly<Record<ImportTask, string>> = {
  applicationRoster: 'Application Roster',
  applicationAccess: 'Application Access',
  licenseInformation: 'License Information',
  licenseDifferentiation: 'License Differentiation',
};

function isImportTask(task: string): task is ImportTask {
  return (importTasks as readonly string[]).includes(task);
}

/** A task's name for a person; one we do not know is shown as it is. */
export function taskTitle(task: string): string {
  return isImportTask(task) ? taskTitles[task] : task;
}

/** The status of an import or task in a word for a person. */
export function statusWord(status: string): string {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'partial':
      return 'partly succeeded';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    default:
      return status;
  }
}

const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });

/** How long ago a moment was. @param iso UTC ISO 8601 */
export function ago(iso: string, now: Date): string {
  const minutes = Math.round((Date.parse(iso) - now.getTime()) / 60_000);
  if (!Number.isFinite(minutes)) return iso;
  if (minutes > -1) return 'just now';
  if (minutes > -60) return relative.format(minutes, 'minute');
  if (minutes > -60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}

/** A moment in the person's own time zone. @param iso UTC ISO 8601 */
export function dateTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
