import type { ImportProgress } from '../../core/model/importRecords';
import { formatCount } from '../host/formats';

const datasetWords: Readonly<Record<string, string>> = {
  users: 'users',
  subscribedSkus: 'licenses',
  subscriptions: 'subscriptions',
  groups: 'groups',
  activations: 'activations',
  appUsage: 'app usage',
  oneDriveUsage: 'OneDrive',
  mailboxUsage: 'mailboxes',
  activeUsers: 'active users',
  emailActivity: 'email activity',
  applicationSignIns: 'sign-ins',
};

/** Progress of an import in a few words: what is being read, with counts, and how many parts are done. */
export function progressText(progress: readonly ImportProgress[]): string {
  const running = progress.filter((entry) => !entry.done);
  if (running.length === 0) return progress.length === 0 ? 'Importing…' : 'Saving…';
  const parts = running.map((entry) => {
    const name = datasetWords[entry.dataset] ?? entry.dataset;
    if (entry.rows === 0) return name;
    return entry.expectedRows === null
      ? `${name} ${formatCount(entry.rows)}`
      : `${name} ${formatCount(entry.rows)} of ${formatCount(entry.expectedRows)}`;
  });
  return `Importing ${parts.join(', ')}`;
}
