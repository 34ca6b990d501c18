import { abortable } from '../foundation/abort';
import type { ErrorReason } from '../foundation/errors';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { GraphClient } from '../graph/graphClient';
import { readOrganization } from '../graph/organization';
import type { Connection } from '../model/connection';
import type { Tenant } from '../store/store';
import type { ImportRequest } from './importRequest';

/** Refusals of the sign-in: the import could not run at all, and the command throws. */
const signInReasons: ReadonlySet<ErrorReason> = new Set<ErrorReason>([
  'signInRequired',
  'signInFailed',
  'signInCancelled',
  'signInTimedOut',
  'codeExpired',
  'consentRequired',
  'clientUnknown',
  'clientSecretWrong',
  'clientSecretExpired',
  'publicClientNotAllowed',
  'tenantUnknown',
  'wrongTenant',
  'accountNotInTenant',
  'conditionalAccess',
  'invalidArgument',
  'busy',
]);

/** True for an error after which nothing was imported and nothing is recorded: the caller must act first. */
export function couldNotRun(error: unknown): boolean {
  return isLicenseError(error) && signInReasons.has(error.reason);
}

/**
 * Makes sure that the token opens the connection's own tenant, before anything is asked with it.
 * Rejects with `wrongTenant`, or with what the sign-in rejects with.
 */
export async function checkToken(
  { connection, tokens, signal }: ImportRequest,
  expected: string,
): Promise<void> {
  const token = await abortable(tokens.getToken({ signal }), signal);
  if (token.tenantId.toLowerCase() !== expected) throw wrongTenant(connection, token.tenantId);
}

/**
 * Reads who the tenant is, which must be the connection's own, before a row of it is stored.
 * Rejects with `wrongTenant`, or with what Graph rejects with.
 */
export async function readTenant(
  request: ImportRequest,
  expected: string,
  client: GraphClient,
  known: Tenant | null,
): Promise<Tenant> {
  const { connection } = request;
  try {
    const organization = await readOrganization(client);
    if (organization.tenantId !== expected) throw wrongTenant(connection, organization.tenantId);
    return {
      tenantId: expected,
      displayName: organization.displayName ?? known?.displayName ?? connection.name,
      defaultDomain: organization.defaultDomain ?? known?.defaultDomain ?? null,
      cloud: connection.cloud,
    };
  } catch (error) {
    // The name of the organization is a courtesy: the token has said whose data it opens.
    if (isLicenseError(error, 'permissionMissing') || isLicenseError(error, 'roleMissing')) {
      return fallbackTenant(connection, expected, known);
    }
    throw error;
  }
}

/** What can be said of the tenant without asking it. */
export function fallbackTenant(connection: Connection, tenantId: string, known: Tenant | null): Tenant {
  return {
    tenantId,
    displayName: known?.displayName ?? connection.name,
    defaultDomain: known?.defaultDomain ?? null,
    cloud: connection.cloud,
  };
}

function wrongTenant(connection: Connection, found: string): LicenseError {
  return new LicenseError(
    'wrongTenant',
    `The sign-in of “${connection.name}” opens tenant ${found}, not ${String(connection.tenantId)}.`,
    { expected: connection.tenantId, found },
  );
}
