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
  registrationDetails: 'MFA registrations',
};

/** Nothing is said of the pace before this much time, since the first page says little of the others. */
const tooEarlyMs = 3000;

/** Rows per second and the time left at that pace, once they mean something. */
function pace({ rows, expectedRows, elapsedMs = 0 }: ImportProgress): string {
  if (elapsedMs < tooEarlyMs || rows === 0) return '';
  const perSecond = rows / (elapsedMs / 1000);
  const rate = `${formatCount(Math.round(perSecond))}/s`;
  // More rows than the last time: nobody knows how many more.
  if (expectedRows === null || rows >= expectedRows) return ` (${rate})`;
  const seconds = Math.ceil((expectedRows - rows) / perSecond);
  const left = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return ` (${rate}, about ${left} left)`;
}

/** Progress of an import in a few words: what is being read, with counts, and how many parts are done. */
export function progressText(progress: readonly ImportProgress[]): string {
  const running = progress.filter((entry) => !entry.done);
  if (running.length === 0) return progress.length === 0 ? 'Importing…' : 'Saving…';
  const parts = running.map((entry) => {
    const name = datasetWords[entry.dataset] ?? entry.dataset;
    if (entry.rows === 0) return name;
    const counts =
      entry.expectedRows === null
        ? `${name} ${formatCount(entry.rows)}`
        : `${name} ${formatCount(entry.rows)} of ${formatCount(entry.expectedRows)}`;
    return counts + pace(entry);
  });
  return `Importing ${parts.join(', ')}`;
}
