import type { CheckVerdict } from '../../shared/doctorContract';
import type { LicenseError } from '../foundation/errors';
import { consentRoles, permissionKindOf, type PermissionKind } from '../identity/adminConsent';
import { entraErrorCodes } from '../identity/entraErrorCodes';
import type { Connection } from '../model/connection';
import { multiTenantApp } from '../model/multiTenantApp';
import { innerReason } from './checkVerdict';

/** What the sentence is about. */
export interface ActionFacts {
  readonly connection: Connection;
  readonly verdict: CheckVerdict;
  /** The least permission, by its exact name. */
  readonly permission: string;
  readonly grantedBy: string | null;
  readonly role: string | null;
  readonly optional: boolean;
  /** What Graph or Entra ID rejected with; null when the endpoint answered. */
  readonly error: LicenseError | null;
  /** This computer's clock minus Microsoft's, in milliseconds; null when not known. */
  readonly skewMs: number | null;
}

/** What to do about a verdict, in a sentence or two; the exact permission, and who must consent. */
export function checkAction(facts: ActionFacts): string {
  const sentence = actionOf(facts);
  const needed = facts.verdict !== 'ok' && facts.verdict !== 'noPremiumLicense' && facts.optional;
  return needed ? `Optional. ${sentence}` : sentence;
}

function actionOf(facts: ActionFacts): string {
  const { connection, verdict, permission, role } = facts;
  const kind = permissionKindOf(connection);
  switch (verdict) {
    case 'ok':
      return facts.grantedBy === null
        ? 'Nothing to do.'
        : `Nothing to do: “${facts.grantedBy}” includes this permission.`;
    case 'missingScope':
      return missingScope(connection, kind, permission);
    case 'missingAdminConsent':
      return `Nobody has consented to the ${kind} permission “${permission}” for this tenant. Let ${consentRoles(kind)} open the consent link and accept${kind === 'delegated' ? ', then sign in again' : ', then test again'}.`;
    case 'missingRole':
      return `Let a Privileged Role Administrator assign the directory role ${role ?? 'that this needs'} to ${connection.account ?? 'the signed-in account'}, then sign in again.`;
    case 'noPremiumLicense':
      return 'The tenant has no Microsoft Entra ID P1 or P2 license, which Microsoft demands for this. Nothing else depends on it; activity then comes from usage reports alone.';
    case 'namesConcealed':
      return 'Reports hide the names of users. A Global Administrator clears “Display concealed user, group, and site names in all reports” in the Microsoft 365 admin center (Settings > Org settings > Reports); new reports follow within about two days.';
    case 'conditionalAccess':
      return facts.error !== null && innerReason(facts.error) === 'deviceCodeNotAllowed'
        ? 'A policy of the tenant refuses sign-ins by device code. Sign in with the browser.'
        : (help(facts.error) ??
            'A Conditional Access policy of the tenant refuses. Give the numbers of this row to the tenant’s administrator; trying again does not help.');
    case 'proxyRefused':
      return proxyRefused(connection, facts.error);
    case 'certificateNotTrusted':
      return untrusted(connection, facts.error);
    case 'clockWrong':
      return `${skewText(facts.skewMs)} Microsoft refuses tokens for that. Set the clock to automatic, then test again.`;
    case 'signInNeeded':
      return kind === 'application'
        ? (help(facts.error) ?? 'Microsoft refused the application’s token. Run “Sign In” on the connection.')
        : (help(facts.error) ??
            'The stored sign-in is missing, has expired or was revoked. Run “Sign In” on the connection.');
    case 'signInRefused':
      return (
        help(facts.error) ??
        facts.error?.message ??
        'Correct the connection with “Edit Connection”, then sign in again.'
      );
    case 'unreachable':
      if (facts.error?.reason === 'proxyUnreachable') {
        return `The proxy ${proxyOf(connection, facts.error)} can’t be reached. Check its address and port with “Edit Connection”.`;
      }
      return `${hostOf(facts.error)} can’t be reached. Check the network, the firewall and the proxy, then test again.`;
    case 'serviceError':
      return serviceError(facts);
  }
}

function missingScope(connection: Connection, kind: PermissionKind, permission: string): string {
  if (kind === 'application') {
    return `Add the application permission “${permission}” to the app registration and let ${consentRoles(kind)} grant consent with the link, then test again. A consent can take some minutes to work.`;
  }
  const preset: readonly string[] = multiTenantApp.scopes;
  if (connection.clientId.toLowerCase() === multiTenantApp.clientId && !preset.includes(permission)) {
    return `The multi-tenant app is not registered for “${permission}”. To have it, register your own app (“Register Your Own App”) and use it in this connection.`;
  }
  return `Let ${consentRoles(kind)} grant the delegated permission “${permission}” with the consent link, then sign in again.`;
}

function proxyRefused(connection: Connection, error: LicenseError | null): string {
  const proxy = proxyOf(connection, error);
  return error?.reason === 'proxyAuthenticationRequired'
    ? `The proxy ${proxy} wants a user name and password, and those of the connection are missing or wrong. Enter them with “Edit Connection”.`
    : `The proxy ${proxy} refused the way to ${hostOf(error)}. Ask its administrator to allow this host.`;
}

function proxyOf({ proxy }: Connection, error: LicenseError | null): string {
  const named = error?.details['proxy'];
  return typeof named === 'string' && named !== '' ? named : (proxy?.server ?? 'of VS Code’s settings');
}

function untrusted(connection: Connection, error: LicenseError | null): string {
  const code = error?.details['code'];
  const dated = code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED';
  const clock = dated ? ' Its dates do not fit this computer’s clock, so check that first.' : '';
  const ca =
    connection.cloud === 'custom'
      ? 'Set the connection’s CA certificate file to that of this cloud.'
      : 'If a proxy inspects traffic, install its certificate authority on this computer, or set the connection’s CA certificate file.';
  return `The certificate of ${hostOf(error)} is not trusted${typeof code === 'string' ? ` (${code})` : ''}.${clock} ${ca}`;
}

function serviceError({ error, permission }: ActionFacts): string {
  if (error === null) return 'Test again later.';
  if (error.reason === 'permissionMissing' || error.reason === 'roleMissing') {
    return `Microsoft refuses although “${permission}” is granted. After a new consent, wait some minutes and test again; otherwise give the numbers of this row to Microsoft’s support.`;
  }
  if (error.reason === 'throttled') {
    return 'Microsoft limits how often this may be asked. Wait some minutes, then test again.';
  }
  if (error.reason === 'badResponse') {
    return `${hostOf(error)} answered with something that is not what Microsoft documents, which is often a proxy’s page. Check the network, then test again.`;
  }
  return help(error) ?? 'Microsoft could not answer. Test again in some minutes.';
}

function skewText(skewMs: number | null): string {
  if (skewMs === null) return 'The times in the sign-in do not fit Microsoft’s clock.';
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const amount = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  return `This computer’s clock is ${amount} ${skewMs > 0 ? 'ahead of' : 'behind'} Microsoft’s.`;
}

/** The sentence for the number that Entra ID gave; null when it gave none that is known. */
function help(error: LicenseError | null): string | null {
  const number = /^AADSTS(\d+)$/.exec(String(error?.details['errorCode'] ?? ''))?.[1];
  return number === undefined ? null : (entraErrorCodes[Number(number)]?.help ?? null);
}

function hostOf(error: LicenseError | null): string {
  const host = error?.details['host'];
  return typeof host === 'string' && host !== '' ? host : 'Microsoft';
}
