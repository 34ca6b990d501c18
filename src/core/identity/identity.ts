import type { Connection, SignInFlow } from '../model/connection';

/** Keeps secrets; backed by VS Code's SecretStorage. Nothing kept here is ever written elsewhere. */
export interface SecretVault {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** What a person must do to finish a device-code sign-in. */
export interface DeviceCodePrompt {
  readonly userCode: string;
  readonly verificationUri: string;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
  /** Microsoft's own instruction text. */
  readonly message: string;
}

/** How a sign-in talks to the person. */
export interface SignInPrompter {
  /** Shows the code. Resolves at once or when the person is ready; the sign-in polls meanwhile. */
  showDeviceCode(prompt: DeviceCodePrompt): void;
  /** Opens the system's browser. Resolves false when it could not be opened. */
  openBrowser(url: string): Promise<boolean>;
  /**
   * Asks for the address that the browser shows after the sign-in, where the redirect URI is not on this machine
   * (`…/oauth2/nativeclient`). Resolves undefined when the person gives up. Without it such a connection can
   * only sign in by device code.
   */
  askForRedirect?(redirectUri: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Result of a sign-in, as the `signIn` command returns it. */
export interface SignInResult {
  /** User principal name; absent for client credentials. */
  readonly account?: string;
  readonly tenantId: string;
  /** Delegated permissions of the token, sorted. */
  readonly scopes: readonly string[];
  /** Application permissions of the token, sorted. */
  readonly roles: readonly string[];
}

/** A bearer token for the connection's own Graph host. Never log it. */
export interface AccessToken {
  readonly token: string;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** Options of {@link TokenSource.getToken}. */
export interface TokenOptions {
  readonly signal?: AbortSignal;
  /** True after a 401: do not answer from the cache. */
  readonly forceRefresh?: boolean;
  /** JSON text of a claims challenge. */
  readonly claims?: string;
}

/** Gives tokens without ever asking the person; rejects with `signInRequired` when that is needed. */
export interface TokenSource {
  getToken(options?: TokenOptions): Promise<AccessToken>;
}

/** Options of {@link Identity.signIn}. */
export interface SignInOptions {
  readonly flow: SignInFlow;
  readonly prompter: SignInPrompter;
  readonly signal: AbortSignal;
  readonly claims?: string;
  /** Delegated permissions to ask for in place of those that the connection's tasks need, by their short names. */
  readonly permissions?: readonly string[];
  /**
   * Asked when the person picked an account of another tenant than the connection's; true takes that tenant. Without
   * it, such a sign-in is refused (`wrongTenant`).
   */
  readonly confirmTenant?: (tenants: {
    readonly expected: string;
    readonly actual: string;
  }) => Promise<boolean>;
}

/**
 * Sign-in of connections. Rejects with a `LicenseError` whose reason says what happened and whose details hold
 * `errorCode` (`AADSTS…`), `correlationId` and `traceId` where Entra ID gave them.
 */
export interface Identity {
  signIn(connection: Connection, options: SignInOptions): Promise<SignInResult>;
  /** Forgets the connection's tokens; its client secret stays unless `forgetSecret`. */
  signOut(connection: Connection, options?: { forgetSecret?: boolean }): Promise<void>;
  tokenSource(connection: Connection): TokenSource;
}

/** What the vault keeps of a client certificate, as JSON. Both PEM; the key is not encrypted, the vault is. */
export interface ClientCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** Keys of the vault, by connection. */
export const vaultKeys = {
  tokenCache: (connectionId: string): string => `connection/${connectionId}/tokenCache`,
  clientSecret: (connectionId: string): string => `connection/${connectionId}/clientSecret`,
  clientCertificate: (connectionId: string): string => `connection/${connectionId}/clientCertificate`,
  proxyPassword: (connectionId: string): string => `connection/${connectionId}/proxyPassword`,
};
