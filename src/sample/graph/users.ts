import { Buffer } from 'node:buffer';
import type { SampleDirectory, SampleUser } from '../data/directory';
import { productById } from '../data/products';
import { guidOf } from '../data/random';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { Filter, FilterValue } from './filter';
import { parseFilter } from './filter';
import type { GraphCall } from './graphContext';
import { badRequest, GraphProblem, notFound, unsupportedQuery } from './graphError';
import { checkOptions, linkTo, pageSizeOf, positionOf, selectOf, skipToken } from './paging';
import { defaultUserProperties, signInTimes, userWriter } from './userJson';

const jsonHeaders = { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8' };

/** Throws what Graph answers when `signInActivity` is selected and may not be. */
function checkSignInActivity(call: GraphCall): void {
  if (call.state.switches.noPremium) {
    throw new GraphProblem(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
  if (!call.caller.permissions.has('AuditLog.Read.All')) {
    throw new GraphProblem(
      403,
      'Authentication_MSGraphPermissionMissing',
      'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.',
    );
  }
}

function userFilter(call: GraphCall): Filter<SampleUser> | undefined {
  const text = call.request.query.get('$filter');
  if (text === null) return undefined;
  const { directory } = call.state;
  const filter = parseFilter<SampleUser>(text, (path) => (user) => readProperty(path, user, directory));
  const signIn = filter.paths.filter((path) => path.startsWith('signInActivity/')).length;
  if (signIn > 0) {
    checkSignInActivity(call);
    if (signIn < filter.paths.length) {
      throw unsupportedQuery("Filter on property 'signInActivity' cannot be combined with other filters.");
    }
  }
  if (filter.advanced && !isAdvanced(call)) {
    throw unsupportedQuery(
      "The specified filter needs the header 'ConsistencyLevel: eventual' and '$count=true'.",
    );
  }
  return filter;
}

const isAdvanced = ({ request }: GraphCall): boolean =>
  request.headers['consistencylevel'] === 'eventual' && request.query.get('$count') === 'true';

function readProperty(path: string, user: SampleUser, directory: SampleDirectory): FilterValue {
  switch (path) {
    case 'id':
    case 'userPrincipalName':
    case 'displayName':
    case 'givenName':
    case 'surname':
    case 'mail':
    case 'jobTitle':
    case 'department':
    case 'country':
    case 'city':
    case 'companyName':
    case 'usageLocation':
    case 'userType':
    case 'accountEnabled':
    case 'createdDateTime':
    case 'onPremisesSyncEnabled':
      return user[path];
    case 'signInActivity/lastSignInDateTime':
      return signInTimes(user, directory)?.interactive;
    case 'signInActivity/lastNonInteractiveSignInDateTime':
      return signInTimes(user, directory)?.nonInteractive;
    case 'signInActivity/lastSuccessfulSignInDateTime':
      return signInTimes(user, directory)?.successful;
    case 'assignedLicenses/skuId':
      return directory.profile(user.index).seats;
    default:
      throw unsupportedQuery(`Unsupported or invalid query filter clause specified for property '${path}'.`);
  }
}

/** `GET /users`. */
export function listUsers(call: GraphCall): SampleReply {
  checkOptions(call.request, ['$select', '$top', '$count', '$filter', '$skiptoken']);
  const { request, state } = call;
  const { directory } = state;
  const select = selectOf(request);
  const withSignIn = select?.includes('signInActivity') ?? false;
  if (withSignIn) checkSignInActivity(call);
  const write = userWriter(select, directory);
  const filter = userFilter(call);
  const position = positionOf(request);
  if (position.page > 0 && filter?.paths.includes('assignedLicenses/skuId') && !isAdvanced(call)) {
    throw new GraphProblem(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.');
  }
  const size = pageSizeOf(request, 100, withSignIn ? 500 : 999);
  // A page in the middle holds nothing and still has a next link, as the directory sometimes does.
  const indexes = position.page === 2 ? [] : collect(directory, position.at, size, filter);
  const at = position.page === 2 ? position.at : (indexes.at(-1) ?? directory.users) + 1;
  const more = hasMore(directory, at, filter);
  const context = `${state.address.graphUrl}/${call.version}/$metadata#users${select ? `(${select.join(',')})` : ''}`;
  let head = `{"@odata.context":${JSON.stringify(context)},`;
  if (isAdvanced(call) && position.page === 0) head += `"@odata.count":${countOf(directory, filter)},`;
  if (more) {
    const token = skipToken({ at, page: position.page + 1 });
    head += `"@odata.nextLink":${JSON.stringify(linkTo(state.address.graphUrl, request, '$skiptoken', token))},`;
  }
  return { status: 200, headers: jsonHeaders, body: pieces(`${head}"value":[`, indexes, directory, write) };
}

function collect(
  directory: SampleDirectory,
  from: number,
  size: number,
  filter: Filter<SampleUser> | undefined,
): number[] {
  const indexes: number[] = [];
  for (let index = from; index < directory.users && indexes.length < size; index++) {
    if (!filter || filter.test(directory.user(index))) indexes.push(index);
  }
  return indexes;
}

function hasMore(directory: SampleDirectory, from: number, filter: Filter<SampleUser> | undefined): boolean {
  return collect(directory, from, 1, filter).length > 0;
}

function countOf(directory: SampleDirectory, filter: Filter<SampleUser> | undefined): number {
  return filter ? collect(directory, 0, directory.users, filter).length : directory.users;
}

const pieceBytes = 256 * 1024;

/**
 * A page in pieces of at most 256 kB, so that a slow reader does not make the server hold it all. Each user is
 * encoded by itself: one long string with a single character beyond Latin-1 would be copied as two-byte text.
 */
function* pieces(
  head: string,
  indexes: readonly number[],
  directory: SampleDirectory,
  write: (user: SampleUser) => string,
): Generator<Uint8Array> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let used = piece.write(head);
  for (let n = 0; n < indexes.length; n++) {
    const text = (n > 0 ? ',' : '') + write(directory.user(indexes[n] ?? 0));
    // A character takes at most three bytes.
    if (used + text.length * 3 > pieceBytes) {
      yield piece.subarray(0, used);
      piece = Buffer.allocUnsafe(Math.max(pieceBytes, text.length * 3));
      used = 0;
    }
    used += piece.write(text, used);
  }
  yield piece.subarray(0, used);
  yield Buffer.from(']}', 'utf8');
}

/** `GET /users/{id or user principal name}`. */
export function getUser(call: GraphCall): SampleReply {
  const { request, state, captured } = call;
  const key = captured[0] ?? '';
  const select = selectOf(request);
  if (select?.includes('signInActivity')) {
    checkSignInActivity(call);
    if (key.includes('@')) {
      throw badRequest('Get By Key only supports UserId and the key has to be a valid Guid');
    }
  }
  const write = userWriter(select, state.directory);
  const text = write(state.directory.user(requireUser(call, key)));
  const context = `${state.address.graphUrl}/${call.version}/$metadata#users/$entity`;
  return {
    status: 200,
    headers: jsonHeaders,
    body: `{"@odata.context":${JSON.stringify(context)},${text.slice(1)}`,
  };
}

/** The index of a user by id or name. Throws a 404. */
export function requireUser(call: GraphCall, key: string): number {
  const index = call.state.directory.find(key);
  if (index < 0) throw notFound(key);
  return index;
}

/** `GET /users/{id}/licenseDetails`. */
export function licenseDetails(call: GraphCall): SampleReply {
  const { directory } = call.state;
  const index = requireUser(call, call.captured[0] ?? '');
  const profile = directory.profile(index);
  const value = profile.seats.map((skuId, n) => {
    const product = productById(skuId);
    const paths = profile.paths.filter((path) => path.skuId === skuId);
    return {
      id: guidOf(directory.seed, index * 50 + n, 46),
      skuId,
      skuPartNumber: product?.skuPartNumber ?? '',
      servicePlans: (product?.plans ?? []).map((plan) => ({
        servicePlanId: plan.id,
        servicePlanName: plan.name,
        provisioningStatus: paths.every((path) => path.disabledPlans.includes(plan.id))
          ? 'Disabled'
          : 'Success',
        appliesTo: 'User',
      })),
    };
  });
  return json(200, { value });
}

/** `GET /directory/deletedItems/microsoft.graph.user`. */
export function deletedUsers(call: GraphCall): SampleReply {
  checkOptions(call.request, ['$select', '$top', '$count', '$skiptoken']);
  const { directory, address } = call.state;
  const position = positionOf(call.request);
  const size = pageSizeOf(call.request, 100, 999);
  const write = userWriter(
    selectOf(call.request) ?? [...defaultUserProperties, 'deletedDateTime'],
    directory,
  );
  const from = directory.users + position.at;
  const end = directory.users + directory.deletedUsers;
  const values: string[] = [];
  for (let index = from; index < end && values.length < size; index++) {
    values.push(write(directory.deletedUser(index)));
  }
  const token = skipToken({ at: position.at + values.length, page: position.page + 1 });
  const next = linkTo(address.graphUrl, call.request, '$skiptoken', token);
  const link = from + values.length < end ? `"@odata.nextLink":${JSON.stringify(next)},` : '';
  const context = `"@odata.context":${JSON.stringify(`${address.graphUrl}/${call.version}/$metadata#users`)},`;
  return { status: 200, headers: jsonHeaders, body: `{${context}${link}"value":[${values.join(',')}]}` };
}

/** `GET /users/delta`: a full round, then what was changed through the sample's own write endpoints. */
export function usersDelta(call: GraphCall): SampleReply {
  checkOptions(call.request, ['$select', '$skiptoken', '$deltatoken']);
  const { directory, address } = call.state;
  const { request } = call;
  const select = selectOf(request);
  if (select?.includes('signInActivity')) throw unsupportedQuery("Property 'signInActivity' is not tracked.");
  const write = userWriter(select, directory);
  const link = (option: string, token: string): string => linkTo(address.graphUrl, request, option, token);
  const head = `{"@odata.context":${JSON.stringify(`${address.graphUrl}/${call.version}/$metadata#users`)},`;
  const deltaToken = request.query.get('$deltatoken');
  if (deltaToken !== null) {
    const version = /^v\d+$/.test(deltaToken) ? Number(deltaToken.slice(1)) : -1;
    if (
      deltaToken !== 'latest' &&
      (version < 0 || version > directory.changes.version || call.state.switches.deltaExpired)
    ) {
      const location = `${address.graphUrl}/${call.version}/users/delta`;
      throw new GraphProblem(410, 'resyncRequired', 'Resync required. Start over with a full query.', {
        location,
      });
    }
    const changed = deltaToken === 'latest' ? [] : directory.changes.changedSince(version);
    const done = `"@odata.deltaLink":${JSON.stringify(link('$deltatoken', `v${directory.changes.version}`))},`;
    return {
      status: 200,
      headers: jsonHeaders,
      body: pieces(`${head}${done}"value":[`, changed, directory, write),
    };
  }
  const position = positionOf(request);
  const indexes = collect(directory, position.at, 200, undefined);
  const at = position.at + indexes.length;
  const next =
    at < directory.users
      ? `"@odata.nextLink":${JSON.stringify(link('$skiptoken', skipToken({ at, page: position.page + 1 })))},`
      : `"@odata.deltaLink":${JSON.stringify(link('$deltatoken', `v${directory.changes.version}`))},`;
  return {
    status: 200,
    headers: jsonHeaders,
    body: pieces(`${head}${next}"value":[`, indexes, directory, write),
  };
}
