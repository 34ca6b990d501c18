import * as vscode from 'vscode';
import type { Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { Connection } from '../../core/model/connection';
import {
  credentialExpiries,
  expiryWarningKey,
  type CredentialExpiry,
} from '../../core/model/credentialExpiry';
import { isDeprecated } from '../../core/model/deprecatedSource';
import type { Store } from '../../core/store/store';
import { InteractiveArgument } from '../host/commandRunner';
import { expirySentence } from './connectionExpiryText';

const memoryKey = 'expiryWarnings';
/** More keys than fifty connections use in years; the oldest go first. */
const memoryLimit = 500;
/** With more than this at one time, one notification speaks for all; the tree has the rest. */
const atOnce = 2;

/**
 * Warns 30, 14 and 3 days before a secret, a certificate or a refresh token ends, and when it has: each once, in any
 * window, by a notification that disturbs nothing.
 */
export class ExpiryWarnings implements Disposable {
  private running: Promise<void> | undefined;
  private lastDay = '';
  private lastSeen = '';
  private disposed = false;

  constructor(
    private readonly store: Pick<Store, 'connections'>,
    private readonly memory: vscode.Memento,
    private readonly logger: Logger,
  ) {}

  /** Looks for what is due; cheap, and nothing happens twice. */
  async check(): Promise<void> {
    this.running ??= this.warn().finally(() => (this.running = undefined));
    await this.running;
  }

  private async warn(): Promise<void> {
    try {
      const connections = await this.store.connections();
      const now = new Date();
      const due = connections
        .filter((connection) => !isDeprecated(connection))
        .flatMap((connection) =>
          credentialExpiries(connection, now)
            .filter(({ threshold }) => threshold !== null)
            .map((expiry) => ({
              connection,
              expiry,
              key: expiryWarningKey(connection.connectionId, expiry),
            })),
        );
      const seen = due.map(({ key }) => key).join('\n');
      const day = now.toISOString().slice(0, 10);
      if (this.disposed || (seen === this.lastSeen && day === this.lastDay)) return;
      this.lastSeen = seen;
      this.lastDay = day;
      const given = this.memory.get<readonly string[]>(memoryKey, []);
      const fresh = due.filter(({ key }) => !given.includes(key));
      if (fresh.length === 0) return;
      await this.memory.update(memoryKey, [...given, ...fresh.map(({ key }) => key)].slice(-memoryLimit));
      if (fresh.length > atOnce) void showMany(fresh.length);
      else for (const { connection, expiry } of fresh) void this.show(connection, expiry);
    } catch (error) {
      this.logger.warn(`The ends of credentials could not be looked up: ${String(error)}`);
    }
  }

  private async show(connection: Connection, expiry: CredentialExpiry): Promise<void> {
    const renew = expiry.kind === 'refreshToken' ? 'Sign In' : 'Edit Connection';
    const choice = await vscode.window.showWarningMessage(
      `“${connection.name}”: ${expirySentence(expiry)}. ${advice(expiry)}`,
      renew,
    );
    if (choice !== renew) return;
    await vscode.commands.executeCommand(
      expiry.kind === 'refreshToken' ? 'm365Licenses.signIn' : 'm365Licenses.editConnection',
      new InteractiveArgument({ connectionId: connection.connectionId }),
    );
  }

  dispose(): void {
    this.disposed = true;
  }
}

async function showMany(count: number): Promise<void> {
  const show = 'Show Connections';
  const choice = await vscode.window.showWarningMessage(
    `${count} secrets, certificates or sign-ins of your connections end soon or have ended.`,
    show,
  );
  if (choice === show) await vscode.commands.executeCommand('m365Licenses.tenants.focus');
}

function advice({ kind, threshold }: CredentialExpiry): string {
  const over = threshold === 0;
  switch (kind) {
    case 'secret':
      return `Create a new secret in the app registration and enter it${over ? '; until then imports fail' : ' in time'}.`;
    case 'certificate':
      return `Upload a new certificate to the app registration and choose it here${over ? '; until then imports fail' : ' in time'}.`;
    case 'refreshToken':
      return over ? 'Sign in again.' : 'An import or a sign-in renews it.';
  }
}
