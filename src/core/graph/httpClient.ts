/** One HTTP exchange. Redirects are never followed: the caller decides who may see a token. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute URL; https, or http on the loopback only. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until the response headers must have come; 60,000 unless told. */
  readonly timeoutMs?: number;
  /** Told how the text of an answer with status 200 begins, before the rest is there. A client may leave it out. */
  readonly onBeginning?: (text: string) => void;
  /** The body of an answer with status 200 is wanted as it came. A client may give its text all the same. */
  readonly wantsBody?: boolean;
}

/** A response whose body has been read whole. A status of 4xx or 5xx does not throw. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; several headers of one name are joined by `, ` as Node does. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is a `body`. */
  readonly text: string;
  /** The body as it came, in UTF-8, if that was wanted and the client gives it. */
  readonly body?: Uint8Array;
  /** Gives the memory of the `body` back, which is not to be read any more then. To be called once, or never. */
  readonly release?: () => void;
  /** Bytes of the body. */
  readonly bytes: number;
}

/** A response whose body is still to be read, chunk by chunk. */
export interface HttpStreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * HTTP of one connection: its certificate authorities and its proxy, and nobody else's. Rejects with a
 * `LicenseError`: `network`, `timeout`, `certificate`, `cancelled`, `untrustedHost`, and with a proxy of its own
 * `proxyUnreachable`, `proxyAuthenticationRequired`, `proxyRefused`.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  stream(request: HttpRequest): Promise<HttpStreamResponse>;
}

/** Options of {@link HttpClient} implementations. */
export interface HttpClientOptions {
  /** PEM text of extra certificate authorities, trusted by this client only, beside the usual roots. */
  readonly extraCertificates?: readonly string[];
  /** Everything goes through it by CONNECT; without one, VS Code's own proxy settings hold. */
  readonly proxy?: HttpProxy;
}

/** A proxy with the credentials for it (Basic, RFC 7617). Never log it. */
export interface HttpProxy {
  /** `https://host:port`, `http://host:port` or `IP:port`. */
  readonly server: string;
  readonly username?: string;
  readonly password?: string;
}
