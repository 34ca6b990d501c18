import type { RegistrationDetailsRow } from '../model/datasets';
import { optionalBooleanOf, optionalTimeOf, propertiesOf, requiredIdOf } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = ['AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'];

/**
 * Reads who has registered for multifactor authentication. The service leaves out disabled users, and tenants
 * without Entra ID P1 are refused. It takes neither `$select` nor a page size.
 * @see https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails
 */
export function readRegistrationDetails(
  context: ReadingContext,
): AsyncIterable<readonly RegistrationDetailsRow[]> {
  return readListing(
    context,
    '/v1.0/reports/authenticationMethods/userRegistrationDetails',
    { permissions },
    toRow,
  );
}

function toRow(value: unknown): RegistrationDetailsRow | null {
  const details = propertiesOf(value);
  const userId = requiredIdOf(details?.id);
  if (details === null || userId === null) return null;
  return {
    userId,
    isMfaRegistered: optionalBooleanOf(details.isMfaRegistered),
    isMfaCapable: optionalBooleanOf(details.isMfaCapable),
    lastUpdatedAt: optionalTimeOf(details.lastUpdatedDateTime),
  };
}
