import * as fs from 'node:fs/promises';
import type { Disposable } from '../foundation/disposables';
import { LicenseError } from '../foundation/errors';
import { vaultKeys } from '../identity/identity';
import type { SecretVault } from '../identity/identity';
import type { Connection } from '../model/connection';
import { createHttpClient } from './axiosHttpClient';
import type { HttpClient, HttpClientOptions, HttpProxy } from './httpClient';
import { createProxiedHttpClient } from './proxiedHttpClient';

/** What {@link ConnectionHttpClients} needs. */
export interface ConnectionHttpClientsDeps {
  readonly vault: SecretVault;
  /** The bundled `httpWorker.js`. */
  readonly httpWorkerPath: string;
}

/**
 * The HTTP clients of connections: each trusts its connection's certificate authority and uses its proxy, and is
 * replaced when either has changed.
 */
export class ConnectionHttpClients implements Disposable {
  private readonly clients = new Map<string, { readonly facts: string; readonly client: HttpClient }>();
  /** Also those that were replaced: an import may still be using them; their threads end by themselves. */
  private readonly disposables = new Set<Disposable>();

  constructor(private readonly deps: ConnectionHttpClientsDeps) {}

  /** @throws `invalidArgument` when the file of the certificate authority can't be read */
  async clientOf(connection: Connection): Promise<HttpClient> {
    const { connectionId, proxy } = connection;
    const authority = await authorityOf(connection);
    const password =
      proxy === null ? undefined : await this.deps.vault.get(vaultKeys.proxyPassword(connectionId));
    const options: HttpClientOptions = {
      ...(authority === null ? {} : { extraCertificates: [authority] }),
      ...(proxy === null ? {} : { proxy: { ...proxy, ...(password ? { password } : {}) } }),
    };
    const facts = JSON.stringify(options);
    const known = this.clients.get(connectionId);
    if (known?.facts === facts) return known.client;
    const client = options.proxy ? this.proxied(options, options.proxy) : createHttpClient(options);
    this.clients.set(connectionId, { facts, client });
    return client;
  }

  /** Ends the threads; what runs in them is cancelled. */
  async dispose(): Promise<void> {
    const all = [...this.disposables];
    this.disposables.clear();
    this.clients.clear();
    await Promise.all(all.map((item) => item.dispose()));
  }

  private proxied(options: HttpClientOptions, proxy: HttpProxy): HttpClient {
    const client = createProxiedHttpClient({ ...options, proxy }, { workerPath: this.deps.httpWorkerPath });
    this.disposables.add(client);
    return client;
  }
}

async function authorityOf({ name, caCertificatePath }: Connection): Promise<string | null> {
  if (caCertificatePath === null) return null;
  try {
    return await fs.readFile(caCertificatePath, 'utf8');
  } catch (error) {
    throw new LicenseError(
      'invalidArgument',
      `The CA certificate file of “${name}” can’t be read: ${caCertificatePath}. Choose another file with “Edit Connection”.`,
      { path: caCertificatePath },
      { cause: error },
    );
  }
}
