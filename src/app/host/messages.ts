import { isLicenseError, type LicenseError } from '../../core/foundation/errors';
import { entraErrorCodes } from '../../core/identity/entraErrorCodes';

/**
 * The sentence for a person: what happened, why, and what to do next. The switch knows every reason, so a new
 * reason does not compile until it has a sentence.
 */
export function describeError(error: unknown): string {
  if (!isLicenseError(error)) {
    return `Something unexpected happened: ${error instanceof Error ? error.message : String(error)}. The log has the details.`;
  }
  return withSupportNumbers(entraSentence(error) ?? sentence(error), error);
}

/** The sentence for the number that Entra ID gave; null where it gave none that is known, or another outcome. */
function entraSentence(error: LicenseError): string | null {
  const number = /^AADSTS(\d+)$/.exec(detail(error, 'errorCode'))?.[1];
  const row = number === undefined ? undefined : entraErrorCodes[Number(number)];
  if (row === undefined) return null;
  return row.reason === error.reason || row.reason === error.details['because'] ? row.help : null;
}

/** Appends the numbers that Microsoft's support or the tenant's administrator will ask for. */
function withSupportNumbers(text: string, error: LicenseError): string {
  const numbers = [detail(error, 'errorCode'), labeled('correlation id', error, 'correlationId')].filter(
    Boolean,
  );
  const request = labeled('request id', error, 'requestId');
  if (request && error.reason !== 'signInRequired') numbers.push(request);
  return numbers.length > 0 ? `${text} (${numbers.join(', ')})` : text;
}

function labeled(label: string, error: LicenseError, key: string): string {
  const value = detail(error, key);
  return value === '' ? '' : `${label} ${value}`;
}

function detail(error: LicenseError, key: string): string {
  const value = error.details[key];
  return value === undefined || value === null ? '' : String(value);
}

function host(error: LicenseError): string {
  return detail(error, 'host') || 'the server';
}

function sentence(error: LicenseError): string {
  switch (error.reason) {
    case 'invalidArgument':
    case 'notFound':
    case 'busy':
    case 'registrationIncomplete':
    case 'priceBookInvalid':
      return error.message;
    case 'cancelled':
      return 'Cancelled. Nothing that was stored has changed.';
    case 'readOnlyConnection':
      return 'This connection is read-only, so it never writes to the tenant. Edit the connection to allow it.';

    case 'signInRequired':
      return 'Sign-in is needed: the stored sign-in is missing, has expired or was revoked. Run “Sign In” on the connection.';
    case 'signInFailed':
      return `Microsoft Entra ID refused the sign-in: ${firstLine(error.message)} Try again, or ask the tenant’s administrator.`;
    case 'signInCancelled':
      return 'The sign-in was cancelled. Nothing has changed; run “Sign In” to try again.';
    case 'signInTimedOut':
      return 'The sign-in was not finished in time. Run “Sign In” to try again.';
    case 'codeExpired':
      return 'The sign-in code has expired before it was used. Run “Sign In” to get a new one.';
    case 'consentRequired':
      return 'The application has no consent for the permissions that an import needs. An administrator of the tenant must grant it; then sign in again.';
    case 'clientUnknown':
      return 'The tenant does not know this application (client) ID. Check the client ID and the tenant of the connection; an administrator may have to consent to the application first.';
    case 'clientSecretWrong':
      return 'The client secret is wrong. Enter the secret’s value (not its ID) with “Edit Connection”.';
    case 'clientSecretExpired':
      return 'The client secret has expired. Create a new one in the app registration and enter it with “Edit Connection”.';
    case 'publicClientNotAllowed':
      return 'The app registration does not allow public client flows. Switch on “Allow public client flows” under Authentication, then sign in again.';
    case 'tenantUnknown':
      return 'Microsoft Entra ID does not know this tenant in this cloud. Check the tenant and the cloud of the connection.';
    case 'wrongTenant':
      return `The account belongs to another tenant (${detail(error, 'actual') || 'unknown'}) than the connection (${detail(error, 'expected') || 'unknown'}). Nothing was stored; sign in with an account of the connection’s tenant.`;
    case 'accountNotInTenant':
      return 'This account does not exist in the tenant. Choose another account, or ask to be invited.';
    case 'conditionalAccess':
      return 'A Conditional Access policy of the tenant blocks this sign-in. Trying again does not help; give the numbers below to the tenant’s administrator.';

    case 'deviceCodeNotAllowed':
      return 'A policy of the tenant refuses sign-ins by device code. Run “Sign In” with the browser.';
    case 'tenantRequired':
      return 'This sign-in needs the tenant. Enter the tenant’s ID or domain with “Edit Connection”.';
    case 'cloudMismatch':
      return 'The tenant is not in the cloud of the connection. Choose the right cloud with “Edit Connection”.';
    case 'appMisconfigured':
      return `The app registration does not fit this sign-in: ${firstLine(error.message)} Its owner can correct it.`;
    case 'userNotAssigned':
      return 'This account is not assigned to the application. An administrator of the tenant can assign it.';
    case 'browserNotOpened':
      return 'The browser was not opened. Run “Sign In” again and allow the page, or sign in with a device code.';

    case 'certificateUnreadable':
    case 'certificateKeyMissing':
    case 'certificateUnsuitable':
      return error.message;
    case 'certificatePasswordWrong':
      return 'The password of the certificate file is missing or wrong. Enter the one that the file was exported with.';
    case 'certificateExpired':
      return `The certificate ended on ${detail(error, 'notAfter').slice(0, 10)}. Make a new one, add it to the app registration, and choose its file with “Edit Connection”.`;

    case 'proxyUnreachable':
      return `The proxy ${detail(error, 'proxy')} of this connection can’t be reached, or does not answer as a proxy (${detail(error, 'code')}). Check its address, its port and whether it is http or https with “Edit Connection”; nothing was sent around it.`;
    case 'proxyAuthenticationRequired':
      return proxyCredentials(error);
    case 'proxyRefused':
      return `The proxy ${detail(error, 'proxy')} did not connect to ${host(error)} (status ${detail(error, 'status')}). Ask the proxy’s administrator whether this host is allowed; nothing was sent around the proxy.`;
    case 'network':
      return `${capital(host(error))} can’t be reached. Check the network connection and the proxy settings, then try again.`;
    case 'timeout':
      return `${capital(host(error))} did not answer in time. Try again later.`;
    case 'certificate':
      return `The certificate of ${host(error)} is not trusted. If a proxy inspects traffic, its certificate authority must be installed; for a custom cloud, set the connection’s CA certificate file.`;
    case 'throttled':
      return 'Microsoft Graph is throttling this application and did not let it through after several tries. Try again in some minutes.';
    case 'badResponse':
      return `${capital(host(error))} answered with something that is not what Microsoft documents. If a proxy or gateway is in between, it may have answered instead; the log has the details.`;
    case 'permissionMissing':
      return `The application lacks a permission${named(error, 'permission')}. An administrator must grant it; then sign in again.`;
    case 'roleMissing':
      return `The signed-in account lacks a directory role${named(error, 'role') || ' (for usage reports: Reports Reader)'}. Ask the administrator to assign it.`;
    case 'premiumRequired':
      return 'The tenant has no Microsoft Entra ID P1 or P2 license, which Microsoft requires for sign-in data.';
    case 'serviceError':
      return `Microsoft Graph could not answer (status ${detail(error, 'status') || 'unknown'}). Try again later.`;
    case 'untrustedHost':
      return `The server pointed to another host (${host(error)}), and the token was not sent there. Check the connection’s endpoints.`;
    case 'noData':
      return 'The service answered with no rows although there were some before, so the old data was kept. Try again later.';

    case 'storeNotWritable':
      return `The data file can’t be written in ${detail(error, 'path') || 'the storage folder'} (${detail(error, 'errno') || 'unknown cause'}). Make room or allow writing there, then repeat; nothing that was stored has changed.`;
    case 'storeDamaged':
      return `The data file ${detail(error, 'file')} is damaged, or is not a data file of this extension. It was left as it is. Run “Recover Data File” to set it aside and go on with the previous state or with an empty file.`;
    case 'storeNewer':
      return 'The data file was written by a newer version of this extension and is open for reading only. Update the extension to import again.';
    case 'storeFailed':
      return `The data file could not be used: ${error.message} The log has the details.`;
    case 'fileNotWritable':
      return `The file ${detail(error, 'path')} can’t be written (${detail(error, 'errno') || 'unknown cause'}). Choose another place.`;
    case 'unexpected':
      return `Something unexpected happened: ${error.message}. The log has the details.`;
  }
}

function proxyCredentials(error: LicenseError): string {
  const proxy = `The proxy ${detail(error, 'proxy')}`;
  const schemes = detail(error, 'schemes');
  if (schemes !== '' && !/\bbasic\b/i.test(schemes)) {
    return `${proxy} takes only ${schemes}, and this connection can give a user name and password only (Basic). Use another proxy, or let VS Code’s own proxy settings hold for this connection.`;
  }
  return error.details['credentialsSent'] === true
    ? `${proxy} did not accept the user name and password. Enter them anew with “Edit Connection”.`
    : `${proxy} wants a user name and password. Enter them with “Edit Connection”.`;
}

function firstLine(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  return line.endsWith('.') ? line : `${line}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function named(error: LicenseError, key: string): string {
  const value = detail(error, key);
  return value === '' ? '' : ` (${value})`;
}
