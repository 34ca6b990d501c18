import type { Connection, ImportTask } from '../model/connection';
import { multiTenantApp } from '../model/multiTenantApp';
import { clouds } from './clouds';

/** Something a task reads, and the permissions that allow it. */
export interface PermissionNeed {
  /** Any of these is enough; the least one first. The same names exist as delegated and application permissions. */
  readonly anyOf: readonly [string, ...string[]];
  readonly purpose: string;
  /** True: without it the task still brings results, with a warning. */
  readonly optional: boolean;
}

const users: PermissionNeed = {
  anyOf: ['User.Read.All', 'Directory.Read.All'],
  purpose: 'users and their licenses',
  optional: false,
};
const products: PermissionNeed = {
  anyOf: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'],
  purpose: 'subscribed products',
  optional: false,
};
const organization: PermissionNeed = {
  anyOf: ['Organization.Read.All', 'Directory.Read.All'],
  purpose: 'subscriptions and the name of the tenant',
  optional: false,
};
const reports: PermissionNeed = { anyOf: ['Reports.Read.All'], purpose: 'usage reports', optional: false };
const concealment: PermissionNeed = {
  anyOf: ['ReportSettings.Read.All'],
  purpose: 'whether reports conceal names',
  optional: true,
};
const signIns: PermissionNeed = { anyOf: ['AuditLog.Read.All'], purpose: 'sign-in activity', optional: true };
const groups: PermissionNeed = {
  anyOf: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  purpose: 'groups that assign licenses',
  optional: false,
};

/** Each thing that tasks read, by name. */
export const needs = { users, products, organization, reports, concealment, signIns, groups } as const;

/**
 * What each task reads. Reading only: writing has permissions of its own, asked for elsewhere.
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
export const permissionNeeds: Readonly<Record<ImportTask, readonly PermissionNeed[]>> = {
  applicationRoster: [users, products, reports, concealment, signIns],
  applicationAccess: [reports, concealment, signIns],
  licenseInformation: [products, organization],
  licenseDifferentiation: [users, groups],
};

/**
 * The delegated permissions to ask for at sign-in: the least that the connection's tasks need, sorted. Short
 * names; see `graphScopes` for what goes on the wire.
 */
export function delegatedPermissions(connection: Pick<Connection, 'clientId' | 'cloud' | 'tasks'>): string[] {
  // This application is registered for these and no others; anything else would ask an administrator for more.
  if (connection.clientId.toLowerCase() === multiTenantApp.clientId) {
    return multiTenantApp.scopes.filter((scope) => scope.includes('.'));
  }
  const permissions = new Set<string>();
  for (const task of connection.tasks) {
    for (const need of permissionNeeds[task]) permissions.add(leastKnown(need, connection.cloud));
  }
  return [...permissions].sort();
}

/** The least permission that is known to exist in the cloud. */
export function leastKnown(need: PermissionNeed, cloud: Connection['cloud']): string {
  const known = (permission: string): boolean =>
    cloud === 'custom' || clouds[cloud].hasLicensePermissions || !permission.startsWith('LicenseAssignment.');
  return need.anyOf.find(known) ?? need.anyOf[0];
}
