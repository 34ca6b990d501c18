import * as v from 'valibot';
import type { Connection, SignInFlow } from '../model/connection';
import { vaultKeys } from './identity';
import type { SecretVault } from './identity';

const recordSchema = v.object({
  version: v.literal(1),
  /** Who signed in: a person, or the application itself. */
  kind: v.picklist(['user', 'application']),
  /** The connection's own flow at that time; another one since then means that the record is out of date. */
  connectionFlow: v.string(),
  tenantId: v.string(),
  /** MSAL's key of the account; empty for an application. */
  homeAccountId: v.string(),
  /** Scopes as they were granted: asked for again by these names, the cache answers. */
  scopes: v.array(v.string()),
  /** MSAL's serialized token cache. */
  cache: v.string(),
});

/** What the vault keeps of a sign-in, in one entry per connection. All of it is secret. */
export type SignInRecord = v.InferOutput<typeof recordSchema>;

/** What a sign-in by a flow leaves behind. */
export function kindOf(flow: SignInFlow): SignInRecord['kind'] {
  return flow === 'clientCredentials' ? 'application' : 'user';
}

/** The stored sign-in of a connection; null when there is none, none that is readable or one of another flow. */
export async function readRecord(vault: SecretVault, connection: Connection): Promise<SignInRecord | null> {
  const text = await vault.get(vaultKeys.tokenCache(connection.connectionId));
  const record = text === undefined ? null : parseRecord(text);
  return record?.connectionFlow === connection.flow ? record : null;
}

/** Stores a sign-in, in place of any former one. */
export async function writeRecord(
  vault: SecretVault,
  connection: Connection,
  record: SignInRecord,
): Promise<void> {
  await vault.set(vaultKeys.tokenCache(connection.connectionId), JSON.stringify(record));
}

function parseRecord(text: string): SignInRecord | null {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
