import type { Notice } from './notice';
import { failureOf } from './rpcClient';

/** How a page loads and shows what it is about. `Data` is what it gets, `Reason` why it asks. */
export interface LoadedPage<Data, Reason> {
  readonly notice: Pick<Notice, 'show' | 'hide'>;
  readonly load: (signal: AbortSignal) => Promise<Data>;
  readonly show: (data: Data, reason: Reason) => void;
  /** A failure while there is nothing on screen that could stay. */
  readonly showFailure: (sentence: string, retry: () => void) => void;
  /** False for data with nothing to see, in whose place a failure may stand. */
  readonly hasContent?: (data: Data) => boolean;
  readonly setBusy?: (busy: boolean) => void;
}

/** Loads a page, and again when something changed: the newest load counts, older ones are given up. */
export class PageLoader<Data, Reason> {
  private newest: AbortController | undefined;
  private loaded: { readonly data: Data } | undefined;

  constructor(private readonly page: LoadedPage<Data, Reason>) {}

  /** What the page shows; undefined before the first load has succeeded. */
  get data(): Data | undefined {
    return this.loaded?.data;
  }

  get isLoading(): boolean {
    return this.newest !== undefined;
  }

  /** Does what comes before the first load, then loads; resolves when there is something to see. */
  async start(begin: () => Promise<Reason>): Promise<void> {
    let reason: Reason;
    try {
      reason = await begin();
    } catch (error) {
      this.failed(error, () => void this.start(begin));
      return;
    }
    await this.load(reason);
  }

  /** Loads, and gives up a load that is under way. Never rejects. */
  async load(reason: Reason): Promise<void> {
    this.newest?.abort();
    const loading = new AbortController();
    this.newest = loading;
    this.page.setBusy?.(true);
    try {
      const data = await this.page.load(loading.signal);
      if (this.newest !== loading) return;
      this.loaded = { data };
      this.page.notice.hide();
      this.page.show(data, reason);
    } catch (error) {
      if (this.newest !== loading) return;
      this.failed(error, () => void this.load(reason));
    }
    this.newest = undefined;
    this.page.setBusy?.(false);
  }

  /** The host has newer data: loads again what was loaded before. */
  update(reason: Reason): void {
    if (this.loaded !== undefined) void this.load(reason);
  }

  private failed(error: unknown, retry: () => void): void {
    const { loaded, page } = this;
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    if (loaded !== undefined && page.hasContent?.(loaded.data) !== false) page.notice.show(sentence, retry);
    else page.showFailure(sentence, retry);
  }
}
