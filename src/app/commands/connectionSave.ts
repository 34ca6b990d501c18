import { vaultKeys, type ClientCertificate, type SecretVault } from '../../core/identity/identity';
import type { Connection } from '../../core/model/connection';
import { moveBetween } from '../../core/model/connectionChange';
import type { Store } from '../../core/store/store';

/** Secrets given now. What is absent stays as it is stored, unless the change makes it void. */
export interface GivenSecrets {
  readonly clientSecret?: string;
  readonly certificate?: ClientCertificate;
  /** Empty to forget the one that is stored. */
  readonly proxyPassword?: string;
}

/** Which secrets the vault has of a connection. */
export interface StoredSecrets {
  readonly clientSecret: boolean;
  readonly certificate: boolean;
  readonly proxyPassword: boolean;
}

/** Asks the vault which secrets it has; none of a connection that is new. */
export async function storedSecrets(
  vault: SecretVault,
  connectionId: string | undefined,
): Promise<StoredSecrets> {
  if (connectionId === undefined) return { clientSecret: false, certificate: false, proxyPassword: false };
  const has = async (key: string): Promise<boolean> => (await vault.get(key)) !== undefined;
  const [clientSecret, certificate, proxyPassword] = await Promise.all([
    has(vaultKeys.clientSecret(connectionId)),
    has(vaultKeys.clientCertificate(connectionId)),
    has(vaultKeys.proxyPassword(connectionId)),
  ]);
  return { clientSecret, certificate, proxyPassword };
}

/**
 * Stores a connection that keeps the rules, and its secrets. A secret never outlives what it belongs to: with
 * another application, cloud, proxy or proxy user it is forgotten, so that a changed address cannot be sent the
 * secret of the former one.
 * @param before the connection as it was; undefined when it is new
 */
export async function storeConnection(
  { store, vault }: { readonly store: Pick<Store, 'saveConnection'>; readonly vault: SecretVault },
  connection: Connection,
  before: Connection | undefined,
  given: GivenSecrets,
): Promise<void> {
  const { connectionId, credential } = connection;
  const moved = before === undefined ? null : moveBetween(before, connection);
  const keys = {
    tokens: vaultKeys.tokenCache(connectionId),
    clientSecret: vaultKeys.clientSecret(connectionId),
    certificate: vaultKeys.clientCertificate(connectionId),
    proxyPassword: vaultKeys.proxyPassword(connectionId),
  };
  const ofKind = (kind: 'secret' | 'certificate'): boolean =>
    connection.flow === 'clientCredentials' && (credential?.kind ?? 'secret') === kind;

  // Forgotten first and given after: were the store to fail, a secret is missing, not in the wrong place.
  if (moved?.tokens) await vault.delete(keys.tokens);
  if (moved?.credential || !ofKind('secret')) await vault.delete(keys.clientSecret);
  if (moved?.credential || !ofKind('certificate')) await vault.delete(keys.certificate);
  if (moved?.proxyPassword || connection.proxy === null) await vault.delete(keys.proxyPassword);
  await store.saveConnection(connection);
  if (given.clientSecret !== undefined && ofKind('secret')) {
    await vault.set(keys.clientSecret, given.clientSecret);
  }
  if (given.certificate !== undefined && ofKind('certificate')) {
    await vault.set(keys.certificate, JSON.stringify(given.certificate));
  }
  if (given.proxyPassword === '') await vault.delete(keys.proxyPassword);
  else if (given.proxyPassword !== undefined && connection.proxy?.username !== undefined) {
    await vault.set(keys.proxyPassword, given.proxyPassword);
  }
}

/** Forgets everything secret of a connection. */
export async function forgetSecrets(vault: SecretVault, connectionId: string): Promise<void> {
  for (const key of Object.values(vaultKeys)) await vault.delete(key(connectionId));
}
