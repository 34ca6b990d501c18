import type { SampleReply, SampleRequest } from '../net/exchange';
import type { ReportServer } from '../reports/reportServer';
import type { GraphCall, GraphCaller } from './graphContext';
import type { GraphProblem } from './graphError';
import { directorySubscriptions, organization, subscribedSkus } from './licenses';
import { deletedUsers, getUser, licenseDetails, listUsers, usersDelta } from './users';

/** One endpoint of Graph. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Matches the path after the version; its groups are captured for the handler. */
  readonly pattern: RegExp;
  /** Permissions of which one is enough; empty: the handler decides. */
  readonly anyOf: readonly string[];
  /** What a caller without permission gets, where it is not the usual 403. */
  readonly refusal?: () => GraphProblem;
  readonly handle: (call: GraphCall) => SampleReply | Promise<SampleReply>;
}

const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const usersRead = ['User.Read.All', 'User.ReadWrite.All', ...directoryRead];
const licensesRead = ['LicenseAssignment.Read.All', 'LicenseAssignment.ReadWrite.All'];
const organizationRead = ['Organization.Read.All', 'Organization.ReadWrite.All', ...directoryRead];

/** The endpoints, more specific ones first. `dispatch` runs a request again, for batches. */
export function graphRoutes(
  reports: ReportServer,
  _dispatch: (request: SampleRequest, caller: GraphCaller) => Promise<SampleReply>,
): readonly Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/organization$/,
      anyOf: ['User.Read', ...organizationRead],
      handle: organization,
    },
    { method: 'GET', pattern: /^\/users$/, anyOf: usersRead, handle: listUsers },
    {
      method: 'GET',
      pattern: /^\/users\/(?:microsoft\.graph\.)?delta(?:\(\))?$/,
      anyOf: usersRead,
      handle: usersDelta,
    },
    {
      method: 'GET',
      pattern: /^\/users\/([^/]+)\/licenseDetails$/,
      anyOf: [...licensesRead, ...usersRead],
      handle: licenseDetails,
    },
    { method: 'GET', pattern: /^\/users\/([^/]+)$/, anyOf: usersRead, handle: getUser },
    {
      method: 'GET',
      pattern: /^\/directory\/deletedItems\/microsoft\.graph\.user$/,
      anyOf: usersRead,
      handle: deletedUsers,
    },
    {
      method: 'GET',
      pattern: /^\/subscribedSkus(?:\/([^/]+))?$/,
      anyOf: [...licensesRead, ...organizationRead],
      handle: subscribedSkus,
    },
    {
      method: 'GET',
      pattern: /^\/directory\/subscriptions$/,
      anyOf: organizationRead,
      handle: directorySubscriptions,
    },
    {
      method: 'GET',
      pattern: /^\/reports\/(?:microsoft\.graph\.)?(\w+)(?:\((.*)\))?$/,
      anyOf: [],
      handle: (call) => reports.handle(call),
    },
  ];
}
