import { Buffer } from 'node:buffer';
import { constants, verify, X509Certificate } from 'node:crypto';
import type { SampleRequest } from '../net/exchange';
import type { TenantState } from '../tenantState';
import type { EntraProblem } from './entraError';
import { problems } from './entraError';
import type { AppRegistration } from './registrations';
import { registrationOf } from './registrations';
import { parseClaims } from './tokens';

/** Which application calls the token endpoint, or why it is refused. */
export function authenticateClient(
  state: TenantState,
  request: SampleRequest,
  form: URLSearchParams,
): AppRegistration | EntraProblem {
  const basic = basicCredentials(request.headers.authorization);
  const clientId = form.get('client_id') ?? basic?.id ?? null;
  if (clientId === null) return problems.parameterMissing('client_id');
  const app = registrationOf(clientId, state.applications);
  if (!app) return problems.clientUnknown(clientId, state.address.tenantName);
  const secret = form.get('client_secret') ?? basic?.secret ?? null;
  const assertion = form.get('client_assertion');
  if (app.kind === 'public') {
    if (secret !== null || assertion !== null) return problems.secretUnexpected();
    return state.switches.publicClientOff ? problems.secretMissing() : app;
  }
  const registered = state.applications.byId(app.clientId);
  if (assertion !== null) {
    const certificates = registered?.certificates.map(pemOf) ?? [state.options.clientCertificate ?? ''];
    const holds = certificates.some((certificate) => assertionHolds(state, assertion, app, certificate));
    return holds ? app : problems.assertionWrong();
  }
  if (secret === null) return problems.secretMissing();
  if (registered !== undefined) {
    const known = registered.secrets.find((candidate) => candidate.secretText === secret);
    if (known === undefined) return problems.secretWrong(clientId);
    return Date.parse(known.endDateTime) > Date.now() ? app : problems.secretExpired(clientId);
  }
  if (secret !== state.address.clientSecret) return problems.secretWrong(clientId);
  return state.switches.secretExpired ? problems.secretExpired(clientId) : app;
}

function basicCredentials(header: string | undefined): { id: string; secret: string } | null {
  const match = /^Basic (.+)$/i.exec(header ?? '');
  if (!match) return null;
  const [id = '', secret = ''] = Buffer.from(match[1] ?? '', 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent);
  return { id, secret };
}

/** A signed assertion of the registered certificate, for this token endpoint and not expired. */
function assertionHolds(
  state: TenantState,
  assertion: string,
  { clientId }: AppRegistration,
  certificate: string,
): boolean {
  if (certificate === '') return false;
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const header = parseClaims(head);
  const claims = parseClaims(body);
  if (!header || !claims) return false;
  const { publicKey } = new X509Certificate(certificate);
  const key =
    header['alg'] === 'PS256'
      ? {
          key: publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
  const signed = verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
  const audience = claims['aud'];
  return (
    signed &&
    claims['iss'] === clientId &&
    claims['sub'] === clientId &&
    typeof audience === 'string' &&
    audience.startsWith(`${state.address.loginUrl}/`) &&
    Number(claims['exp']) > Date.now() / 1000
  );
}

function pemOf(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
}
