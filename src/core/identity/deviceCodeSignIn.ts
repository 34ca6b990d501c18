import type { AuthenticationResult, DeviceCodeRequest, PublicClientApplication } from '@azure/msal-node';
import { LicenseError } from '../foundation/errors';
import { orAbort } from './abortRace';
import type { SignInOptions } from './identity';
import type { Operation } from './operation';

/**
 * Signs a person in on any device: shows a code, and polls until it has been used.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
 */
export async function signInByDeviceCode(
  client: PublicClientApplication,
  scopes: string[],
  { now }: Operation,
  { prompter, signal, claims }: SignInOptions,
): Promise<AuthenticationResult | null> {
  let promptFailure: { readonly error: unknown } | undefined;
  const request: DeviceCodeRequest = {
    scopes,
    ...(claims === undefined ? {} : { claims }),
    deviceCodeCallback: (code) => {
      // MSAL calls this with nothing in it when the server refused, and would go on to poll.
      if (!code.userCode) {
        request.cancel = true;
        return;
      }
      try {
        prompter.showDeviceCode({
          userCode: code.userCode,
          verificationUri: code.verificationUri,
          expiresAt: new Date(now().getTime() + code.expiresIn * 1000).toISOString(),
          message: code.message,
        });
      } catch (error) {
        promptFailure = { error };
        request.cancel = true;
      }
    },
  };
  const polling = client.acquireTokenByDeviceCode(request);
  try {
    return await orAbort(polling, signal);
  } catch (error) {
    // After an abort MSAL sleeps until its next poll; this is what it wakes up to.
    request.cancel = true;
    polling.catch(() => undefined);
    if (promptFailure) {
      throw new LicenseError(
        'unexpected',
        'The device code could not be shown.',
        {},
        { cause: promptFailure.error },
      );
    }
    throw error;
  }
}
