import type { HttpClient, HttpRequest, HttpResponse, HttpStreamResponse } from '../graph/httpClient';

/** Microsoft's tokens allow for this much difference between clocks. Milliseconds. */
export const toleratedSkewMs = 5 * 60 * 1000;

/** An HTTP client that compares the `Date` of every answer with this computer's clock. */
export class ClockWatch implements HttpClient {
  /** This computer's clock minus the server's, in milliseconds; null while no answer has said. */
  skewMs: number | null = null;

  constructor(
    private readonly http: HttpClient,
    private readonly now: () => Date,
  ) {}

  /** True when the clocks differ by more than tokens allow for. */
  get isWrong(): boolean {
    return this.skewMs !== null && Math.abs(this.skewMs) > toleratedSkewMs;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.http.send(request);
    this.note(response.headers);
    return response;
  }

  async stream(request: HttpRequest): Promise<HttpStreamResponse> {
    const response = await this.http.stream(request);
    this.note(response.headers);
    return response;
  }

  private note(headers: Readonly<Record<string, string>>): void {
    const time = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(time)) this.skewMs = this.now().getTime() - time;
  }
}
