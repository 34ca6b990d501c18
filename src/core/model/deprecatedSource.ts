import { LicenseError } from '../foundation/errors';
import type { Connection } from './connection';
import { defaultRedirectUri } from './connectionEndpoints';
import { isGuid } from './networkNames';

/** Whether a connection is of the source type that can be kept and read, but neither made, changed nor run. */
export function isDeprecated({ sourceType }: Pick<Connection, 'sourceType'>): boolean {
  return sourceType === 'office365Deprecated';
}

/** @throws LicenseError `invalidArgument` for a connection of the deprecated source type */
export function refuseDeprecated(connection: Pick<Connection, 'name' | 'sourceType' | 'connectionId'>): void {
  if (!isDeprecated(connection)) return;
  const { name, connectionId } = connection;
  throw new LicenseError(
    'invalidArgument',
    `“${name}” is of the deprecated source type Microsoft Office 365 and can’t be run. Convert it to Microsoft 365 with “Convert Connection”; its history stays.`,
    { connectionId },
  );
}

/**
 * The same connection as one of Microsoft 365: its id stays, and with it the history of its imports. An app that
 * the deprecated type had not is the multi-tenant app; whoever signed in must do so again.
 */
export function convertedConnection(connection: Connection, presetClientId: string): Connection {
  const clientId = isGuid(connection.clientId) ? connection.clientId : presetClientId;
  const flow =
    connection.flow === 'clientCredentials' && clientId === presetClientId
      ? 'authorizationCode'
      : connection.flow;
  const { scopes: _, roles: __, refreshedAt: ___, ...rest } = connection;
  return {
    ...rest,
    sourceType: 'microsoft365',
    clientId,
    flow,
    redirectUri:
      flow === 'authorizationCode'
        ? (connection.redirectUri ?? defaultRedirectUri({ ...connection, clientId }, presetClientId))
        : null,
    account: null,
    signedInAt: null,
  };
}
