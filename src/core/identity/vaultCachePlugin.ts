import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import type { Connection } from '../model/connection';
import type { SecretVault } from './identity';
import { readRecord, writeRecord } from './signInRecord';

/** What the plugin needs of MSAL's client application. */
export interface CacheOwner {
  clearCache(): void;
  getTokenCache(): { hasChanged(): boolean; serialize(): string };
}

/**
 * Keeps MSAL's token cache in the vault entry of one connection. It never makes an entry: without one the
 * connection has been signed out, maybe by another window, and tokens that arrive late are dropped.
 */
export class VaultCachePlugin implements ICachePlugin {
  private owner: CacheOwner | undefined;
  private seen: string | null = null;

  constructor(
    private readonly vault: SecretVault,
    private readonly connection: Connection,
  ) {}

  /** The application whose memory is to be emptied before each reading: MSAL itself only ever adds. */
  attach(owner: CacheOwner): void {
    this.owner = owner;
  }

  async beforeCacheAccess(context: TokenCacheContext): Promise<void> {
    const record = await readRecord(this.vault, this.connection);
    this.seen = record?.cache ?? null;
    this.owner?.clearCache();
    context.tokenCache.deserialize(this.seen ?? '');
  }

  async afterCacheAccess(context: TokenCacheContext): Promise<void> {
    // MSAL reports changes on mere reading too, so the texts are compared.
    if (context.cacheHasChanged) await this.store(context.tokenCache.serialize());
  }

  /** Stores what a failed call removed from MSAL's memory, which MSAL itself does not. */
  async afterFailure(): Promise<void> {
    const cache = this.owner?.getTokenCache();
    if (cache?.hasChanged()) await this.store(cache.serialize());
  }

  /** Whether someone else has stored other tokens since this plugin read or wrote last. */
  async isOutdated(): Promise<boolean> {
    const record = await readRecord(this.vault, this.connection);
    return record !== null && record.cache !== this.seen;
  }

  private async store(cache: string): Promise<void> {
    if (this.seen === null || cache === this.seen) return;
    const record = await readRecord(this.vault, this.connection);
    // What another window has stored in the meantime is newer.
    if (record === null || record.cache !== this.seen) return;
    await writeRecord(this.vault, this.connection, { ...record, cache });
    this.seen = cache;
  }
}
