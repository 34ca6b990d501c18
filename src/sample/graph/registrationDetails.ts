import type { SampleDirectory } from '../data/directory';
import { pick } from '../data/random';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import { requireAuditReader } from './auditAccess';
import type { GraphCall } from './graphContext';
import { checkOptions, linkTo, positionOf, skipToken } from './paging';

const pageSize = 1000;

/**
 * `GET /reports/authenticationMethods/userRegistrationDetails`, without the disabled users.
 * @see https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails
 */
export function listRegistrationDetails(call: GraphCall): SampleReply {
  checkOptions(call.request, ['$skiptoken']);
  requireAuditReader(call);
  const { address, directory } = call.state;
  const position = positionOf(call.request);
  const value: unknown[] = [];
  let next = -1;
  for (let index = position.at; index < directory.users; index++) {
    if (!directory.user(index).accountEnabled) continue;
    if (value.length === pageSize) {
      next = index;
      break;
    }
    value.push(registrationOf(directory, index));
  }
  const token = skipToken({ at: next, page: position.page + 1 });
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#reports/authenticationMethods/userRegistrationDetails`,
    ...(next < 0 ? {} : { '@odata.nextLink': linkTo(address.graphUrl, call.request, '$skiptoken', token) }),
    value,
  });
}

/** Of ten people seven have registered, and one of those with a method that the policy does not allow. */
function registrationOf(directory: SampleDirectory, index: number): Record<string, unknown> {
  const user = directory.user(index);
  const chance = pick(directory.seed, index, 61, 10);
  const registered = user.kind === 'person' && chance < 7;
  const capable = registered && chance > 0;
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType === 'Guest' ? 'guest' : 'member',
    isAdmin: false,
    isSsprRegistered: registered,
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: registered,
    isMfaCapable: capable,
    isPasswordlessCapable: false,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: registered ? 'push' : 'none',
    methodsRegistered: registered ? ['microsoftAuthenticatorPush'] : [],
    lastUpdatedDateTime: directory.calendar.time(chance + 2, 4 * 3600),
  };
}
