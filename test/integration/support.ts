import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/app/extensionApi';
import { startSampleTenant } from '../../src/sample/sampleTenant';
import type { SampleOptions } from '../../src/sample/sampleOptions';
import type { SampleTenant } from '../../src/sample/sampleTenant';

/** The extension's API; activates it, as callers do who want errors with their reason. */
export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('license-manager.m365-license-manager');
  assert.ok(extension);
  return extension.activate();
}

/** Runs one of our commands by its short name, as another extension would. */
export async function run<T>(command: string, argument: object): Promise<T> {
  return vscode.commands.executeCommand<T>(`m365Licenses.${command}`, argument);
}

/** A sample tenant of a suite, with the file that a connection needs to trust it. */
export interface TenantOfSuite {
  readonly tenant: SampleTenant;
  readonly folder: string;
  /** Argument of `addConnection` for a custom cloud that is this tenant. */
  connectionArgument(name: string, change?: object): object;
}

/** Starts a sample tenant for the surrounding `describe`. Device codes and consent are approved by themselves. */
export function withTenant(options: SampleOptions = {}): TenantOfSuite {
  let tenant: SampleTenant | undefined;
  let folder = '';
  before(async () => {
    tenant = await startSampleTenant({ ...options, switches: { autoApprove: true, ...options.switches } });
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'm365-integration-'));
    await fs.writeFile(path.join(folder, 'ca.pem'), tenant.address.caCertificate);
  });
  after(async () => {
    await tenant?.close();
    await fs.rm(folder, { recursive: true, force: true });
  });
  const running = (): SampleTenant => {
    assert.ok(tenant);
    return tenant;
  };
  return {
    get tenant() {
      return running();
    },
    get folder() {
      return folder;
    },
    connectionArgument: (name, change = {}) => {
      const { address } = running();
      return {
        name,
        sourceType: 'microsoft365',
        tenant: address.tenantId,
        cloud: 'custom',
        endpoints: { login: address.loginUrl, graph: address.graphUrl },
        clientId: address.clientId,
        flow: 'deviceCode',
        caCertificatePath: path.join(folder, 'ca.pem'),
        ...change,
      };
    },
  };
}

/** Adds a connection, gives it to the test, and removes it with its data whatever happens. */
export async function withConnection(
  argument: object,
  test: (connectionId: string) => Promise<void>,
): Promise<void> {
  const { connectionId } = await run<{ connectionId: string }>('addConnection', argument);
  try {
    await test(connectionId);
  } finally {
    await run('removeConnection', { connectionId, keepData: false });
  }
}

/** The error of a command that must fail, with its reason and the sentence a person would read. */
export async function failureOf(
  command: string,
  argument: object,
): Promise<{ reason: string; message: string }> {
  try {
    await run(command, argument);
  } catch (error) {
    assert.ok(error instanceof Error);
    return { reason: String((error as Error & { reason?: unknown }).reason), message: error.message };
  }
  throw new assert.AssertionError({ message: `${command} did not fail` });
}
