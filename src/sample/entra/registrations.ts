import type { RegisteredApplications } from './registeredApplications';

/** An application that the tenant knows. */
export interface AppRegistration {
  readonly clientId: string;
  readonly displayName: string;
  readonly kind: 'public' | 'confidential';
}

/** The registered public client. */
export const publicClient: AppRegistration = {
  clientId: '8f2a6c31-5b7d-4e90-a1c4-3d6e9b0f7a52',
  displayName: 'License Manager for Microsoft 365',
  kind: 'public',
};

/**
 * The pre-registered multi-tenant application that new connections are offered, as a tenant knows it once an
 * administrator has consented.
 */
export const multiTenantClient: AppRegistration = {
  clientId: '5bb1a5a2-0d97-4335-9448-119f7b27aff9',
  displayName: 'The multi-tenant application',
  kind: 'public',
};

/** The registered confidential client. */
export const confidentialClient: AppRegistration = {
  clientId: 'c47e19d0-92ab-4f63-8b5e-70d1a6f3c284',
  displayName: 'License Manager for Microsoft 365 (unattended)',
  kind: 'confidential',
};

/** The registration of a client id, in any case: one of those that are always there, or one made since. */
export function registrationOf(
  clientId: string,
  applications: RegisteredApplications,
): AppRegistration | undefined {
  return (
    [publicClient, multiTenantClient, confidentialClient].find(
      (app) => app.clientId === clientId.toLowerCase(),
    ) ?? applications.byId(clientId)
  );
}

/** What the administrator who signs in consents to on the spot, when it is asked for by name. */
export const consentedOnRequest: readonly string[] = ['Application.ReadWrite.All'];

/** What the product asks for: reading, and writing when the user turns that on. */
export const defaultPermissions: readonly string[] = [
  'AuditLog.Read.All',
  'Directory.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'ReportSettings.Read.All',
  'ReportSettings.ReadWrite.All',
  'Reports.Read.All',
  'User.Read.All',
];

const nativeClientPage = 'https://login.microsoftonline.com/common/oauth2/nativeclient';

/**
 * Whether a redirect URI is registered: `http://localhost` with any port, or Microsoft's page for native
 * applications. @see https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export function isRegisteredRedirect(
  uri: string,
  registered: readonly string[] = ['http://localhost', nativeClientPage],
): boolean {
  if (uri === nativeClientPage) return registered.includes(uri);
  try {
    const url = new URL(uri);
    return (
      registered.includes('http://localhost') &&
      url.protocol === 'http:' &&
      url.hostname === 'localhost' &&
      url.pathname === '/' &&
      url.search === ''
    );
  } catch {
    return false;
  }
}

/** Role templates of the signed-in user. @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const directoryRoles = {
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  licenseAdministrator: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
};
