import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { SampleReply, SampleRequest } from '../net/exchange';
import { json } from '../net/exchange';
import type { TenantState } from '../tenantState';
import { grantedPermissions } from '../tenantState';
import { authenticateClient } from './clientAuthentication';
import type { DeviceCodes } from './deviceCodes';
import type { EntraProblem } from './entraError';
import { entraError, problems } from './entraError';
import type { Grants, UserGrant } from './grants';
import type { AppRegistration } from './registrations';
import { consentedOnRequest, directoryRoles } from './registrations';

const identityScopes = ['openid', 'profile', 'email', 'offline_access'];

const isProblem = (value: object): value is EntraProblem => 'error' in value;

/** The Graph permissions that a scope text asks for, or why it cannot. `.default` is all that was granted. */
export function requestedPermissions(
  state: TenantState,
  scope: string,
  clientId: string,
  kind: 'delegated' | 'application' = 'delegated',
): readonly string[] | EntraProblem {
  const registered = state.applications.byId(clientId);
  const granted = registered?.consented[kind] ?? grantedPermissions(state);
  // The tests' list of what is granted is the whole of it.
  const onRequest = state.switches.grantedPermissions === undefined ? consentedOnRequest : [];
  const wanted = new Set<string>();
  for (const entry of scope.split(' ').filter((part) => part !== '' && !identityScopes.includes(part))) {
    const name = entry.replace(`${state.address.graphUrl}/`, '');
    if (/^https?:/.test(name)) {
      const resource = new URL(name).origin;
      return problems.resourceUnknown(resource, state.address.tenantName);
    }
    if (name === '.default') for (const permission of granted) wanted.add(permission);
    else if (!/^[A-Za-z-]+(\.[A-Za-z]+)+$/.test(name)) return problems.scopeWrong(entry);
    else if (granted.includes(name) || onRequest.includes(name)) wanted.add(name);
  }
  return [...wanted].sort();
}

const keptTokens = 200;

/** `POST /{tenant}/oauth2/v2.0/token`. */
export class TokenEndpoint {
  constructor(
    private readonly state: TenantState,
    private readonly deviceCodes: DeviceCodes,
    private readonly grants: Grants,
  ) {}

  handle(request: SampleRequest, tenant: string): SampleReply {
    const form = new URLSearchParams(request.body);
    const correlation = request.query.get('client-request-id') ?? form.get('client-request-id');
    const result = this.grant(request, form, tenant);
    this.remember(result);
    return isProblem(result) ? entraError(result, correlation) : json(200, result);
  }

  private remember(result: object): void {
    const { issuedTokens } = this.state;
    for (const [name, value] of Object.entries(result)) {
      if (name.endsWith('_token') && typeof value === 'string') issuedTokens.push(value);
    }
    issuedTokens.splice(0, Math.max(0, issuedTokens.length - keptTokens));
  }

  private grant(request: SampleRequest, form: URLSearchParams, tenant: string): object {
    const grantType = form.get('grant_type');
    if (grantType === null) return problems.parameterMissing('grant_type');
    const app = authenticateClient(this.state, request, form);
    if (isProblem(app)) return app;
    switch (grantType) {
      case 'client_credentials':
        return this.clientCredentials(app, form, tenant);
      case 'authorization_code': {
        const redirectUri = form.get('redirect_uri') ?? '';
        const grant = this.grants.redeemCode(
          form.get('code') ?? '',
          app.clientId,
          redirectUri,
          form.get('code_verifier'),
        );
        return isProblem(grant) ? grant : this.userTokens(app, grant, form);
      }
      case 'device_code':
      case 'urn:ietf:params:oauth:grant-type:device_code': {
        const code = this.deviceCodes.poll(form.get('device_code') ?? '', app.clientId, this.state.switches);
        if (isProblem(code)) return code;
        return this.userTokens(app, { clientId: app.clientId, scope: code.scope, nonce: null }, form);
      }
      case 'refresh_token': {
        const grant = this.grants.redeemRefreshToken(form.get('refresh_token') ?? '', app.clientId);
        if (isProblem(grant)) return grant;
        if (this.state.switches.mfaRequired) {
          return problems.mfaRequired('{"access_token":{"capolids":{"essential":true,"values":["sample"]}}}');
        }
        return this.userTokens(app, { ...grant, scope: form.get('scope') ?? grant.scope }, form);
      }
      default:
        return problems.grantUnsupported(grantType);
    }
  }

  private clientCredentials(app: AppRegistration, form: URLSearchParams, tenant: string): object {
    if (tenant === 'organizations' || tenant === 'common') return problems.tenantMissing();
    if (app.kind === 'public') return problems.secretMissing();
    const scope = form.get('scope') ?? '';
    const permissions = requestedPermissions(this.state, scope, app.clientId, 'application');
    if (isProblem(permissions)) return permissions;
    if (!scope.endsWith('/.default')) return problems.scopeWrong(scope);
    const { lifetime, claims } = this.commonClaims(app, form);
    const principal = guidFrom(`servicePrincipal ${app.clientId}`);
    return {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: this.state.signer.sign({
        ...claims,
        idtyp: 'app',
        oid: principal,
        sub: principal,
        // Without consent the application gets a token that allows nothing.
        ...(this.state.switches.consentMissing ? {} : { roles: permissions }),
      }),
    };
  }

  private userTokens(app: AppRegistration, grant: UserGrant, form: URLSearchParams): object {
    const { switches } = this.state;
    if (switches.conditionalAccess) return problems.conditionalAccess();
    if (switches.consentMissing) return problems.consentMissing(app.clientId);
    const permissions = requestedPermissions(this.state, grant.scope, app.clientId);
    if (isProblem(permissions)) return permissions;
    if (permissions.length === 0) return problems.consentMissing(app.clientId);
    const { lifetime, claims, issued } = this.commonClaims(app, form);
    const { account, graphUrl, loginUrl, tenantId } = this.state.address;
    const user = this.state.directory.user(0);
    const scopes = grant.scope.split(' ');
    const roles = [directoryRoles.licenseAdministrator];
    if (!switches.missingReportsRole) roles.push(directoryRoles.reportsReader);
    const accessToken = this.state.signer.sign({
      ...claims,
      idtyp: 'user',
      oid: user.id,
      sub: guidFrom(`subject ${user.id} graph`),
      upn: account,
      unique_name: account,
      name: user.displayName,
      scp: permissions.join(' '),
      wids: roles,
      ...(form.get('claims')?.includes('CP1') ? { xms_cc: ['CP1'] } : {}),
    });
    const idToken = this.state.signer.sign({
      aud: app.clientId,
      iss: `${loginUrl}/${tenantId}/v2.0`,
      iat: issued,
      nbf: issued,
      exp: issued + lifetime,
      name: user.displayName,
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
      oid: user.id,
      preferred_username: account,
      sub: guidFrom(`subject ${user.id} ${app.clientId}`),
      tid: tenantId,
      ver: '2.0',
    });
    const info = Buffer.from(JSON.stringify({ uid: user.id, utid: tenantId })).toString('base64url');
    return {
      token_type: 'Bearer',
      scope: [
        ...permissions.map((permission) => `${graphUrl}/${permission}`),
        ...scopes.filter((scope) => identityScopes.includes(scope) && scope !== 'offline_access'),
      ].join(' '),
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: accessToken,
      ...(scopes.includes('offline_access') ? { refresh_token: this.grants.issueRefreshToken(grant) } : {}),
      ...(scopes.includes('openid') ? { id_token: idToken } : {}),
      ...(form.get('client_info') === '1' ? { client_info: info } : {}),
    };
  }

  private commonClaims(
    app: AppRegistration,
    form: URLSearchParams,
  ): {
    lifetime: number;
    issued: number;
    claims: Record<string, unknown>;
  } {
    const { graphUrl, loginUrl, tenantId } = this.state.address;
    const lifetime = this.state.options.accessTokenLifetime ?? 3599;
    const issued = Math.floor(Date.now() / 1000);
    return {
      lifetime,
      issued,
      claims: {
        aud: graphUrl,
        iss: `${loginUrl}/${tenantId}/`,
        iat: issued,
        nbf: issued,
        exp: issued + lifetime,
        app_displayname: app.displayName,
        appid: app.clientId,
        tid: tenantId,
        ver: '1.0',
        // The client has answered a claims challenge; Graph does not challenge this token again.
        ...(form.get('claims')?.includes('"nbf"') ? { sample_challenged: true } : {}),
      },
    };
  }
}

/** A stable GUID of a text. */
function guidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
