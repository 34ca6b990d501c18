import { abortable } from '../foundation/abort';
import type { AccessToken, TokenSource } from '../identity/identity';

/** A token this close to its end is asked for again. Milliseconds. */
const margin = 2 * 60 * 1000;

/** The token of one run: asked for once, renewed once for all requests that were refused with the same one. */
export class GraphTokens {
  private current: AccessToken | undefined;
  private asking: Promise<AccessToken> | undefined;
  private renewal: { readonly of: string; readonly promise: Promise<AccessToken> } | undefined;

  constructor(
    private readonly source: TokenSource,
    private readonly signal: AbortSignal,
    private readonly now: () => Date,
  ) {}

  async token(): Promise<AccessToken> {
    const { current } = this;
    if (current && Date.parse(current.expiresAt) - this.now().getTime() > margin) return current;
    this.asking ??= this.source.getToken({ signal: this.signal }).finally(() => {
      this.asking = undefined;
    });
    return (this.current = await abortable(this.asking, this.signal));
  }

  /** After a 401: gets another token than `refused`. @param claims JSON text of a claims challenge */
  async renew(refused: AccessToken, claims: string | null): Promise<void> {
    // Another request may have renewed it in the meantime.
    if (this.current !== undefined && this.current.token !== refused.token) return;
    if (this.renewal?.of !== refused.token) {
      const promise = this.source.getToken({
        signal: this.signal,
        ...(claims === null ? { forceRefresh: true } : { claims }),
      });
      this.renewal = { of: refused.token, promise };
    }
    const { renewal } = this;
    try {
      this.current = await abortable(renewal.promise, this.signal);
    } catch (error) {
      if (this.renewal === renewal) this.renewal = undefined;
      throw error;
    }
  }
}
