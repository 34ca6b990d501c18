import { isLicenseError } from '../foundation/errors';
import type { Dataset } from '../model/datasets';

const names: Readonly<Record<Dataset, string>> = {
  users: 'users',
  subscribedSkus: 'subscribed products',
  subscriptions: 'subscriptions',
  groups: 'groups',
  activations: 'Office activations report',
  appUsage: 'Microsoft 365 Apps usage report',
  oneDriveUsage: 'OneDrive usage report',
  mailboxUsage: 'mailbox usage report',
  activeUsers: 'active users report',
  emailActivity: 'email activity report',
  applicationSignIns: 'sign-in log',
  registrationDetails: 'list of registrations for multifactor authentication',
};

/** What a person is told when a dataset could not be read: what happened, why, and what to do. */
export function failureWarning(dataset: Dataset, error: unknown): string {
  return `The ${names[dataset]} could not be read: ${explanation(error)} What was imported before stays as it was.`;
}

/** What a person is told when sign-in activity had to be left out of the users. */
export function signInActivityWarning(error: unknown): string {
  return `Sign-in dates of users were left out: ${explanation(error)} Everything else about the users was imported.`;
}

/** What a person is told about rows that made no sense. */
export function skippedRowsWarning(dataset: Dataset, rows: number): string {
  const what = rows === 1 ? '1 row' : `${rows} rows`;
  return `${what} of the ${names[dataset]} lacked an id or a name and was left out. See the log if this happens at every import.`;
}

/** What a person is told about a report that can't be joined to users. */
export function concealedWarning(dataset: Dataset, setting: boolean | null): string {
  const change =
    setting === false
      ? 'The tenant’s setting was changed already: the next reports, within about two days, will have names.'
      : 'To use it, a Global Administrator clears “Display concealed user, group, and site names in all reports” in the Microsoft 365 admin center (Settings > Org settings > Reports); new reports follow within about two days.';
  return `The ${names[dataset]} hides the names of users, so it can’t be matched to them. ${change}`;
}

/** What a person is told when a source that had rows is suddenly empty. */
export function noDataWarning(dataset: Dataset, before: number): string {
  return `The ${names[dataset]} came back empty although it had ${before} rows at the last import. What was imported before stays; try again later, and check the permissions of the connection if it stays empty.`;
}

function explanation(error: unknown): string {
  if (!isLicenseError(error)) return 'something unexpected happened. The log has the details.';
  const { details } = error;
  const request = details.requestId ? ` (request id ${String(details.requestId)})` : '';
  switch (error.reason) {
    case 'permissionMissing': {
      const permission = typeof details.permission === 'string' ? ` “${details.permission}”` : '';
      return `the connection lacks the permission${permission}${request}. Ask an administrator to grant it to the application, then import again.`;
    }
    case 'roleMissing':
      return `the signed-in account lacks the directory role that this needs, for example Reports Reader${request}. Ask an administrator to assign it, then import again.`;
    case 'premiumRequired':
      return `the tenant has no Microsoft Entra ID P1 or P2 license, which Microsoft demands for this${request}.`;
    case 'throttled':
      return `Microsoft limits how much may be read and asked to wait too long${request}. Import again later.`;
    case 'network':
      return 'the connection to Microsoft broke off. Check the network and the proxy, then import again.';
    case 'timeout':
      return 'Microsoft did not answer in time. Import again later.';
    case 'certificate':
      return 'the certificate of the server is not trusted. Check for a proxy that inspects traffic, and its certificate authority.';
    case 'proxyUnreachable':
      return 'the connection’s proxy can’t be reached. Check it with “Edit Connection”, then import again.';
    case 'proxyAuthenticationRequired':
      return 'the connection’s proxy did not accept the user name and password. Enter them with “Edit Connection”, then import again.';
    case 'proxyRefused':
      return 'the connection’s proxy would not connect to Microsoft. Ask the proxy’s administrator to allow its hosts.';
    case 'untrustedHost':
      return 'the answer pointed to a host that must not get the sign-in token. Report this to your administrator; the log has the host.';
    case 'badResponse':
      return `the answer was not what Microsoft documents (often a proxy’s page)${request}. Import again later; the log has the details.`;
    case 'serviceError':
      return `Microsoft’s service reported a fault${details.code ? ` (${String(details.code)})` : ''}${request}. Import again later.`;
    case 'signInRequired':
      return 'the sign-in is no longer good. Sign in again, then import.';
    default:
      return `${error.reason}${request}. The log has the details.`;
  }
}
