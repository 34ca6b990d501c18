import { Buffer } from 'node:buffer';
import type { SampleRequest } from '../net/exchange';
import type { FaultInjector } from '../net/faults';
import type { TenantState } from '../tenantState';
import type { GraphCaller } from './graphContext';
import { GraphProblem } from './graphError';

const refuse = (message: string, challenge?: string): GraphProblem =>
  new GraphProblem(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': challenge ?? 'Bearer realm=""',
  });

/** Checks the bearer token of every Graph request: signature, audience, tenant, life. */
export class BearerCheck {
  /** Requests made with each token, for the fault that lets tokens expire early. */
  private readonly uses = new Map<string, number>();

  constructor(
    private readonly state: TenantState,
    private readonly faults: FaultInjector,
  ) {}

  /** Throws a 401 when the request may not come in at all. */
  check(request: SampleRequest): GraphCaller {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw refuse('Access token is empty.');
    const claims = this.state.signer.read(token);
    if (!claims) throw refuse('IDX14100: JWT is not well formed or its signature is not valid.');
    const { graphUrl, tenantId } = this.state.address;
    if (claims['aud'] !== graphUrl) throw refuse('Access token validation failure. Invalid audience.');
    if (claims['tid'] !== tenantId) throw refuse('Access token validation failure. Invalid tenant.');
    if (Number(claims['exp']) <= Date.now() / 1000)
      throw refuse('Lifetime validation failed, the token is expired.');
    this.injectFaults(request, token, claims['sample_challenged'] === true);
    const list = (value: unknown): string[] =>
      Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(' ') : [];
    return {
      application: claims['idtyp'] === 'app',
      permissions: new Set(list(claims['scp'] ?? claims['roles'])),
      roles: new Set(list(claims['wids'])),
    };
  }

  private injectFaults(request: SampleRequest, token: string, challenged: boolean): void {
    const { expireTokensAfter, claimsChallenge, only } = this.faults.settings;
    if (only !== undefined && !request.path.includes(only)) return;
    if (claimsChallenge && !challenged) {
      const claims = JSON.stringify({
        access_token: { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } },
      });
      const encoded = Buffer.from(claims, 'utf8').toString('base64');
      throw refuse(
        'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
        `Bearer realm="", authorization_uri="${this.state.address.loginUrl}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", error_description="Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp", claims="${encoded}"`,
      );
    }
    if (expireTokensAfter === undefined) return;
    const uses = (this.uses.get(token) ?? 0) + 1;
    this.uses.set(token, uses);
    if (uses > expireTokensAfter) throw refuse('Lifetime validation failed, the token is expired.');
  }
}
