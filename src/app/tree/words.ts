import { importTasks } from '../../core/model/connection';
import type { ImportTask, SourceType } from '../../core/model/connection';

const taskTitles: Readonly<Record<ImportTask, string>> = {
  applicationRoster: 'Application Roster',
  applicationAccess: 'Application Access',
  licenseInformation: 'License Information',
  licenseDifferentiation: 'License Differentiation',
};

const sourceTypeTitles: Readonly<Record<SourceType, string>> = {
  microsoft365: 'Microsoft 365',
  saasManagement: 'Microsoft 365 (SaaS Management)',
  office365Deprecated: 'Microsoft Office 365 (deprecated)',
};

/** A source type's name for a person. */
export function sourceTypeTitle(sourceType: SourceType): string {
  return sourceTypeTitles[sourceType];
}

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

/** What started an import, for a person. */
export function triggerWord(trigger: string): string {
  switch (trigger) {
    case 'user':
      return 'by hand';
    case 'schedule':
      return 'by schedule';
    case 'catchUp':
      return 'missed schedule';
    case 'command':
      return 'by another program';
    default:
      return trigger;
  }
}
