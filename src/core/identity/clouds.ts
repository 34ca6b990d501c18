import { LicenseError } from '../foundation/errors';
import type { Cloud, CloudEndpoints, Connection } from '../model/connection';
import { isSecureOrigin } from '../model/networkNames';

/** Hosts of a Microsoft cloud. Origins: scheme and host, no path. */
export interface CloudRow {
  readonly displayName: string;
  /** Entra ID. */
  readonly login: string;
  /** Microsoft Graph. */
  readonly graph: string;
  /** Where an administrator opens the app registration. */
  readonly portal: string;
  /** Whether the permissions `LicenseAssignment.*` are known to exist there. */
  readonly hasLicensePermissions: boolean;
}

/**
 * The clouds with fixed hosts. App registrations and tokens of one mean nothing in another.
 * @see https://learn.microsoft.com/graph/deployments
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export const clouds: Readonly<Record<Exclude<Cloud, 'custom'>, CloudRow>> = {
  global: {
    displayName: 'Global (also GCC)',
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    portal: 'https://entra.microsoft.com',
    hasLicensePermissions: true,
  },
  usGovL4: {
    displayName: 'US Government L4 (GCC High)',
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    portal: 'https://portal.azure.us',
    hasLicensePermissions: false,
  },
  usGovL5: {
    displayName: 'US Government L5 (DoD)',
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    portal: 'https://portal.azure.us',
    hasLicensePermissions: false,
  },
  china: {
    displayName: 'China (21Vianet)',
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
    hasLicensePermissions: false,
  },
};

/**
 * Origins of Entra ID and Graph for a connection.
 * @throws LicenseError `invalidArgument` when a custom cloud lacks its endpoints or they are not secure origins
 */
export function endpointsOf(connection: Pick<Connection, 'cloud' | 'endpoints'>): CloudEndpoints {
  if (connection.cloud !== 'custom') {
    const { login, graph } = clouds[connection.cloud];
    return { login, graph };
  }
  const { endpoints } = connection;
  if (endpoints === null || !isSecureOrigin(endpoints.login) || !isSecureOrigin(endpoints.graph)) {
    throw new LicenseError(
      'invalidArgument',
      'A custom cloud needs the origins of its sign-in service and its Graph, https://host or https://host:port.',
    );
  }
  return { login: new URL(endpoints.login).origin, graph: new URL(endpoints.graph).origin };
}

/** The scope for all that has been consented to, for the Graph of the connection's cloud. */
export function defaultScope(connection: Pick<Connection, 'cloud' | 'endpoints'>): string {
  return `${endpointsOf(connection).graph}/.default`;
}

/** The full names of Graph permissions, for the Graph of the connection's cloud. */
export function graphScopes(
  connection: Pick<Connection, 'cloud' | 'endpoints'>,
  permissions: readonly string[],
): string[] {
  const { graph } = endpointsOf(connection);
  return permissions.map((permission) => `${graph}/${permission}`);
}
