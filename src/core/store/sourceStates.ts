import { daysBetween } from '../model/calendarDate';
import type { Dataset } from '../model/datasets';
import type { ActivitySource, SourceState } from '../model/evaluation';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlRow } from './store';

/** A source counts as fresh for so many days after its as-of date. */
const freshDays = 7;

/** What the file knows of a dataset: the rows kept, and how the last attempt to read it ended. */
export interface DatasetState {
  /** As-of date of the rows kept; null when there never were any. */
  readonly asOfDate: string | null;
  /** When they were last found complete, UTC ISO 8601; null: never. */
  readonly completedAt: string | null;
  readonly concealed: boolean;
  /** Why the last attempt brought nothing (an `ErrorReason`); null when it did. */
  readonly reason: string | null;
  readonly signInActivity: string | null;
  readonly signInActivityAsOf: string | null;
}

const datasetOfReport: Readonly<Record<Exclude<ActivitySource, 'signInActivity'>, Dataset>> = {
  activeUserReport: 'activeUsers',
  emailReport: 'emailActivity',
  appUsageReport: 'appUsage',
  mailboxReport: 'mailboxUsage',
  oneDriveReport: 'oneDriveUsage',
  signIns: 'applicationSignIns',
};

/** The states of a tenant's datasets, by name. */
export function readDatasetStates(db: SqlDatabase, tenantKey: number): ReadonlyMap<string, DatasetState> {
  const text = (row: SqlRow, column: string): string | null => {
    const value = row[column];
    return typeof value === 'string' ? value : null;
  };
  return new Map(
    db.rows('SELECT * FROM datasetStates WHERE tenantKey = ?', [tenantKey]).map((row) => [
      text(row, 'dataset') ?? '',
      {
        asOfDate: text(row, 'asOfDate'),
        completedAt: text(row, 'completedAt'),
        concealed: row.concealed === 1,
        reason: text(row, 'reason'),
        signInActivity: text(row, 'signInActivity'),
        signInActivityAsOf: text(row, 'signInActivityAsOf'),
      },
    ]),
  );
}

/** How far each source of activity can be trusted on a day. Pure. @param today `YYYY-MM-DD` */
export function sourceStates(
  states: ReadonlyMap<string, DatasetState>,
  today: string,
): ReadonlyMap<ActivitySource, SourceState> {
  const result = new Map<ActivitySource, SourceState>([
    ['signInActivity', signInActivityState(states.get('users'), today)],
  ]);
  for (const [source, dataset] of Object.entries(datasetOfReport)) {
    result.set(source as ActivitySource, reportState(states.get(dataset), today));
  }
  return result;
}

/** True while data of that date may speak. */
export function isFresh(asOfDate: string, today: string): boolean {
  return daysBetween(asOfDate, today) <= freshDays;
}

function reportState(state: DatasetState | undefined, today: string): SourceState {
  if (state === undefined) return { status: 'missing', asOfDate: null };
  const { asOfDate, concealed, reason } = state;
  const notLicensed = reason === 'premiumRequired';
  if (asOfDate === null) return { status: notLicensed ? 'notLicensed' : 'missing', asOfDate };
  if (concealed) return { status: 'concealed', asOfDate };
  if (isFresh(asOfDate, today)) return { status: 'fresh', asOfDate };
  return { status: notLicensed ? 'notLicensed' : 'stale', asOfDate };
}

function signInActivityState(users: DatasetState | undefined, today: string): SourceState {
  const asOfDate = users?.signInActivityAsOf ?? null;
  if (asOfDate !== null && isFresh(asOfDate, today)) return { status: 'fresh', asOfDate };
  // A tenant that lost its premium license is judged by the reports again once the old dates have aged.
  if (users?.signInActivity === 'premiumRequired') return { status: 'notLicensed', asOfDate };
  return { status: asOfDate === null ? 'missing' : 'stale', asOfDate };
}
