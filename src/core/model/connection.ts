import type { EvaluationSettings } from './evaluation';

/** Where the numbers of a connection come from. SaaS Management supersedes the other two for a tenant. */
export type SourceType = 'microsoft365' | 'saasManagement' | 'office365Deprecated';

/** How a connection signs in: browser with PKCE, device code, or as the application itself. */
export type SignInFlow = 'authorizationCode' | 'deviceCode' | 'clientCredentials';

/** A Microsoft cloud; see `core/identity/clouds.ts` for the hosts of each. */
export type Cloud = 'global' | 'usGovL4' | 'usGovL5' | 'china' | 'custom';

/** What an import can do. Reclamation is never part of an import. */
export type ImportTask =
  'applicationRoster' | 'applicationAccess' | 'licenseInformation' | 'licenseDifferentiation';

/** All import tasks, in the order in which they are listed for a person. */
export const importTasks: readonly ImportTask[] = [
  'applicationRoster',
  'applicationAccess',
  'licenseInformation',
  'licenseDifferentiation',
];

/** Origins (scheme, host and port, no path) of a custom cloud. */
export interface CloudEndpoints {
  readonly login: string;
  readonly graph: string;
}

/** Proxy of one connection. The password is a secret and lives in the vault. */
export interface ConnectionProxy {
  /** `https://host:port`, `http://host:port` or `IP:port`. */
  readonly server: string;
  readonly username?: string;
}

/** What is known of an application's credential, without the credential itself. */
export interface CredentialFacts {
  readonly kind: 'secret' | 'certificate';
  /** UTC ISO 8601: read from the certificate, asked for with a secret; null when unknown. */
  readonly expiresAt: string | null;
  /** SHA-256 thumbprint of the certificate, lower-case hex; null for a secret. */
  readonly thumbprint: string | null;
}

/** A named way into one tenant, without any secret. */
export interface Connection {
  readonly connectionId: string;
  /** Unique; letters, digits, underscores and spaces, starting with a letter or digit. Also the import's name. */
  readonly name: string;
  readonly sourceType: SourceType;
  /** GUID or verified domain as the user gave it; null means any work account (`organizations`). */
  readonly tenant: string | null;
  /** The tenant's GUID, known after the first sign-in. */
  readonly tenantId: string | null;
  readonly cloud: Cloud;
  /** Only for the custom cloud. */
  readonly endpoints: CloudEndpoints | null;
  /** Application (client) ID. */
  readonly clientId: string;
  readonly flow: SignInFlow;
  readonly redirectUri: string | null;
  readonly proxy: ConnectionProxy | null;
  readonly tasks: readonly ImportTask[];
  /** PEM file with the certificate authority of a custom cloud; trusted for this connection only. */
  readonly caCertificatePath: string | null;
  /** True: this connection never gets a write scope. */
  readonly readOnly: boolean;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  /** The account that signed in last (user principal name), or null; for client credentials the client id. */
  readonly account: string | null;
  /** UTC, ISO 8601; null when signed out. */
  readonly signedInAt: string | null;
  /** The application's own credential of client credentials; absent when there is none. */
  readonly credential?: CredentialFacts | null;
  /** Delegated permissions of the last sign-in, sorted; absent when signed out. */
  readonly scopes?: readonly string[];
  /** Application permissions of the last sign-in, sorted. */
  readonly roles?: readonly string[];
  /** When a token was last had from Entra ID, UTC ISO 8601; a refresh token dies 90 days after its last use. */
  readonly refreshedAt?: string | null;
  /** Days of its own for verdicts; absent or null: those of the settings. */
  readonly thresholds?: ConnectionThresholds | null;
}

/** Days of a connection for verdicts, 1 to 730; null: that of the settings. */
export type ConnectionThresholds = { readonly [Name in keyof EvaluationSettings]: number | null };
