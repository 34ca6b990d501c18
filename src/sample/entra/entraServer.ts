import type { SampleReply, SampleRequest } from '../net/exchange';
import { json, redirect } from '../net/exchange';
import type { TenantState } from '../tenantState';
import { AuthorizeEndpoint } from './authorizeEndpoint';
import { deviceCodeLifetime, DeviceCodes } from './deviceCodes';
import { entraError, problems } from './entraError';
import { Grants } from './grants';
import { codePage, confirmPage, messagePage } from './pages';
import { isRegisteredRedirect, registrationOf } from './registrations';
import { requestedPermissions, TokenEndpoint } from './tokenEndpoint';

const isPage = /^(oauth2\/v2\.0\/(authorize|logout)|(v2\.0\/)?adminconsent)$/;

const notFound = (): SampleReply => messagePage(404, 'Not found', 'The sample tenant has no such page.');

/**
 * The sample tenant's Entra ID: the protocol endpoints, and the pages that a person sees.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols
 */
export class EntraServer {
  private readonly deviceCodes = new DeviceCodes();
  private readonly grants = new Grants();
  private readonly tokens: TokenEndpoint;
  private readonly authorize: AuthorizeEndpoint;

  constructor(private readonly state: TenantState) {
    this.tokens = new TokenEndpoint(state, this.deviceCodes, this.grants);
    this.authorize = new AuthorizeEndpoint(state, this.grants);
  }

  /** Decides a device code for the person. False when there is no such pending code. */
  decideDeviceCode(userCode: string, decision: 'approve' | 'decline'): boolean {
    return this.deviceCodes.decide(userCode, decision);
  }

  handle(request: SampleRequest): SampleReply {
    const { path, method } = request;
    if (path === '/devicelogin') return this.deviceLogin(request);
    const [tenant = '', ...rest] = path.slice(1).split('/');
    const endpoint = rest.join('/');
    // Only what a person opens in a browser goes over plain http.
    if (request.origin === 'pages' && !isPage.test(endpoint)) return notFound();
    if (endpoint === 'discovery/instance') return this.instanceDiscovery();
    if (!this.isTenant(tenant)) return entraError(problems.tenantUnknown(tenant), null);
    switch (`${method} ${endpoint}`) {
      case 'GET v2.0/.well-known/openid-configuration':
        return json(200, this.metadata(tenant));
      case 'GET discovery/v2.0/keys':
        return json(200, this.state.signer.jwks(this.issuer(this.state.address.tenantId)));
      case 'POST oauth2/v2.0/devicecode':
        return this.startDeviceCode(request);
      case 'POST oauth2/v2.0/token':
        return this.tokens.handle(request, tenant.toLowerCase());
      case 'GET oauth2/v2.0/authorize':
      case 'POST oauth2/v2.0/authorize':
        return this.authorize.handle(request);
      case 'GET adminconsent':
      case 'POST adminconsent':
      case 'GET v2.0/adminconsent':
      case 'POST v2.0/adminconsent':
        return this.adminConsent(request);
      case 'GET oauth2/v2.0/logout':
        return messagePage(200, 'You signed out', 'You can close this window.');
      default:
        return notFound();
    }
  }

  private isTenant(tenant: string): boolean {
    const { tenantId, defaultDomain } = this.state.address;
    return ['organizations', 'common', tenantId, defaultDomain].includes(tenant.toLowerCase());
  }

  private issuer(tenant: string): string {
    return `${this.state.address.loginUrl}/${tenant}/v2.0`;
  }

  private metadata(tenant: string): unknown {
    const { loginUrl, pagesUrl, graphUrl, tenantId } = this.state.address;
    const any = tenant === 'organizations' || tenant === 'common';
    const base = `${loginUrl}/${any ? tenant : tenantId}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: this.issuer(any ? '{tenantid}' : tenantId),
      request_uri_parameter_supported: false,
      userinfo_endpoint: `${graphUrl}/oidc/userinfo`,
      // The page a browser opens: no browser trusts the sample's certificates.
      authorization_endpoint: `${pagesUrl}/${any ? tenant : tenantId}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'tid', 'oid', 'preferred_username'],
      tenant_region_scope: null,
      cloud_instance_name: new URL(loginUrl).host,
      cloud_graph_host_name: new URL(graphUrl).host,
      msgraph_host: new URL(graphUrl).host,
    };
  }

  private instanceDiscovery(): SampleReply {
    const { host } = new URL(this.state.address.loginUrl);
    return json(200, {
      tenant_discovery_endpoint: `${this.state.address.loginUrl}/organizations/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }

  private startDeviceCode(request: SampleRequest): SampleReply {
    const form = new URLSearchParams(request.body);
    const clientId = form.get('client_id') ?? '';
    const correlation = request.query.get('client-request-id');
    const app = registrationOf(clientId, this.state.applications);
    const { pagesUrl, tenantName } = this.state.address;
    if (!app) return entraError(problems.clientUnknown(clientId, tenantName), correlation);
    const scope = form.get('scope') ?? '';
    const permissions = requestedPermissions(this.state, scope, clientId);
    if ('error' in permissions) return entraError(permissions, correlation);
    const code = this.deviceCodes.start(app.clientId, scope);
    const verificationUri = `${pagesUrl}/devicelogin`;
    return json(200, {
      user_code: code.userCode,
      device_code: code.deviceCode,
      verification_uri: verificationUri,
      expires_in: deviceCodeLifetime,
      interval: this.state.options.deviceCodeInterval ?? 1,
      message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${code.userCode} to authenticate.`,
    });
  }

  private deviceLogin(request: SampleRequest): SampleReply {
    if (request.method === 'POST') {
      const form = new URLSearchParams(request.body);
      const decision = form.get('decision') === 'approve' ? 'approve' : 'decline';
      if (!this.deviceCodes.decide(form.get('code') ?? '', decision)) {
        return codePage('', 'That code is not valid or has expired.');
      }
      return decision === 'approve'
        ? messagePage(200, 'You are signed in', 'You can close this window and return to the application.')
        : messagePage(
            200,
            'Sign-in cancelled',
            'The application was not given access. You can close this window.',
          );
    }
    const typed = request.query.get('code') ?? request.query.get('user_code') ?? '';
    const code = this.deviceCodes.byUserCode(typed);
    if (!code) return codePage(typed, typed === '' ? undefined : 'That code is not valid or has expired.');
    return confirmPage({
      title: 'Are you trying to sign in?',
      action: '/devicelogin',
      hidden: { code: code.userCode },
      application: registrationOf(code.clientId, this.state.applications)?.displayName ?? code.clientId,
      account: this.state.address.account,
    });
  }

  private adminConsent(request: SampleRequest): SampleReply {
    const { query } = request;
    const app = registrationOf(query.get('client_id') ?? '', this.state.applications);
    const registered = this.state.applications.byId(app?.clientId ?? '');
    const redirectUri = query.get('redirect_uri');
    const scope = query.get('scope');
    const isNewForm = request.path.includes('/v2.0/');
    if (
      !app ||
      (redirectUri === null ? isNewForm : !isRegisteredRedirect(redirectUri, registered?.redirectUris))
    ) {
      return messagePage(
        400,
        'Consent is not possible',
        'AADSTS700016 or AADSTS50011: the application or its redirect URI is unknown.',
      );
    }
    if (isNewForm && scope === null) {
      return messagePage(400, 'Consent is not possible', "AADSTS900144: the parameter 'scope' is missing.");
    }
    if (registered !== undefined && !registered.hasServicePrincipal) {
      return messagePage(
        400,
        'Consent is not possible',
        'AADSTS700016: the application is not in the tenant.',
      );
    }
    const decision = new URLSearchParams(request.body).get('decision');
    if (decision === null && !this.state.switches.autoApprove) {
      return confirmPage({
        title: 'Grant consent for Contoso',
        action: request.target,
        hidden: {},
        application: app.displayName,
        account: this.state.address.account,
        asks: 'all permissions of its registration',
      });
    }
    const target = new URL(redirectUri ?? 'http://localhost/');
    const state = query.get('state');
    if (decision === 'decline') {
      target.searchParams.set('error', 'permission_denied');
      target.searchParams.set('error_description', 'The admin canceled the request');
    } else {
      if (registered === undefined) {
        this.state.switches = { ...this.state.switches, consentMissing: false };
      } else {
        this.state.applications.consent(registered, this.namedPermissions(isNewForm ? scope : null));
      }
      target.searchParams.set('admin_consent', 'True');
      target.searchParams.set('tenant', this.state.address.tenantId);
      if (scope !== null) target.searchParams.set('scope', scope);
    }
    if (redirectUri === null) {
      return messagePage(200, 'Consent granted', 'You can close this window and return to the application.');
    }
    if (state !== null) target.searchParams.set('state', state);
    return redirect(target.href);
  }

  /** The delegated permissions of a consent link; null when it asks for all that are registered. */
  private namedPermissions(scope: string | null): readonly string[] | null {
    const prefix = `${this.state.address.graphUrl}/`;
    const names = (scope ?? '.default').split(' ').map((name) => name.replace(prefix, ''));
    return names.includes('.default') ? null : names;
  }
}
