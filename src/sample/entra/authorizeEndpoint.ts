import { randomUUID } from 'node:crypto';
import type { SampleReply, SampleRequest } from '../net/exchange';
import { redirect } from '../net/exchange';
import type { TenantState } from '../tenantState';
import type { EntraProblem } from './entraError';
import { problems } from './entraError';
import type { Grants } from './grants';
import { autoPostPage, confirmPage, messagePage } from './pages';
import { isRegisteredRedirect, registrationOf } from './registrations';
import { requestedPermissions } from './tokenEndpoint';

/** An authorization request that waits for the person. */
interface PendingAuthorization {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseMode: string;
  readonly state: string | null;
  readonly nonce: string | null;
  readonly scope: string;
  readonly challenge: string | null;
}

/** `GET /{tenant}/oauth2/v2.0/authorize` and the person's answer to it. */
export class AuthorizeEndpoint {
  private readonly pending = new Map<string, PendingAuthorization>();

  constructor(
    private readonly state: TenantState,
    private readonly grants: Grants,
  ) {}

  handle(request: SampleRequest): SampleReply {
    return request.method === 'POST' ? this.decide(request) : this.ask(request);
  }

  private ask(request: SampleRequest): SampleReply {
    const { query } = request;
    const clientId = query.get('client_id') ?? '';
    const app = registrationOf(clientId, this.state.applications);
    // Errors of set-up never go back to the redirect URI: it cannot be trusted.
    if (!app) return setupProblem(problems.clientUnknown(clientId, this.state.address.tenantName));
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!isRegisteredRedirect(redirectUri, this.state.applications.byId(clientId)?.redirectUris))
      return setupProblem(problems.redirectWrong(redirectUri, clientId));
    const pending: PendingAuthorization = {
      clientId,
      redirectUri,
      responseMode: query.get('response_mode') ?? 'query',
      state: query.get('state'),
      nonce: query.get('nonce'),
      scope: query.get('scope') ?? '',
      challenge: query.get('code_challenge'),
    };
    const problem = this.problemOf(query, pending);
    if (problem) return this.finish(pending, problem);
    if (this.state.switches.autoApprove || query.get('prompt') === 'none') return this.approve(pending);
    const id = randomUUID();
    if (this.pending.size > 100) this.pending.clear();
    this.pending.set(id, pending);
    return confirmPage({
      title: 'Pick an account',
      action: request.path,
      hidden: { request: id },
      application: app.displayName,
      account: this.state.address.account,
    });
  }

  private problemOf(query: URLSearchParams, pending: PendingAuthorization): Record<string, string> | null {
    const refuse = (error: string, text: string): Record<string, string> => ({
      error,
      error_description: text,
    });
    if (query.get('response_type') !== 'code') {
      return refuse(
        'unsupported_response_type',
        'AADSTS700051: response_type is not enabled for the application.',
      );
    }
    if (pending.challenge !== null && query.get('code_challenge_method') !== 'S256') {
      return refuse('invalid_request', 'AADSTS501491: Invalid size or method of Code_Challenge parameter.');
    }
    if (this.state.switches.consentMissing) {
      const { code, text } = problems.consentMissing(pending.clientId);
      return refuse('consent_required', `AADSTS${code}: ${text}`);
    }
    const permissions = requestedPermissions(this.state, pending.scope, pending.clientId);
    if ('error' in permissions) {
      return refuse(permissions.error, `AADSTS${permissions.code}: ${permissions.text}`);
    }
    return null;
  }

  private decide(request: SampleRequest): SampleReply {
    const form = new URLSearchParams(request.body);
    const id = form.get('request') ?? '';
    const pending = this.pending.get(id);
    if (!pending) return messagePage(400, 'Sign-in is over', 'Start the sign-in again in the application.');
    this.pending.delete(id);
    if (form.get('decision') === 'approve') return this.approve(pending);
    return this.finish(pending, {
      error: 'access_denied',
      error_description: 'AADSTS65004: User declined to consent to access the app.',
      error_subcode: 'cancel',
    });
  }

  private approve(pending: PendingAuthorization): SampleReply {
    const code = this.grants.issueCode({
      clientId: pending.clientId,
      scope: pending.scope,
      nonce: pending.nonce,
      redirectUri: pending.redirectUri,
      challenge: pending.challenge,
    });
    return this.finish(pending, { code, session_state: randomUUID() });
  }

  private finish(pending: PendingAuthorization, answer: Record<string, string>): SampleReply {
    const fields = pending.state === null ? answer : { ...answer, state: pending.state };
    if (pending.responseMode === 'form_post') return autoPostPage(pending.redirectUri, fields);
    const target = new URL(pending.redirectUri);
    const text = new URLSearchParams(fields).toString();
    if (pending.responseMode === 'fragment') target.hash = text;
    else target.search = text;
    return redirect(target.href);
  }
}

function setupProblem(problem: EntraProblem): SampleReply {
  return messagePage(
    400,
    'Sorry, but we are having trouble signing you in',
    `AADSTS${problem.code}: ${problem.text}`,
  );
}
