import type { Logger } from '../foundation/logger';
import type { GraphPostDeps } from '../graph/graphPost';
import type { HttpClient } from '../graph/httpClient';
import type { Connection, SignInFlow } from '../model/connection';
import type { RegistrationWish } from './appRegistration';
import { registerApplication, registrationPermission, type CreatedRegistration } from './appRegistrationRun';
import { endpointsOf } from './clouds';
import type { AccessToken, SecretVault, SignInPrompter, SignInResult } from './identity';
import { createIdentity, type IdentityDeps } from './msalIdentity';

/** A person signed in for registering applications. Nothing of this sign-in is stored anywhere. */
export interface RegistrationSession {
  readonly signedIn: SignInResult;
  /** See {@link registerApplication}. */
  register(wish: RegistrationWish, signal: AbortSignal): Promise<CreatedRegistration>;
}

/** What a session is opened with. */
export interface RegistrationSignIn {
  /** Whose cloud, tenant, application, proxy and certificate authority are used. It is not changed. */
  readonly connection: Connection;
  readonly flow: Exclude<SignInFlow, 'clientCredentials'>;
  readonly prompter: SignInPrompter;
  readonly signal: AbortSignal;
}

/** Collaborators of {@link openRegistrationSession}. */
export interface RegistrationSessionDeps {
  readonly http: (connection: Connection) => HttpClient | Promise<HttpClient>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly timings?: IdentityDeps['timings'];
  readonly replicationDelayMs?: number;
}

/**
 * Signs a person in with the one permission that registering needs. The tokens live in memory, apart from those of
 * the connection, and go with the session.
 */
export async function openRegistrationSession(
  deps: RegistrationSessionDeps,
  { connection, flow, prompter, signal }: RegistrationSignIn,
): Promise<RegistrationSession> {
  const acting: Connection = { ...connection, flow };
  const identity = createIdentity({ ...deps, vault: new ForgetfulVault() });
  const permissions = [registrationPermission];
  const signedIn = await identity.signIn(acting, { flow, prompter, signal, permissions });
  const token = await identity.tokenSource({ ...acting, tenantId: signedIn.tenantId }).getToken({ signal });
  return {
    signedIn,
    register: async (wish, cancel) => registerApplication(await postDeps(deps, acting, token, cancel), wish),
  };
}

async function postDeps(
  deps: RegistrationSessionDeps,
  connection: Connection,
  token: AccessToken,
  signal: AbortSignal,
): Promise<GraphPostDeps> {
  const { logger, now, replicationDelayMs } = deps;
  return {
    http: await deps.http(connection),
    token,
    graphOrigin: endpointsOf(connection).graph,
    logger,
    signal,
    now,
    ...(replicationDelayMs !== undefined && { replicationDelayMs }),
  };
}

/** Keeps secrets as long as it is referred to. */
class ForgetfulVault implements SecretVault {
  private readonly entries = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.entries.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }
}
