import { isLicenseError } from '../foundation/errors';
import { readActivations } from '../graph/reports/activations';
import { readAppUsage } from '../graph/reports/appUsage';
import { readMailboxUsage } from '../graph/reports/mailboxUsage';
import { readOneDriveUsage } from '../graph/reports/oneDriveUsage';
import { readRegistrationDetails } from '../graph/registrationDetails';
import type { DatasetOutcome, RegistrationDetailsRow } from '../model/datasets';
import type { DatasetReport, ImportRun } from './importRun';
import { signInActivityWarning } from './importWarnings';
import { readReport } from './reportReading';
import { signInRefusals, userSync, weeklySync } from './syncState';
import type { UserReadingDeps } from './userReading';
import { readAllUsers, readChangedUsers, worthReadingWhole } from './userReading';

const task = 'applicationRoster';

/** Application Roster: who there is, what they hold, and what the roster reports say of them. */
export function runApplicationRoster(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([
    // Before the users, which wait for the counts of the products at their end.
    run.readProducts(task),
    readUsers(run),
    readReport(run, task, 'activations', readActivations),
    readReport(run, task, 'appUsage', readAppUsage),
    readReport(run, task, 'oneDriveUsage', readOneDriveUsage),
    readReport(run, task, 'mailboxUsage', readMailboxUsage),
    readRegistrations(run),
  ]);
}

/**
 * Who has registered for multifactor authentication. It changes rarely, can only be read whole, and shares a narrow
 * limit with the sign-in log: hence once a week.
 */
function readRegistrations(run: ImportRun): Promise<DatasetReport> {
  const last = run.syncOf('registrationDetails', weeklySync);
  return run.read(
    task,
    'registrationDetails',
    async function* (context): AsyncGenerator<readonly RegistrationDetailsRow[]> {
      const { notes } = context;
      const fullAt = last?.fullAt ?? context.now().toISOString();
      if (last === null) yield* readRegistrationDetails(context);
      else notes.mode = 'unchanged';
      const { connectionId } = run.request.connection;
      notes.syncState = JSON.stringify({ version: 1, fullAt, connectionId });
    },
    { isOptional: true, onlyNew: last !== null, turn: 'last' },
  );
}

/**
 * The users: what changed, where that is known and proves right, else all of them. Sign-in activity needs more than
 * the users do, and without it Graph refuses the whole listing: then it is read again without. If it was the users
 * that were refused, the second reading fails for the right reason.
 */
function readUsers(run: ImportRun): Promise<DatasetReport> {
  const { connection, store, logger } = run.request;
  const deps: UserReadingDeps = {
    store,
    tenantId: (connection.tenantId ?? '').toLowerCase(),
    connectionId: connection.connectionId,
    knownUsers: run.storedRows('users'),
    consumed: () => run.consumed(),
  };
  let last = run.syncOf('users', userSync);
  let signInActivity: NonNullable<DatasetOutcome['signInActivity']> = last?.signInActivity ?? 'read';
  return run.read(
    task,
    'users',
    (context) =>
      last === null ? readAllUsers(context, deps, 'read') : readChangedUsers(context, deps, last),
    {
      fallback: (error) => {
        if (last !== null) {
          if (!worthReadingWhole(error)) return null;
          logger.info(`All users are read: ${isLicenseError(error) ? error.message : String(error)}`);
          last = null;
          signInActivity = 'read';
          return { reader: (context) => readAllUsers(context, deps, 'read'), warning: null };
        }
        const refusal = signInRefusals.find((reason) => isLicenseError(error, reason));
        if (refusal === undefined || signInActivity !== 'read') return null;
        signInActivity = refusal;
        return {
          reader: (context) => readAllUsers(context, deps, refusal),
          warning: signInActivityWarning(error),
        };
      },
      outcome: () => ({ signInActivity }),
      onlyNew: last !== null,
      isManifold: true,
      turn: 'first',
    },
  );
}
