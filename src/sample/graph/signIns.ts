import type { SampleDirectory } from '../data/directory';
import type { SampleSignIn, SignInLog } from '../data/signInLog';
import { signInLogDays } from '../data/signInLog';
import { guidOf } from '../data/random';
import { places } from '../data/names';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import { requireAuditReader } from './auditAccess';
import type { FilterValue } from './filter';
import { parseFilter } from './filter';
import type { GraphCall } from './graphContext';
import { badRequest } from './graphError';
import { linkTo, pageSizeOf, positionOf, skipToken } from './paging';

/** `GET /auditLogs/signIns`, newest first. @see https://learn.microsoft.com/graph/api/signin-list */
export function listSignIns(call: GraphCall, log: SignInLog): SampleReply {
  requireAuditReader(call);
  const { address, directory } = call.state;
  const text = call.request.query.get('$filter');
  const filter =
    text === null
      ? undefined
      : parseFilter<SampleSignIn>(text, (path) => (signIn) => readProperty(path, signIn, directory));
  const size = pageSizeOf(call.request, 1000, 1000);
  const position = positionOf(call.request);
  const { first, last } = dayBounds(text, directory);
  const value: unknown[] = [];
  let at = position.at;
  let more = false;
  for (const { signIn, next } of log.from(position.at, first, last)) {
    if (filter && !filter.test(signIn)) continue;
    if (value.length === size) {
      more = true;
      break;
    }
    value.push(record(signIn, directory));
    at = next;
  }
  const token = skipToken({ at, page: position.page + 1 });
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#auditLogs/signIns`,
    ...(more ? { '@odata.nextLink': linkTo(address.graphUrl, call.request, '$skiptoken', token) } : {}),
    value,
  });
}

/** Days that a plain time window can lie in, so that a large tenant need not be searched whole. */
function dayBounds(filter: string | null, directory: SampleDirectory): { first: number; last: number } {
  const all = { first: 0, last: signInLogDays - 1 };
  if (filter === null || /\b(or|not)\b/i.test(filter)) return all;
  const after = /createdDateTime g[et] (\d{4}-\d\d-\d\d)/i.exec(filter)?.[1];
  const before = /createdDateTime l[et] (\d{4}-\d\d-\d\d)/i.exec(filter)?.[1];
  return {
    first: before === undefined ? all.first : Math.max(all.first, directory.calendar.daysAgo(before)),
    last: after === undefined ? all.last : Math.min(all.last, directory.calendar.daysAgo(after)),
  };
}

/** The name in the log is the plain address in lower case, for guests too. */
function principalName(signIn: SampleSignIn, directory: SampleDirectory): string {
  const user = directory.user(signIn.userIndex);
  return (user.userType === 'Guest' ? (user.mail ?? '') : user.userPrincipalName).toLowerCase();
}

function readProperty(path: string, signIn: SampleSignIn, directory: SampleDirectory): FilterValue {
  switch (path) {
    case 'createdDateTime':
    case 'appId':
    case 'appDisplayName':
    case 'id':
      return signIn[path];
    case 'userId':
      return directory.id(signIn.userIndex);
    case 'userPrincipalName':
      return principalName(signIn, directory);
    case 'status/errorCode':
      return signIn.errorCode;
    default:
      throw badRequest(`Invalid filter clause: property '${path}' is not filterable.`);
  }
}

function record(signIn: SampleSignIn, directory: SampleDirectory): unknown {
  const user = directory.user(signIn.userIndex);
  const place = places.find((candidate) => candidate.city === user.city);
  const failed = signIn.errorCode !== 0;
  return {
    id: signIn.id,
    createdDateTime: signIn.createdDateTime,
    userDisplayName: user.displayName,
    userPrincipalName: principalName(signIn, directory),
    userId: user.id,
    appId: signIn.appId,
    appDisplayName: signIn.appDisplayName,
    ipAddress: '203.0.113.24',
    clientAppUsed: 'Browser',
    correlationId: guidOf(directory.seed, signIn.userIndex, 49),
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: signIn.appDisplayName,
    resourceId: signIn.appId,
    status: {
      errorCode: signIn.errorCode,
      failureReason: failed ? 'Error validating credentials due to invalid username or password.' : 'Other.',
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem: 'Windows 11',
      browser: 'Edge 130',
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: {
      city: user.city ?? '',
      state: '',
      countryOrRegion: place?.location ?? '',
      geoCoordinates: { altitude: null, latitude: null, longitude: null },
    },
    appliedConditionalAccessPolicies: [],
  };
}
