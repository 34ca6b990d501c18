import { randomBytes, randomUUID } from 'node:crypto';
import { CryptoProvider, PromptValue, ResponseMode } from '@azure/msal-node';
import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { LicenseError } from '../foundation/errors';
import { isLoopbackHost } from '../model/networkNames';
import { orAbort } from './abortRace';
import { entraError, parseEntraError } from './entraErrors';
import type { SignInOptions, SignInPrompter } from './identity';
import { listenOnLoopback } from './loopbackListener';
import type { Operation } from './operation';

/** How the answer of the browser reaches us. */
interface Return {
  readonly redirectUri: string;
  /** Parameters of the answer with the right `state`. */
  wait(): Promise<URLSearchParams>;
  close(): void;
}

/**
 * Signs a person in with the browser: authorization code with PKCE. MSAL's own interactive flow can be neither
 * cancelled nor timed out, so only its two halves are used.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export async function signInWithBrowser(
  client: PublicClientApplication,
  scopes: string[],
  operation: Operation,
  options: SignInOptions,
): Promise<AuthenticationResult> {
  const { prompter, signal } = options;
  const state = randomBytes(32).toString('base64url');
  const nonce = randomUUID();
  const claims = options.claims === undefined ? {} : { claims: options.claims };
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const back = await openReturn(state, operation, options);
  try {
    const { redirectUri } = back;
    const url = await client.getAuthCodeUrl({
      scopes,
      redirectUri,
      state,
      nonce,
      responseMode: ResponseMode.QUERY,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      prompt: PromptValue.SELECT_ACCOUNT,
      ...claims,
    });
    const waiting = Promise.race([back.wait(), browserFailure(prompter, url)]);
    const answer = await orAbort(inTime(waiting, operation.timings.browserTimeoutMs), signal);
    const refusal = parseEntraError(Object.fromEntries(answer));
    if (refusal !== null) throw entraError(refusal, { silent: false });
    const code = answer.get('code') ?? '';
    return await orAbort(
      client.acquireTokenByCode({ scopes, redirectUri, code, codeVerifier: verifier, nonce, ...claims }),
      signal,
    );
  } finally {
    back.close();
  }
}

async function openReturn(
  state: string,
  { connection, logger }: Operation,
  { prompter, signal }: SignInOptions,
): Promise<Return> {
  const { redirectUri } = connection;
  if (redirectUri === null || isOnThisMachine(redirectUri)) {
    const listener = await listenOnLoopback({
      state,
      ...(redirectUri === null ? {} : { redirectUri }),
      onRefused: (why) => logger.warn(`A request to the sign-in listener was refused: ${why}`),
    });
    return { redirectUri: listener.redirectUri, wait: () => listener.answer, close: () => listener.close() };
  }
  if (!prompter.askForRedirect) {
    throw new LicenseError(
      'invalidArgument',
      `The browser cannot come back to Visual Studio Code from ${redirectUri}. Register http://localhost as a redirect URI and use that, or sign in with a device code.`,
    );
  }
  const ask = prompter.askForRedirect.bind(prompter);
  return {
    redirectUri,
    wait: async () => readPasted(await ask(redirectUri, signal), redirectUri, state),
    close: () => undefined,
  };
}

function isOnThisMachine(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  // Entra ID takes no [::1], and we listen on IPv4 only.
  return protocol === 'http:' && isLoopbackHost(hostname) && !hostname.startsWith('[');
}

function readPasted(pasted: string | undefined, redirectUri: string, state: string): URLSearchParams {
  if (pasted === undefined) throw new LicenseError('signInCancelled', 'The sign-in was cancelled.');
  const text = pasted.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  const wanted = new URL(redirectUri);
  if (url === null || url.origin !== wanted.origin || url.pathname !== wanted.pathname) {
    throw new LicenseError('signInFailed', 'That is not the address of the page that ends the sign-in.');
  }
  if (url.searchParams.get('state') !== state) {
    throw new LicenseError('signInFailed', 'The address belongs to another sign-in.');
  }
  if (!url.searchParams.has('code') && !url.searchParams.has('error')) {
    throw new LicenseError('signInFailed', 'The address holds no answer to the sign-in.');
  }
  return url.searchParams;
}

/** Rejects when the browser was not opened, and otherwise never settles. */
async function browserFailure(prompter: SignInPrompter, url: string): Promise<never> {
  if (await prompter.openBrowser(url)) return new Promise(() => undefined);
  throw new LicenseError('browserNotOpened', 'The browser was not opened.');
}

async function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new LicenseError('signInTimedOut', 'The sign-in was not finished in the browser in time.')),
      ms,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
