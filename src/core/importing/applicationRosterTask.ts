import { isLicenseError } from '../foundation/errors';
import { readActivations } from '../graph/reports/activations';
import { readAppUsage } from '../graph/reports/appUsage';
import { readMailboxUsage } from '../graph/reports/mailboxUsage';
import { readOneDriveUsage } from '../graph/reports/oneDriveUsage';
import { readSubscribedSkus } from '../graph/subscribedSkus';
import { readUsers } from '../graph/users';
import type { DatasetOutcome } from '../model/datasets';
import type { DatasetReport, ImportRun, ReadOptions } from './importRun';
import { signInActivityWarning } from './importWarnings';

const task = 'applicationRoster';

/** Application Roster: who there is, what they hold, and what the roster reports say of them. */
export function runApplicationRoster(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([
    run.read(
      task,
      'users',
      (context) => readUsers(context, { signInActivity: true }),
      withoutSignInActivity(),
    ),
    run.read(task, 'subscribedSkus', readSubscribedSkus),
    run.read(task, 'activations', readActivations, { isReport: true }),
    run.read(task, 'appUsage', readAppUsage, { isReport: true }),
    run.read(task, 'oneDriveUsage', readOneDriveUsage, { isReport: true }),
    run.read(task, 'mailboxUsage', readMailboxUsage, { isReport: true }),
  ]);
}

/**
 * Sign-in activity needs more than the users do, and without it Graph refuses the whole listing: read it again
 * without. If it was the users that were refused, the second reading fails for the right reason.
 */
function withoutSignInActivity(): ReadOptions<'users'> {
  let signInActivity: NonNullable<DatasetOutcome['signInActivity']> = 'read';
  return {
    fallback: (error) => {
      const refusal = (['premiumRequired', 'permissionMissing', 'roleMissing'] as const).find((reason) =>
        isLicenseError(error, reason),
      );
      if (refusal === undefined || signInActivity !== 'read') return null;
      signInActivity = refusal;
      return {
        reader: (context) => readUsers(context, { signInActivity: false }),
        warning: signInActivityWarning(error),
      };
    },
    outcome: () => ({ signInActivity }),
  };
}
