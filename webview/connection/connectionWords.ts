import type {
  CertificateSummary,
  ConnectionFormField,
  ConnectionFormValues,
  SecretPresence,
  TaskPermission,
} from '../../src/shared/connectionContract';
import { formatDay } from '../common/displayFormats';
import type { Choice } from '../common/formControls';

/** Source types that can be chosen; the deprecated one only where a connection has it. */
export function sourceTypeChoices(deprecated: boolean): Choice<ConnectionFormValues['sourceType']>[] {
  return [
    { value: 'microsoft365', label: 'Microsoft 365' },
    { value: 'saasManagement', label: 'Microsoft 365 (SaaS Management)' },
    ...(deprecated
      ? [{ value: 'office365Deprecated' as const, label: 'Microsoft Office 365 (deprecated)' }]
      : []),
  ];
}

export const flowChoices: readonly Choice<ConnectionFormValues['flow']>[] = [
  { value: 'authorizationCode', label: 'Authorization Code' },
  { value: 'deviceCode', label: 'Device Code' },
  { value: 'clientCredentials', label: 'Client Credentials' },
];

/** What a flow means for the person. */
export const flowHints: Readonly<Record<ConnectionFormValues['flow'], string>> = {
  authorizationCode: 'You sign in in your browser. Imports then run by themselves with the refresh token.',
  deviceCode:
    'You enter a code on another page or device: for remote windows and locked-down browsers. Some tenants forbid it.',
  clientCredentials:
    'The app signs in as itself, with nobody present. Needs an app of your own and its tenant.',
};

/** Names of the fields for the summary of problems. */
export const fieldNames: Readonly<Record<ConnectionFormField, string>> = {
  name: 'Connection name',
  sourceType: 'Source type',
  cloud: 'Cloud',
  loginOrigin: 'Sign-in service',
  graphOrigin: 'Microsoft Graph',
  caCertificatePath: 'CA certificate file',
  app: 'Which app',
  tenant: 'Tenant',
  clientId: 'Application (client) ID',
  tasks: 'Tasks',
  flow: 'Authentication flow',
  tokenEndpoint: 'Token endpoint',
  authorizationEndpoint: 'Authorization endpoint',
  redirectUri: 'Redirect URI',
  credentialKind: 'Proof',
  secret: 'Client secret',
  secretExpiresOn: 'Secret expires on',
  certificate: 'Certificate',
  useProxy: 'Use Proxy',
  proxyServer: 'Proxy server',
  proxyUsername: 'Proxy username',
  proxyPassword: 'Proxy password',
  readOnly: 'Read-only',
  inactivityDays: 'Inactive after days',
  graceDays: 'New for days',
};

/** Whether a secret is there, never which. */
export function secretStatus(presence: SecretPresence): string {
  switch (presence) {
    case 'none':
      return 'Nothing stored';
    case 'stored':
      return 'Stored in the key chain';
    case 'entered':
      return 'Entered; stored at the next Save';
  }
}

/** Which certificate is there. */
export function certificateStatus(presence: SecretPresence, certificate: CertificateSummary | null): string {
  if (certificate === null) return secretStatus(presence);
  const parts = [
    certificate.subject ?? (presence === 'stored' ? 'Stored in the key chain' : null),
    certificate.expiresAt === null ? null : `expires ${formatDay(certificate.expiresAt)}`,
    certificate.thumbprint === null ? null : `SHA-256 ${certificate.thumbprint.slice(0, 16)}…`,
    presence === 'entered' ? 'stored at the next Save' : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The permissions of a task in a line. */
export function permissionsText(permissions: readonly TaskPermission[]): string {
  const names = (list: readonly TaskPermission[]): string =>
    [...new Set(list.map(({ permission }) => permission))].join(', ');
  const needed = permissions.filter(({ optional, available }) => !optional && available);
  const helpful = permissions.filter(({ optional, available }) => optional && available);
  const beyond = permissions.filter(({ available }) => !available);
  return [
    `Needs ${names(needed)}.`,
    helpful.length === 0
      ? ''
      : `Better with ${helpful.map((p) => `${p.permission} (${p.purpose})`).join(', ')}.`,
    beyond.length === 0 ? '' : `Left out with this app: ${beyond.map((p) => p.purpose).join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The hint of an endpoint that follows the other fields, or that a person has set. */
export function endpointHint(edited: boolean): string {
  return edited ? 'Changed by you.' : 'Follows the cloud, the tenant and the app.';
}

/** The hint of the redirect URI. */
export function redirectHint(isLocal: boolean): string {
  return isLocal
    ? 'The browser comes back to this computer by itself. Register it under “Mobile and desktop applications”.'
    : 'The browser ends on an empty page of Microsoft; you copy its address and paste it here in VS Code.';
}
