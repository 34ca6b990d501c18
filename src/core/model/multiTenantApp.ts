/**
 * The pre-registered multi-tenant application of the Microsoft 365 connector, offered when a person brings no
 * application of their own. Its permissions are read-only; an administrator consents for the organization.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export const multiTenantApp = {
  clientId: '5bb1a5a2-0d97-4335-9448-119f7b27aff9',
  authorizationEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  redirectUri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
  flow: 'authorizationCode',
  /** Delegated permissions it was registered for. */
  scopes: ['Directory.Read.All', 'Reports.Read.All', 'offline_access'],
} as const;
