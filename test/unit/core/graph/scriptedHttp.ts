import type {
  HttpClient,
  HttpRequest,
  HttpResponse,
  HttpStreamResponse,
} from '../../../../src/core/graph/httpClient';
import type { AccessToken, TokenOptions, TokenSource } from '../../../../src/core/identity/identity';

/** What a scripted exchange answers; an error is what the network did. */
export type Answer = Partial<Omit<HttpResponse, 'text'>> & { readonly text?: string; readonly fails?: Error };

/** A JSON answer. */
export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(value) };
}

/** A Graph error answer. */
export function errorAnswer(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer({ error: { code, message: 'Said so.' } }, status, headers);
}

/**
 * An HTTP client that answers from a script, for what the sample tenant never does: hostile links, answers out
 * of every rule. Everything it was asked is in `requests`.
 */
export class ScriptedHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  private readonly answers: Answer[];

  constructor(...answers: Answer[]) {
    this.answers = answers;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { status, headers, text } = this.next(request);
    return { status, headers, text, bytes: Buffer.byteLength(text) };
  }

  async stream(request: HttpRequest): Promise<HttpStreamResponse> {
    const { status, headers, text } = this.next(request);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    }
    return { status, headers, body: body() };
  }

  private next(request: HttpRequest): { status: number; headers: Record<string, string>; text: string } {
    this.requests.push(request);
    const answer = this.answers.shift();
    if (answer === undefined) throw new Error(`Nobody expected ${request.url}`);
    if (answer.fails !== undefined) throw answer.fails;
    return { status: answer.status ?? 200, headers: { ...answer.headers }, text: answer.text ?? '' };
  }
}

/** Gives `token-1`, and the next number each time that a new token is demanded. */
export class CountingTokens implements TokenSource {
  readonly calls: TokenOptions[] = [];
  private number = 1;

  constructor(private readonly scopes: readonly string[] = []) {}

  async getToken(options: TokenOptions = {}): Promise<AccessToken> {
    const { signal: _, ...rest } = options;
    this.calls.push(rest);
    if (options.forceRefresh === true || options.claims !== undefined) this.number += 1;
    return {
      token: `token-${this.number}`,
      expiresAt: '2999-01-01T00:00:00Z',
      tenantId: 't',
      scopes: this.scopes,
      roles: [],
    };
  }
}
