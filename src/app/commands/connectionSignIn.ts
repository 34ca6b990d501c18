import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { SignInResult } from '../../core/identity/identity';
import type { Connection, SignInFlow } from '../../core/model/connection';
import { isLoopbackRedirect } from '../../core/model/connectionEndpoints';
import { refuseDeprecated } from '../../core/model/deprecatedSource';
import { createVscodeSignInPrompter, isHostLocal } from '../auth/vscodeSignInPrompter';
import { signInMethod } from '../host/settings';
import { findConnection } from './connectionPick';
import type { CommandServices } from './services';

/** How a connection is signed in. */
export interface ConnectionSignInOptions {
  /** The connection's own, bent by the setting and by where we run, when absent. */
  readonly flow?: SignInFlow;
  /** True when a person is there to be asked. */
  readonly interactive: boolean;
  /** JSON text of a claims challenge that the sign-in must answer. */
  readonly claims?: string;
  /** Ends the sign-in; so does Cancel in its notification. */
  readonly signal?: AbortSignal;
}

/** Signs connections in, one sign-in per connection at a time, and keeps what came of it. */
export class ConnectionSignIns {
  private readonly running = new Set<string>();

  constructor(private readonly services: Pick<CommandServices, 'store' | 'cloudServices'>) {}

  /** Rejects with `busy` while another sign-in of the connection runs, and with whatever refused this one. */
  async run(connection: Connection, options: ConnectionSignInOptions): Promise<SignInResult> {
    const { connectionId, name } = connection;
    refuseDeprecated(connection);
    if (this.running.has(connectionId)) {
      throw new LicenseError('busy', `A sign-in to “${name}” is already running. Finish or cancel it first.`);
    }
    this.running.add(connectionId);
    try {
      return await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: `Signing in to “${name}”`,
          cancellable: true,
        },
        (progress, token) => this.execute(connection, options, progress, token),
      );
    } finally {
      this.running.delete(connectionId);
    }
  }

  private async execute(
    connection: Connection,
    options: ConnectionSignInOptions,
    progress: vscode.Progress<{ message?: string }>,
    token: vscode.CancellationToken,
  ): Promise<SignInResult> {
    const { interactive, signal } = options;
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const subscription = token.onCancellationRequested(stop);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      const { identity } = await this.services.cloudServices();
      const result = await identity.signIn(connection, {
        flow: options.flow ?? flowFor(connection),
        signal: controller.signal,
        prompter: createVscodeSignInPrompter({ connectionName: connection.name, interactive, progress }),
        ...(options.claims !== undefined && { claims: options.claims }),
        ...(interactive && {
          confirmTenant: (tenants) => confirmTenant(connection.name, tenants),
        }),
      });
      const current = await findConnection(this.services.store, connection.connectionId);
      const other = current.tenantId !== null && !sameText(current.tenantId, result.tenantId);
      const now = new Date().toISOString();
      await this.services.store.saveConnection({
        ...current,
        // The person confirmed another tenant, so a connection that named the former one now names that.
        tenant: other && current.tenant !== null ? result.tenantId : current.tenant,
        tenantId: result.tenantId,
        account: result.account ?? connection.clientId,
        signedInAt: now,
        refreshedAt: now,
        scopes: result.scopes,
        roles: result.roles,
      });
      return result;
    } finally {
      subscription.dispose();
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** The flow a sign-in takes when the caller names none: the connection's, bent by the setting and by where we run. */
function flowFor(connection: Connection): SignInFlow {
  if (connection.flow === 'clientCredentials') return connection.flow;
  switch (signInMethod()) {
    case 'browser':
      return 'authorizationCode';
    case 'deviceCode':
      return 'deviceCode';
    case 'auto':
      return isHostLocal() || pastesAddress(connection) ? connection.flow : 'deviceCode';
  }
}

/** Pasting the address works from wherever the browser is. */
function pastesAddress({ redirectUri }: Connection): boolean {
  return redirectUri !== null && !isLoopbackRedirect(redirectUri);
}

async function confirmTenant(
  name: string,
  { expected, actual }: { readonly expected: string; readonly actual: string },
): Promise<boolean> {
  const use = 'Use the Other Tenant';
  const choice = await vscode.window.showWarningMessage(
    'This account belongs to another tenant.',
    {
      modal: true,
      detail: `“${name}” is a connection to the tenant ${expected}. The account you picked signed in to ${actual}. If you use that one, the next imports of this connection are of ${actual}; what was imported of ${expected} stays as it is.`,
    },
    use,
  );
  return choice === use;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
