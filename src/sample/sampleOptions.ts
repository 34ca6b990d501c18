/** What can go wrong on purpose. All faults are off unless named. Probabilities are 0 to 1. */
export interface SampleFaults {
  /** Seed of the fault dice, so that a run can be repeated. */
  seed?: number;
  /** Share of Graph requests answered 429 with `Retry-After` (decimal seconds, short). */
  throttle?: number;
  /** Share answered 429 without `Retry-After`. */
  throttleWithoutRetryAfter?: number;
  /** Share answered 503. */
  unavailable?: number;
  /** Share answered with an HTML page of a gateway (502). */
  html?: number;
  /** Share whose connection is cut in the middle of the body. */
  cut?: number;
  /** Share answered after `slowMs`. */
  slow?: number;
  slowMs?: number;
  /** Fixed delay of every request in milliseconds. */
  latencyMs?: number;
  /** Access tokens are expired as far as Graph is concerned after this many Graph requests (401 once per token). */
  expireTokensAfter?: number;
  /** 401 with a CAE claims challenge once per token. */
  claimsChallenge?: boolean;
  /** Page tokens expire once in every listing (`Directory_ExpiredPageToken`). */
  expirePageTokens?: boolean;
  /** Only paths that contain this text get faults (latency applies to all). */
  only?: string;
  /** Stop injecting faults after this many. */
  atMost?: number;
}

/** How the tenant's Entra ID and Graph behave. */
export interface SampleSwitches {
  /** Report names are concealed. */
  concealedNames?: boolean;
  /** No Entra ID P1/P2: sign-ins and `signInActivity` answer 403. */
  noPremium?: boolean;
  /** Consent is missing: 65001. */
  consentMissing?: boolean;
  /** Conditional Access blocks the sign-in: 53003. */
  conditionalAccess?: boolean;
  /** MFA needed at refresh: 50076 with claims. */
  mfaRequired?: boolean;
  /** Client secret expired: 7000222. */
  secretExpired?: boolean;
  /** Public client flows are not allowed: 7000218. */
  publicClientOff?: boolean;
  /** Nobody has to click: device codes are approved after the first pending poll, authorize answers at once. */
  autoApprove?: boolean;
  /** The device-code prompt is declined by the user. */
  declineDeviceCode?: boolean;
  /** Device codes expire at once. */
  expireDeviceCode?: boolean;
  /** Device code polls answer slow_down once. */
  slowDown?: boolean;
  /** Delta links have expired: 410 `resyncRequired`. */
  deltaExpired?: boolean;
  /** The delta query of users says nothing of licenses that came or went through groups. */
  deltaWithoutGroupLicenses?: boolean;
  /** The signed-in user holds License Administrator but not Reports Reader. */
  missingReportsRole?: boolean;
  /** Permissions granted; default: all that the product asks for. */
  grantedPermissions?: readonly string[];
}

/** Options of the sample tenant. */
export interface SampleOptions {
  /** 1 to 500,000; default 300. */
  users?: number;
  seed?: number;
  /** Date that the data is relative to, `YYYY-MM-DD`; default today. */
  today?: string;
  faults?: SampleFaults;
  switches?: SampleSwitches;
  /** Seconds between two polls that the device code answer asks for; default 1. */
  deviceCodeInterval?: number;
  /** Seconds that access tokens live; default 3,599. */
  accessTokenLifetime?: number;
  /** PEM certificate registered for the confidential client, for sign-in with a client assertion. */
  clientCertificate?: string;
  /**
   * Names of its servers in place of `localhost`, for a client whose proxy knows where they are: they still
   * listen on 127.0.0.1, and the certificate is made for these names as well.
   */
  hostNames?: { readonly login: string; readonly graph: string; readonly download: string };
  /**
   * The only remote address from which Entra ID, Graph and the downloads take connections; all others are cut
   * before a byte is read, and noted in the journal.
   */
  acceptFrom?: string;
}

/** A running sample tenant. */
export interface SampleAddress {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly defaultDomain: string;
  /** Origin of Entra ID, `https://localhost:port` unless it was given another name. */
  readonly loginUrl: string;
  /** Origin of Microsoft Graph, `https://localhost:port`; another port than Entra ID's. */
  readonly graphUrl: string;
  /**
   * Origin of the pages that people see in a browser (device login, account picker), `http://localhost:port`:
   * plain http on the loopback, because no browser trusts the sample's certificate authority.
   */
  readonly pagesUrl: string;
  /** User principal name of the account that signs in. */
  readonly account: string;
  /** The registered public client application. */
  readonly clientId: string;
  /** A confidential client application and its secret, for client credentials. */
  readonly confidentialClientId: string;
  readonly clientSecret: string;
  /** PEM text of the certificate authority to trust for this connection. */
  readonly caCertificate: string;
}
