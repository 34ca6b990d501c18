import * as vscode from 'vscode';
import type { Connection } from '../../core/model/connection';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';
import { argumentFields } from '../host/commandRunner';

/** The connection with this id; `notFound` when there is none. */
export async function findConnection(store: Store, connectionId: string): Promise<Connection> {
  const found = (await store.connections()).find((c) => c.connectionId === connectionId);
  if (found === undefined) {
    throw new LicenseError(
      'notFound',
      `There is no connection with the id “${connectionId}”. It may have been removed.`,
      {
        connectionId,
      },
    );
  }
  return found;
}

/**
 * The connection a command is about: named by its argument, or else picked by the person.
 * @param fits which ones are offered; all when absent
 */
export async function chooseConnection(
  store: Store,
  argument: unknown,
  placeHolder: string,
  fits: (connection: Connection) => boolean = () => true,
): Promise<Connection> {
  const { connectionId, tenantId } = argumentFields(argument);
  if (typeof connectionId === 'string') return findConnection(store, connectionId);
  const existing = await store.connections();
  const all = existing.filter(fits);
  const candidates = typeof tenantId === 'string' ? all.filter((c) => c.tenantId === tenantId) : all;
  const [only] = candidates;
  if (only === undefined) {
    throw new LicenseError(
      'notFound',
      existing.length === 0
        ? 'There is no connection yet. Add one first, or explore the sample tenant.'
        : 'There is no connection that this applies to.',
    );
  }
  if (candidates.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    candidates.map((connection) => ({
      label: connection.name,
      description: connection.account ?? 'sign-in needed',
      detail: connection.tenantId ?? connection.tenant ?? undefined,
      connection,
    })),
    { placeHolder, matchOnDescription: true, matchOnDetail: true },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'No connection was chosen.');
  return picked.connection;
}
