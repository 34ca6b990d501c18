import type { SampleReply, SampleRequest } from '../net/exchange';
import type { ReportServer } from '../reports/reportServer';
import type { GraphCall, GraphCaller } from './graphContext';
import { GraphProblem } from './graphError';
import type { SignInLog } from '../data/signInLog';
import { addPassword, createApplication, createServicePrincipal } from './applications';
import { runBatch } from './batch';
import { getGroup, listGroups, listMembers, removeMember } from './groups';
import { assignGroupLicense, assignUserLicense, reprocessLicenses } from './licenseWrites';
import { changeReportSettings, readReportSettings } from './reportSettings';
import { listSignIns } from './signIns';
import { listRegistrationDetails } from './registrationDetails';
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

const groupsRead = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...directoryRead,
];
const userLicensesWrite = [
  'LicenseAssignment.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const groupLicensesWrite = [
  'LicenseAssignment.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];

const registrationWrite = ['Application.ReadWrite.All'];

/** What the routes work on beside the tenant itself. */
export interface RouteParts {
  readonly reports: ReportServer;
  readonly signIns: SignInLog;
  /** Runs one item of a batch for the same caller. */
  readonly runItem: (request: SampleRequest, caller: GraphCaller) => Promise<SampleReply>;
}

/** The endpoints. */
export function graphRoutes({ reports, signIns, runItem }: RouteParts): readonly Route[] {
  const processing = new Set<string>();
  const route = (
    method: Route['method'],
    pattern: RegExp,
    anyOf: readonly string[],
    handle: Route['handle'],
  ): Route => ({ method, pattern, anyOf, handle });
  return [
    route('POST', /^\/\$batch$/, [], (call) => runBatch(call, (request) => runItem(request, call.caller))),
    route('GET', /^\/organization$/, ['User.Read', ...organizationRead], organization),
    route('GET', /^\/users$/, usersRead, listUsers),
    route('GET', /^\/users\/(?:microsoft\.graph\.)?delta(?:\(\))?$/, usersRead, usersDelta),
    route('GET', /^\/users\/([^/]+)\/licenseDetails$/, [...licensesRead, ...usersRead], licenseDetails),
    route('POST', /^\/users\/([^/]+)\/assignLicense$/, userLicensesWrite, assignUserLicense),
    route(
      'POST',
      /^\/users\/([^/]+)\/reprocessLicenseAssignment$/,
      ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
      reprocessLicenses,
    ),
    route('GET', /^\/users\/([^/]+)$/, usersRead, getUser),
    route('GET', /^\/directory\/deletedItems\/microsoft\.graph\.user$/, usersRead, deletedUsers),
    route('GET', /^\/subscribedSkus(?:\/([^/]+))?$/, [...licensesRead, ...organizationRead], subscribedSkus),
    route('GET', /^\/directory\/subscriptions$/, organizationRead, directorySubscriptions),
    route('GET', /^\/groups$/, groupsRead, (call) => listGroups(call, processing)),
    route('GET', /^\/groups\/([^/]+)$/, groupsRead, (call) => getGroup(call, processing)),
    route('GET', /^\/groups\/([^/]+)\/members$/, groupsRead, listMembers),
    route(
      'DELETE',
      /^\/groups\/([^/]+)\/members\/([^/]+)\/\$ref$/,
      ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
      removeMember,
    ),
    route('POST', /^\/groups\/([^/]+)\/assignLicense$/, groupLicensesWrite, (call) =>
      assignGroupLicense(call, processing),
    ),
    {
      ...route('GET', /^\/auditLogs\/signIns$/, ['AuditLog.Read.All'], (call) => listSignIns(call, signIns)),
      refusal: () =>
        new GraphProblem(
          403,
          'Authentication_MSGraphPermissionMissing',
          'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.',
        ),
    },
    route(
      'GET',
      /^\/admin\/reportSettings$/,
      ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
      readReportSettings,
    ),
    route('PATCH', /^\/admin\/reportSettings$/, ['ReportSettings.ReadWrite.All'], changeReportSettings),
    route('POST', /^\/applications$/, registrationWrite, createApplication),
    route('POST', /^\/applications\/([^/]+)\/addPassword$/, registrationWrite, addPassword),
    route('POST', /^\/servicePrincipals$/, registrationWrite, createServicePrincipal),
    route(
      'GET',
      /^\/reports\/authenticationMethods\/userRegistrationDetails$/,
      ['AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
      listRegistrationDetails,
    ),
    route('GET', /^\/reports\/(?:microsoft\.graph\.)?(\w+)(?:\((.*)\))?$/, [], (call) =>
      reports.handle(call),
    ),
  ];
}
