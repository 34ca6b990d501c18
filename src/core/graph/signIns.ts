import { applicationOfSignIn } from '../catalog/firstPartyApplications';
import type { ApplicationSignInRow } from '../model/datasets';
import type { Application } from '../model/evaluation';
import { optionalTextOf, optionalTimeOf, propertiesOf, requiredIdOf } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = ['AuditLog.Read.All'];

/** Sign-ins are kept 30 days at most, and 7 without a premium license. Days. */
const period = 30;

const dayMs = 24 * 60 * 60 * 1000;

interface SignIn {
  readonly userId: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  readonly createdDateTime: string;
  readonly errorCode: number;
}

/**
 * Reads the sign-in log of the last 30 days, or from a time on, and condenses it to the newest successful sign-in of each user to
 * each application. Rows come as they are found: the log is newest first, so a pair is normally given once;
 * if it comes again, the later row is the newer one and replaces the former.
 * @see https://learn.microsoft.com/graph/api/signin-list
 */
export async function* readSignIns(
  context: ReadingContext,
  from?: Date,
): AsyncGenerator<readonly ApplicationSignInRow[]> {
  const earliest = new Date(context.now().getTime() - period * dayMs);
  const since = from === undefined || from < earliest ? earliest : from;
  const filter = encodeURIComponent(`createdDateTime ge ${since.toISOString().replace(/\.\d+Z$/, 'Z')}`);
  // Times by application and user; nested so that each id is held once.
  const newest = new Map<string, Map<string, number>>();
  const applications = new Map<string, Application | null>();
  const applicationOf = ({ appId, appDisplayName }: SignIn): Application | null => {
    const key = `${appId} ${appDisplayName ?? ''}`;
    let known = applications.get(key);
    if (known === undefined) applications.set(key, (known = applicationOfSignIn(appId, appDisplayName)));
    return known;
  };
  const listing = readListing(
    context,
    `/v1.0/auditLogs/signIns?$filter=${filter}&$top=1000`,
    { permissions },
    toSignIn,
  );
  for await (const events of listing) {
    const rows = new Map<string, ApplicationSignInRow>();
    for (const event of events) {
      if (event.createdDateTime > (context.notes.newestAt ?? '')) {
        context.notes.newestAt = event.createdDateTime;
      }
      if (event.errorCode !== 0) continue;
      let users = newest.get(event.appId);
      if (users === undefined) newest.set(event.appId, (users = new Map<string, number>()));
      const time = Date.parse(event.createdDateTime);
      if (time <= (users.get(event.userId) ?? -Infinity)) continue;
      users.set(event.userId, time);
      rows.set(`${event.appId} ${event.userId}`, {
        userId: event.userId,
        appId: event.appId,
        appDisplayName: event.appDisplayName,
        application: applicationOf(event),
        lastSignInAt: event.createdDateTime,
      });
    }
    if (rows.size > 0) yield [...rows.values()];
  }
}

function toSignIn(value: unknown): SignIn | null {
  const event = propertiesOf(value);
  const userId = requiredIdOf(event?.userId);
  const appId = requiredIdOf(event?.appId);
  const createdDateTime = optionalTimeOf(event?.createdDateTime);
  const errorCode = propertiesOf(event?.status)?.errorCode;
  if (userId === null || appId === null || createdDateTime === null || typeof errorCode !== 'number')
    return null;
  return { userId, appId, appDisplayName: optionalTextOf(event?.appDisplayName), createdDateTime, errorCode };
}
