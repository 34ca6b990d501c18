import { ConfidentialClientApplication, LogLevel, PublicClientApplication } from '@azure/msal-node';
import type { Configuration } from '@azure/msal-node';
import { LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { Connection } from '../model/connection';
import type { ClientCredential } from './clientCredential';
import { endpointsOf } from './clouds';
import type { MsalNetworkClient } from './msalNetworkClient';
import type { VaultCachePlugin } from './vaultCachePlugin';

/** What an MSAL client application is made of. */
export interface MsalClientOptions {
  readonly connection: Connection;
  /** GUID, domain or `organizations`. */
  readonly tenant: string;
  readonly network: MsalNetworkClient;
  readonly logger: Logger;
  /** Absent while signing in: new tokens are stored only after they have been checked. */
  readonly plugin?: VaultCachePlugin;
}

/*
 * Each operation gets an application of its own. It costs nothing, it binds the network to the operation's
 * abort signal, and MSAL's local throttling (60 s after any 5xx) and stale memory end with it.
 */

/** An application for sign-ins of people. */
export function publicClient(options: MsalClientOptions): PublicClientApplication {
  const application = new PublicClientApplication(configuration(options, {}));
  options.plugin?.attach(application);
  return application;
}

/** An application that signs in as itself. */
export function confidentialClient(
  options: MsalClientOptions,
  credential: ClientCredential,
): ConfidentialClientApplication {
  const application = new ConfidentialClientApplication(configuration(options, credential));
  options.plugin?.attach(application);
  return application;
}

function configuration(
  { connection, tenant, network, logger, plugin }: MsalClientOptions,
  credential: ClientCredential,
): Configuration {
  const login = new URL(endpointsOf(connection).login);
  if (login.protocol !== 'https:') {
    throw new LicenseError(
      'invalidArgument',
      'The sign-in service of a custom cloud must be an https origin.',
    );
  }
  return {
    auth: {
      clientId: connection.clientId,
      authority: `${login.origin}/${encodeURIComponent(tenant)}`,
      // With its port, or MSAL would ask the global cloud about the host.
      knownAuthorities: connection.cloud === 'custom' ? [login.host] : [],
      // Tokens that Graph can revoke at once, with a claims challenge (continuous access evaluation).
      clientCapabilities: ['CP1'],
      ...credential,
    },
    cache: plugin ? { cachePlugin: plugin } : {},
    system: {
      networkClient: network,
      loggerOptions: {
        piiLoggingEnabled: false,
        logLevel: LogLevel.Verbose,
        loggerCallback: (level, message, containsPii) => {
          if (containsPii) return;
          if (level === LogLevel.Error || level === LogLevel.Warning) logger.debug(`msal: ${message}`);
          else logger.trace(`msal: ${message}`);
        },
      },
    },
  };
}
