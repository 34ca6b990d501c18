import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { Connection } from '../../core/model/connection';
import { importTasks } from '../../core/model/connection';
import type { Store } from '../../core/store/store';
import type { SampleOptions } from '../../sample/sampleOptions';
import type { SampleTenant } from '../../sample/sampleTenant';

/** What {@link SampleTenantSession} needs. */
export interface SampleTenantSessionDeps {
  readonly store: Store;
  readonly logger: Logger;
  /** Folder of the extension's own files, where the certificate authority of the running server is put. */
  readonly folder: string;
  readonly workerPath: string;
}

/** Result of `exploreSampleTenant`. */
export interface SampleTenantInfo {
  readonly connectionId: string;
  readonly tenantId: string;
  readonly graphUrl: string;
  readonly loginUrl: string;
}

/**
 * The sample tenant of this window: a local server, started on request and stopped with the window, and an
 * ordinary custom-cloud connection to it. Nothing else in the product knows that it exists.
 */
export class SampleTenantSession implements Disposable {
  private tenant: Promise<SampleTenant> | undefined;

  constructor(private readonly deps: SampleTenantSessionDeps) {}

  /** Starts the server (a running one is replaced when options are given) and makes or updates its connection. */
  async explore(options: SampleOptions): Promise<SampleTenantInfo> {
    if (this.tenant !== undefined && Object.keys(options).length > 0) await this.close();
    this.tenant ??= this.start(options);
    const { address } = await this.tenant.catch((error: unknown) => {
      this.tenant = undefined;
      throw error;
    });
    const caCertificatePath = path.join(this.deps.folder, 'sample-tenant-ca.pem');
    await fs.mkdir(this.deps.folder, { recursive: true });
    await fs.writeFile(caCertificatePath, address.caCertificate);
    const name = `Sample ${address.tenantName}`;
    const existing = (await this.deps.store.connections()).find((connection) => connection.name === name);
    const moved = existing?.endpoints?.login !== address.loginUrl;
    const connection: Connection = {
      connectionId: existing?.connectionId ?? crypto.randomUUID(),
      name,
      sourceType: 'microsoft365',
      tenant: address.tenantId,
      tenantId: address.tenantId,
      cloud: 'custom',
      endpoints: { login: address.loginUrl, graph: address.graphUrl },
      clientId: address.clientId,
      flow: 'deviceCode',
      redirectUri: null,
      proxy: null,
      tasks: importTasks,
      caCertificatePath,
      readOnly: false,
      createdAt: existing?.createdAt ?? new Date().toISOString(),
      account: moved ? null : (existing?.account ?? null),
      signedInAt: moved ? null : (existing?.signedInAt ?? null),
    };
    await this.deps.store.saveConnection(connection);
    return {
      connectionId: connection.connectionId,
      tenantId: address.tenantId,
      graphUrl: address.graphUrl,
      loginUrl: address.loginUrl,
    };
  }

  private async start(options: SampleOptions): Promise<SampleTenant> {
    const { startSampleTenantThread } = await import('../../sample/sampleTenantThread');
    const tenant = await startSampleTenantThread(this.deps.workerPath, options);
    this.deps.logger.info(`Sample tenant listening: ${tenant.address.loginUrl}, ${tenant.address.graphUrl}`);
    return tenant;
  }

  private async close(): Promise<void> {
    const tenant = this.tenant;
    this.tenant = undefined;
    await (await tenant?.catch(() => undefined))?.close();
  }

  dispose(): void {
    void this.close();
  }
}
