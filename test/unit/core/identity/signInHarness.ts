import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { ErrorReason, LicenseError } from '../../../../src/core/foundation/errors';
import type { Logger } from '../../../../src/core/foundation/logger';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../../src/core/graph/httpClient';
import { vaultKeys } from '../../../../src/core/identity/identity';
import type {
  DeviceCodePrompt,
  Identity,
  SecretVault,
  SignInPrompter,
} from '../../../../src/core/identity/identity';
import { createIdentity } from '../../../../src/core/identity/msalIdentity';
import type { SignInTimings } from '../../../../src/core/identity/signInTimings';
import type { Connection } from '../../../../src/core/model/connection';
import { exchange } from '../../../support/sampleTenantFixture';
import type { SampleTenantFixture } from '../../../support/sampleTenantFixture';

/** A vault in memory that counts what is stored. */
export class MemoryVault implements SecretVault {
  readonly entries = new Map<string, string>();
  writes = 0;

  async get(key: string): Promise<string | undefined> {
    return this.entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.writes++;
    this.entries.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }
}

/** Everything that was logged, of every level. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];
  readonly trace = (message: string): void => void this.lines.push(message);
  readonly debug = this.trace;
  readonly info = this.trace;
  readonly warn = this.trace;
  readonly error = (message: string, error?: unknown): void => {
    this.lines.push(
      message,
      error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error),
    );
  };
}

/** A program that sees requests before they leave, and may answer in the server's place. */
export type Interceptor = (
  request: HttpRequest,
) => HttpResponse | undefined | Promise<HttpResponse | undefined>;

/** What one test works with. */
export interface Bench {
  readonly identity: Identity;
  readonly vault: MemoryVault;
  readonly logger: RecordingLogger;
  /** Requests that left, as `METHOD path grant_type`. */
  readonly requests: string[];
  /** Bodies of requests and answers of the token endpoint: where secrets are. */
  readonly secrets: string[];
}

/** Options of {@link bench}. */
export interface BenchOptions {
  readonly vault?: MemoryVault;
  readonly intercept?: Interceptor;
  readonly timings?: Partial<SignInTimings>;
  readonly now?: () => Date;
  /** Certificates other than the tenant's. */
  readonly extraCertificates?: readonly string[];
}

const secretNames = /^(access_token|refresh_token|id_token|client_secret|code|device_code|code_verifier)$/;

/** An identity over real HTTPS to the sample tenant. */
export function bench(fixture: SampleTenantFixture, options: BenchOptions = {}): Bench {
  const vault = options.vault ?? new MemoryVault();
  const logger = new RecordingLogger();
  const requests: string[] = [];
  const secrets: string[] = [];
  const real = createHttpClient({ extraCertificates: options.extraCertificates ?? [fixture.ca] });
  const http: HttpClient = {
    stream: (request) => real.stream(request),
    send: async (request) => {
      const form = new URLSearchParams(request.body);
      const { pathname } = new URL(request.url);
      const last = pathname.slice(pathname.lastIndexOf('/') + 1);
      requests.push([request.method, last, form.get('grant_type') ?? ''].join(' ').trim());
      for (const [name, value] of form) if (secretNames.test(name)) secrets.push(value);
      const response = (await options.intercept?.(request)) ?? (await real.send(request));
      if (response.text.startsWith('{')) {
        for (const [name, value] of Object.entries(JSON.parse(response.text) as Record<string, unknown>)) {
          if (secretNames.test(name)) secrets.push(String(value));
        }
      }
      return response;
    },
  };
  const identity = createIdentity({
    vault,
    logger,
    http: () => http,
    now: options.now,
    timings: { browserTimeoutMs: 5_000, slowDownMs: 40, retryMs: 5, ...options.timings },
  });
  return { identity, vault, logger, requests, secrets };
}

/** A connection to the sample tenant. */
export function connectionTo(fixture: SampleTenantFixture, change: Partial<Connection> = {}): Connection {
  const { address } = fixture.tenant;
  return {
    connectionId: 'c1',
    name: 'Contoso',
    sourceType: 'microsoft365',
    tenant: null,
    tenantId: null,
    cloud: 'custom',
    endpoints: { login: address.loginUrl, graph: address.graphUrl },
    clientId: address.clientId,
    flow: 'deviceCode',
    redirectUri: null,
    proxy: null,
    tasks: ['applicationRoster', 'applicationAccess', 'licenseInformation', 'licenseDifferentiation'],
    caCertificatePath: null,
    readOnly: true,
    createdAt: '2026-01-01T00:00:00.000Z',
    account: null,
    signedInAt: null,
    ...change,
  };
}

/** A connection that signs in as the application itself, with its secret in the vault. */
export async function unattended(
  fixture: SampleTenantFixture,
  { vault }: Bench,
  change: Partial<Connection> & { secret?: string } = {},
): Promise<Connection> {
  const { address } = fixture.tenant;
  const { secret = address.clientSecret, ...rest } = change;
  const connection = connectionTo(fixture, {
    flow: 'clientCredentials',
    clientId: address.confidentialClientId,
    tenant: address.tenantId,
    ...rest,
  });
  await vault.set(vaultKeys.clientSecret(connection.connectionId), secret);
  return connection;
}

/** A person who enters the code at once, by the tenant's own means. */
export function codePerson(
  fixture: SampleTenantFixture,
  decision: 'approve' | 'decline' | 'wait' = 'approve',
): SignInPrompter & { readonly prompts: DeviceCodePrompt[] } {
  const prompts: DeviceCodePrompt[] = [];
  return {
    prompts,
    showDeviceCode: (prompt) => {
      prompts.push(prompt);
      if (decision !== 'wait') void fixture.tenant.approveDeviceCode(prompt.userCode, decision);
    },
    openBrowser: () => assert.fail('no browser is needed'),
  };
}

/** What the fake browser saw. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Follows an address as a browser does, through redirects to the last page. */
export async function browse(fixture: SampleTenantFixture, start: string): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (let url = start; visits.length < 10;) {
    const { status, headers, text } = await exchange({ url }, fixture.agent);
    visits.push({ url, status, text, headers });
    if (headers.location === undefined) return visits;
    url = new URL(headers.location, url).href;
  }
  return assert.fail('too many redirects');
}

/** A person whose browser does what it is told, or something in between. */
export function browserPerson(
  fixture: SampleTenantFixture,
  meddle?: (url: string, visits: Visit[]) => Promise<boolean | void>,
): SignInPrompter & { readonly visits: Visit[]; readonly closed: Promise<void> } {
  const visits: Visit[] = [];
  let done: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (done = resolve));
  return {
    visits,
    closed,
    showDeviceCode: () => assert.fail('no device code is needed'),
    openBrowser: async (url) => {
      if (meddle) {
        const opened = await meddle(url, visits);
        done();
        return opened ?? true;
      }
      void browse(fixture, url).then((seen) => {
        visits.push(...seen);
        done();
      });
      return true;
    },
  };
}

/** The error a promise rejects with, which must have this reason. */
export async function failure(promise: Promise<unknown>, reason: ErrorReason): Promise<LicenseError> {
  try {
    await promise;
  } catch (error) {
    if (!isLicenseError(error)) throw error;
    assert.equal(error.reason, reason, `${error.reason}: ${error.message} ${JSON.stringify(error.details)}`);
    return error;
  }
  return assert.fail(`should have failed with ${reason}`);
}
