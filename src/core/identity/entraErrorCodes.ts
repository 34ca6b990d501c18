import type { ErrorReason } from '../foundation/errors';

/** What a number of Entra ID means for us. */
export interface EntraErrorCode {
  readonly reason: ErrorReason;
  /** What happened and what to do, in one or two sentences. */
  readonly help: string;
}

const again = 'Sign in again.';
const publisher = 'The registration of the application must be corrected by its owner.';

/**
 * Numbers of `AADSTS` messages. Microsoft may change them, so they choose only the reason and the help; what
 * happens next is decided by the `error` and `suberror` of an answer.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const entraErrorCodes: Readonly<Record<number, EntraErrorCode>> = {
  // the person has to do something
  50058: { reason: 'signInRequired', help: `There is no session to continue. ${again}` },
  50074: { reason: 'signInRequired', help: `Multifactor authentication is needed. ${again}` },
  50076: {
    reason: 'signInRequired',
    help: 'Multifactor authentication is needed. Sign in again in the browser.',
  },
  50078: { reason: 'signInRequired', help: `The multifactor authentication has expired. ${again}` },
  50079: {
    reason: 'signInRequired',
    help: 'The account must set up multifactor authentication. Sign in in a browser and follow the steps.',
  },
  50158: { reason: 'signInRequired', help: `An external security challenge was not passed. ${again}` },
  50173: { reason: 'signInRequired', help: `The sign-in was revoked, or the password was changed. ${again}` },
  70008: { reason: 'signInRequired', help: `The sign-in has expired. ${again}` },
  70043: {
    reason: 'signInRequired',
    help: `The tenant's sign-in frequency policy ended the sign-in. ${again}`,
  },
  700082: {
    reason: 'signInRequired',
    help: `The sign-in was not used for 90 days and has expired. ${again}`,
  },
  700084: {
    reason: 'signInRequired',
    help: `The sign-in has reached its longest life of 24 hours. ${again}`,
  },
  135010: {
    reason: 'signInRequired',
    help: `Entra ID did not find a key of this sign-in. ${again} If that does not help, ask the administrator.`,
  },

  // policies
  53000: {
    reason: 'conditionalAccess',
    help: 'The device is not compliant. Use a managed device, or ask the administrator.',
  },
  53001: {
    reason: 'conditionalAccess',
    help: 'The device is not joined to the domain. Use a managed device, or ask the administrator.',
  },
  53003: {
    reason: 'conditionalAccess',
    help: 'Conditional Access blocks this sign-in. Ask the administrator, with the correlation id; trying again does not help.',
  },
  530032: {
    reason: 'conditionalAccess',
    help: 'A security policy of the tenant blocks this sign-in. Ask the administrator.',
  },
  530036: {
    reason: 'deviceCodeNotAllowed',
    help: 'A policy of the tenant refuses sign-ins by device code. Sign in with the browser.',
  },

  // consent
  65001: {
    reason: 'consentRequired',
    help: 'Nobody has consented to the permissions of the application. An administrator must grant consent: “Test Connection” has the link to send.',
  },
  65004: {
    reason: 'consentRequired',
    help: 'Consent was declined. Sign in again and accept, or ask the administrator.',
  },
  90094: {
    reason: 'consentRequired',
    help: 'Only an administrator may grant consent to this application. Send the link of “Test Connection” to one.',
  },
  90095: {
    reason: 'consentRequired',
    help: 'The request for consent waits for an administrator. Sign in again once it has been approved.',
  },

  // the application
  700016: {
    reason: 'clientUnknown',
    help: 'The tenant does not know this application. Check client ID and tenant; an administrator must consent first.',
  },
  7000215: {
    reason: 'clientSecretWrong',
    help: "The client secret is wrong. Enter the secret's value; often its ID is pasted by mistake.",
  },
  7000222: {
    reason: 'clientSecretExpired',
    help: 'The client secret has expired. Create a new one in the app registration and enter it with “Edit Connection”.',
  },
  700024: {
    reason: 'signInFailed',
    help: "The times in the application's sign-in are not good. Check this computer's clock.",
  },
  50012: {
    reason: 'signInFailed',
    help: "The application's proof of identity is not good. Check the certificate and this computer's clock.",
  },
  700027: {
    reason: 'clientSecretWrong',
    help: "The application's certificate is not registered. Upload it, or check its thumbprint.",
  },
  7000218: {
    reason: 'publicClientNotAllowed',
    help: 'The app registration is not a public client. Switch on “Allow public client flows”.',
  },
  700025: {
    reason: 'appMisconfigured',
    help: 'The app registration is a public client and takes no secret. Choose a flow without one with “Edit Connection”, or another app registration.',
  },
  65005: {
    reason: 'appMisconfigured',
    help: `The application asks for a resource that it is not registered for. ${publisher}`,
  },
  650056: { reason: 'appMisconfigured', help: `The application is misconfigured. ${publisher}` },
  650057: {
    reason: 'appMisconfigured',
    help: `The application's registration does not list the resource. ${publisher}`,
  },
  70011: { reason: 'appMisconfigured', help: `A permission that was asked for does not exist. ${publisher}` },
  50011: {
    reason: 'appMisconfigured',
    help: 'The redirect URI is not registered. Register http://localhost under “Mobile and desktop applications”.',
  },
  50105: {
    reason: 'userNotAssigned',
    help: 'The account is not assigned to the application. An administrator must assign it to the enterprise application.',
  },

  // tenant, account and cloud
  90002: { reason: 'tenantUnknown', help: 'The tenant was not found. Check the tenant and the cloud.' },
  50059: {
    reason: 'tenantRequired',
    help: 'The request names no tenant. Give the tenant of the connection.',
  },
  50194: {
    reason: 'tenantRequired',
    help: 'The application belongs to one tenant. Give that tenant, or make the application multitenant.',
  },
  90133: {
    reason: 'tenantRequired',
    help: 'Device codes are not possible without a tenant here. Give the tenant of the connection.',
  },
  50020: {
    reason: 'accountNotInTenant',
    help: 'The account belongs to another identity provider and is no guest of that tenant. Choose another account, or ask to be invited.',
  },
  50034: {
    reason: 'accountNotInTenant',
    help: 'The account does not exist in that tenant. Choose another account, or check the tenant of the connection.',
  },
  90072: {
    reason: 'accountNotInTenant',
    help: 'The account is not in that tenant. Choose another account, or ask to be invited as a guest.',
  },
  500011: {
    reason: 'cloudMismatch',
    help: "Microsoft Graph was not found in the tenant. Check the cloud; an administrator's consent may be missing.",
  },
  90038: { reason: 'cloudMismatch', help: 'The tenant lives in a national cloud. Choose that cloud.' },
  50049: { reason: 'cloudMismatch', help: 'The sign-in service does not know this cloud. Check the cloud.' },

  // one sign-in gone wrong
  54005: {
    reason: 'signInFailed',
    help: 'The authorization code was used already. Start the sign-in again.',
  },
  501481: { reason: 'signInFailed', help: 'The code verifier does not match. Start the sign-in again.' },
  70018: { reason: 'signInFailed', help: 'The device code is not valid. Start the sign-in again.' },
  70019: { reason: 'codeExpired', help: 'The device code has expired. Start the sign-in again.' },
  900144: {
    reason: 'signInFailed',
    help: 'The request lacked a parameter, which is a mistake of this program. Report it, with these numbers.',
  },
  9002313: {
    reason: 'signInFailed',
    help: 'The request was malformed, which is a mistake of this program. Report it, with these numbers.',
  },

  // the service
  90033: { reason: 'serviceError', help: 'Entra ID has a passing problem. Try again in some minutes.' },
  90055: { reason: 'throttled', help: 'Entra ID receives too many requests. Wait some minutes.' },
  50196: {
    reason: 'throttled',
    help: 'The application asked for the same token over and over, which is a mistake of this program. Wait some minutes, and report it.',
  },
};
