import type { AccountInfo, AuthenticationResult } from '@azure/msal-node';
import { throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { HttpClient } from '../graph/httpClient';
import type { Connection } from '../model/connection';
import { orAbort } from './abortRace';
import { signInWithBrowser } from './browserSignIn';
import { clientCredential } from './clientCredential';
import { defaultScope, endpointsOf, graphScopes } from './clouds';
import { signInByDeviceCode } from './deviceCodeSignIn';
import { vaultKeys } from './identity';
import type {
  AccessToken,
  Identity,
  SecretVault,
  SignInOptions,
  SignInResult,
  TokenOptions,
  TokenSource,
} from './identity';
import { confidentialClient, publicClient } from './msalClients';
import { explainMsalFailure } from './msalFailure';
import { MsalNetworkClient } from './msalNetworkClient';
import type { MetadataCache } from './msalNetworkClient';
import { checkToken, expectedTenant, withoutIdentityScopes } from './operation';
import type { CheckedToken, Operation } from './operation';
import { delegatedPermissions } from './scopes';
import { Sequencer } from './sequencer';
import { kindOf, readRecord, writeRecord } from './signInRecord';
import type { SignInRecord } from './signInRecord';
import { defaultTimings } from './signInTimings';
import type { SignInTimings } from './signInTimings';
import { VaultCachePlugin } from './vaultCachePlugin';

/** What {@link createIdentity} needs. */
export interface IdentityDeps {
  readonly vault: SecretVault;
  /** The HTTP client of a connection. */
  readonly http: (connection: Connection) => HttpClient | Promise<HttpClient>;
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Other waiting times than the usual ones. */
  readonly timings?: Partial<SignInTimings>;
}

/** Makes the sign-in of connections, on MSAL Node. See {@link Identity} for its promises. */
export function createIdentity(deps: IdentityDeps): Identity {
  return new MsalIdentity(deps);
}

class MsalIdentity implements Identity {
  private readonly metadata: MetadataCache = new Map();
  /** Whatever reads and then writes a connection's vault entry waits for its turn. */
  private readonly turns = new Sequencer();
  private readonly now: () => Date;
  private readonly timings: SignInTimings;

  constructor(private readonly deps: IdentityDeps) {
    this.now = deps.now ?? ((): Date => new Date());
    this.timings = { ...defaultTimings, ...deps.timings };
  }

  async signIn(connection: Connection, options: SignInOptions): Promise<SignInResult> {
    const operation = await this.start(connection, options.signal);
    const expected = expectedTenant(connection);
    try {
      throwIfAborted(options.signal);
      const { result, cache } = await this.acquire(operation, options);
      const token = await this.checkSignIn(result, expected, options);
      throwIfAborted(options.signal);
      const account = result?.account ?? null;
      const record: SignInRecord = {
        version: 1,
        kind: kindOf(options.flow),
        connectionFlow: connection.flow,
        tenantId: token.tenantId,
        homeAccountId: account?.homeAccountId ?? '',
        scopes: withoutIdentityScopes(result?.scopes ?? []),
        cache,
      };
      // Only now, in place of what was there: a refused sign-in leaves nothing behind and takes nothing away.
      await this.turns.run(connection.connectionId, () => writeRecord(this.deps.vault, connection, record));
      this.deps.logger.info(`Signed in to tenant ${token.tenantId} by ${options.flow}`);
      return {
        ...(account === null ? {} : { account: account.username }),
        tenantId: token.tenantId,
        scopes: token.scopes,
        roles: token.roles,
      };
    } catch (error) {
      const failure = explainMsalFailure(error, operation.network, { silent: false });
      this.deps.logger.info(`Sign-in by ${options.flow} ended: ${failure.reason} ${numbersOf(failure)}`);
      throw failure.reason === 'cancelled'
        ? new LicenseError('signInCancelled', 'The sign-in was cancelled.')
        : failure;
    }
  }

  async signOut(connection: Connection, options: { forgetSecret?: boolean } = {}): Promise<void> {
    const { vault } = this.deps;
    const { connectionId } = connection;
    await this.turns.run(connectionId, async () => {
      await vault.delete(vaultKeys.tokenCache(connectionId));
      if (!options.forgetSecret) return;
      await vault.delete(vaultKeys.clientSecret(connectionId));
      await vault.delete(vaultKeys.clientCertificate(connectionId));
      await vault.delete(vaultKeys.proxyPassword(connectionId));
    });
  }

  tokenSource(connection: Connection): TokenSource {
    return {
      getToken: async (options: TokenOptions = {}) => {
        throwIfAborted(options.signal);
        const turn = this.turns.run(connection.connectionId, async () => {
          throwIfAborted(options.signal);
          return this.getToken(connection, options);
        });
        return orAbort(turn, options.signal);
      },
    };
  }

  /** Another tenant than the connection's is refused, unless the person says that it is meant. */
  private async checkSignIn(
    result: AuthenticationResult | null,
    expected: string | null,
    { confirmTenant }: SignInOptions,
  ): Promise<CheckedToken> {
    try {
      return checkToken(result, expected, this.now());
    } catch (error) {
      if (confirmTenant === undefined || expected === null || !isLicenseError(error, 'wrongTenant'))
        throw error;
      const token = checkToken(result, null, this.now());
      if (!(await confirmTenant({ expected, actual: token.tenantId }))) throw error;
      return token;
    }
  }

  private async start(connection: Connection, signal: AbortSignal | undefined): Promise<Operation> {
    const { logger } = this.deps;
    const { metadata, now, timings } = this;
    const http = await this.deps.http(connection);
    const network = new MsalNetworkClient({ http, signal, metadata, now, timings, logger });
    return { connection, network, logger, timings, now };
  }

  /** New tokens by a flow, in memory only. */
  private async acquire(
    operation: Operation,
    options: SignInOptions,
  ): Promise<{ result: AuthenticationResult | null; cache: string }> {
    const { connection, network, logger } = operation;
    if (options.flow === 'clientCredentials') {
      const tenant = ownTenant(connection);
      const client = confidentialClient(
        { connection, tenant, network, logger },
        await clientCredential(this.deps.vault, connection, this.now()),
      );
      const request = client.acquireTokenByClientCredential({ scopes: [defaultScope(connection)] });
      const result = await orAbort(request, options.signal);
      return { result, cache: client.getTokenCache().serialize() };
    }
    // Whoever may take another tenant must be able to pick an account of it.
    const known = options.confirmTenant === undefined ? connection.tenantId : null;
    const tenant = connection.tenant ?? known ?? 'organizations';
    const client = publicClient({ connection, tenant, network, logger });
    const scopes = graphScopes(connection, options.permissions ?? delegatedPermissions(connection));
    const signIn = options.flow === 'deviceCode' ? signInByDeviceCode : signInWithBrowser;
    const result = await signIn(client, scopes, operation, options);
    return { result, cache: client.getTokenCache().serialize() };
  }

  private async getToken(connection: Connection, options: TokenOptions, again = false): Promise<AccessToken> {
    const operation = await this.start(connection, options.signal);
    const plugin = new VaultCachePlugin(this.deps.vault, connection);
    try {
      const record = await readRecord(this.deps.vault, connection);
      const kind = record?.kind ?? kindOf(connection.flow);
      const expected = expectedTenant(connection) ?? record?.tenantId ?? null;
      const result =
        kind === 'application'
          ? await this.ofApplication(operation, plugin, options)
          : await this.ofUser(operation, plugin, record, options);
      return checkToken(result, expected, this.now());
    } catch (error) {
      const failure = explainMsalFailure(error, operation.network, { silent: true });
      if (failure.reason !== 'signInRequired') throw failure;
      // Another window may have renewed the tokens between our reading and our asking.
      if (!again && (await plugin.isOutdated())) return await this.getToken(connection, options, true);
      await plugin.afterFailure();
      throw failure;
    }
  }

  private async ofUser(
    { connection, network, logger }: Operation,
    plugin: VaultCachePlugin,
    record: SignInRecord | null,
    options: TokenOptions,
  ): Promise<AuthenticationResult> {
    if (record === null) throw notSignedIn();
    const tenant = expectedTenant(connection) ?? record.tenantId;
    const client = publicClient({ connection, tenant, network, logger, plugin });
    const accounts = await client.getTokenCache().getAllAccounts();
    const account = accounts.find(({ homeAccountId }) => homeAccountId === record.homeAccountId);
    if (!account) throw notSignedIn();
    const scopes =
      record.scopes.length > 0 ? record.scopes : graphScopes(connection, delegatedPermissions(connection));
    return client.acquireTokenSilent({
      // With the tenant in both places, or MSAL answers with a token of the account's home tenant.
      account: { ...account, tenantId: tenant } satisfies AccountInfo,
      authority: `${endpointsOf(connection).login}/${tenant}`,
      scopes: [...scopes],
      forceRefresh: options.forceRefresh ?? false,
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    });
  }

  private async ofApplication(
    { connection, network, logger }: Operation,
    plugin: VaultCachePlugin,
    options: TokenOptions,
  ): Promise<AuthenticationResult | null> {
    const tenant = ownTenant(connection);
    const credential = await clientCredential(this.deps.vault, connection, this.now());
    const client = confidentialClient({ connection, tenant, network, logger, plugin }, credential);
    return client.acquireTokenByClientCredential({
      scopes: [defaultScope(connection)],
      skipCache: options.forceRefresh ?? false,
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    });
  }
}

/** The tenant an application signs in to; it cannot be left open. */
function ownTenant({ tenant, tenantId }: Connection): string {
  const own = tenant ?? tenantId;
  if (own !== null) return own;
  throw new LicenseError('tenantRequired', 'An application that signs in as itself needs the tenant.');
}

function notSignedIn(): LicenseError {
  return new LicenseError('signInRequired', 'The connection is not signed in.', { errorCode: 'no_account' });
}

function numbersOf(error: LicenseError): string {
  return ['errorCode', 'correlationId', 'traceId', 'timestamp', 'host', 'code']
    .filter((name) => isLicenseError(error) && error.details[name] !== undefined)
    .map((name) => `${name}=${String(error.details[name])}`)
    .join(' ');
}
