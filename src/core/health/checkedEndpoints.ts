import { reportPath } from '../graph/reports/usageReport';
import { needs, type PermissionNeed } from '../identity/scopes';
import type { Cloud, ImportTask } from '../model/connection';

/** An endpoint that a task reads, and the smallest request that tells whether it can. */
export interface CheckedEndpoint {
  /** Unique; endpoints that several tasks read are asked once. */
  readonly id: string;
  /** What is read, for a person. */
  readonly reads: string;
  readonly need: PermissionNeed;
  /** The directory role that a signed-in person needs besides, or null. */
  readonly role: string | null;
  /** The request as a person sees it, without what only makes it small. */
  readonly shown?: string;
  /** A report answers with a link, which is not followed. */
  readonly kind: 'json' | 'report' | 'reportSettings';
  /** Path and query, relative to the cloud's Graph; null where the cloud does not have it. */
  readonly path: (cloud: Cloud) => string | null;
}

const reportsReader = 'Reports Reader';

function json(
  id: string,
  reads: string,
  need: PermissionNeed,
  path: string,
  role: string | null = null,
): CheckedEndpoint {
  return { id, reads, need, role, kind: 'json', path: () => path };
}

/** The report of the shortest period. @see https://learn.microsoft.com/graph/reportroot-authorization */
function report(name: string, reads: string, period: 'D7' | null = 'D7'): CheckedEndpoint {
  return {
    id: name,
    reads,
    need: needs.reports,
    role: reportsReader,
    kind: 'report',
    path: (cloud) => reportPath(cloud, name, period),
  };
}

const users = json('users', 'Users and their licenses', needs.users, '/v1.0/users?$top=1&$select=id');
const signInActivity: CheckedEndpoint = {
  ...json(
    'signInActivity',
    'Last sign-in of each user',
    needs.signIns,
    '/v1.0/users?$top=1&$select=id,signInActivity',
  ),
  shown: '/v1.0/users?$select=signInActivity',
};
const products = json(
  'subscribedSkus',
  'Subscribed products',
  needs.products,
  '/v1.0/subscribedSkus?$select=id',
);
const organization = json(
  'organization',
  'Name of the tenant',
  { ...needs.organization, optional: true },
  '/v1.0/organization?$select=id',
);
const subscriptions = json(
  'subscriptions',
  'Subscriptions and their dates',
  needs.organization,
  '/v1.0/directory/subscriptions?$select=id',
);
const groups = json(
  'groups',
  'Groups that assign licenses',
  needs.groups,
  '/v1.0/groups?$top=1&$select=id,assignedLicenses',
);
const signIns = json(
  'signIns',
  'Sign-in log',
  needs.signIns,
  '/v1.0/auditLogs/signIns?$top=1',
  reportsReader,
);
/** Not in the schemas of national clouds. @see https://learn.microsoft.com/graph/api/adminreportsettings-get */
const concealment: CheckedEndpoint = {
  id: 'reportSettings',
  reads: 'Whether reports conceal names',
  need: needs.concealment,
  role: reportsReader,
  kind: 'reportSettings',
  path: (cloud) => (cloud === 'global' || cloud === 'custom' ? '/v1.0/admin/reportSettings' : null),
};

/** What each task reads, in the order in which it is listed for a person. */
const endpoints: Readonly<Record<ImportTask, readonly CheckedEndpoint[]>> = {
  applicationRoster: [
    organization,
    users,
    signInActivity,
    products,
    report('getOffice365ActivationsUserDetail', 'Report of Office activations', null),
    report('getM365AppUserDetail', 'Report of Microsoft 365 Apps use'),
    report('getMailboxUsageDetail', 'Report of mailboxes'),
    report('getOneDriveUsageAccountDetail', 'Report of OneDrive use'),
    concealment,
  ],
  applicationAccess: [
    report('getOffice365ActiveUserDetail', 'Report of active users'),
    report('getEmailActivityUserDetail', 'Report of email activity'),
    signIns,
    concealment,
  ],
  licenseInformation: [products, subscriptions],
  licenseDifferentiation: [groups],
};

/** One task's wish to read an endpoint of this cloud. */
export interface PlannedCheck {
  readonly task: ImportTask;
  readonly endpoint: CheckedEndpoint;
  /** Path and query, relative to the cloud's Graph. */
  readonly path: string;
}

/** What the tasks read in this cloud. */
export function plannedChecks(tasks: readonly ImportTask[], cloud: Cloud): PlannedCheck[] {
  return tasks.flatMap((task) =>
    endpoints[task].flatMap((endpoint) => {
      const path = endpoint.path(cloud);
      return path === null ? [] : [{ task, endpoint, path }];
    }),
  );
}
