import * as v from 'valibot';
import type { RegistrationDetailsRow } from '../model/datasets';
import { optionalBoolean, optionalTime, requiredId } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = ['AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'];

const details = v.object({
  id: requiredId,
  isMfaRegistered: optionalBoolean,
  isMfaCapable: optionalBoolean,
  lastUpdatedDateTime: optionalTime,
});

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
  const parsed = v.safeParse(details, value);
  if (!parsed.success) return null;
  const { id, lastUpdatedDateTime, ...flags } = parsed.output;
  return { userId: id, ...flags, lastUpdatedAt: lastUpdatedDateTime };
}
