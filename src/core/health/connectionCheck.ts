import type { CheckRow, DoctorReport } from '../../shared/doctorContract';
import { isCancellation, throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import { GraphTransport } from '../graph/graphTransport';
import type { HttpClient, HttpResponse } from '../graph/httpClient';
import { concealedNamesOf } from '../graph/reportSettings';
import { parseJson } from '../graph/graphErrors';
import { defaultGraphLimits, type GraphLimits } from '../graph/retryPolicy';
import { adminConsentUrl, permissionKindOf } from '../identity/adminConsent';
import { clouds, endpointsOf } from '../identity/clouds';
import type { AccessToken, TokenSource } from '../identity/identity';
import { grantOf, sufficientPermissions } from '../identity/permissionCover';
import { delegatedPermissions, leastKnown } from '../identity/scopes';
import { Semaphore } from '../importing/semaphore';
import type { Connection } from '../model/connection';
import { multiTenantApp } from '../model/multiTenantApp';
import { checkAction } from './checkAction';
import { plannedChecks, type PlannedCheck } from './checkedEndpoints';
import { endpointVerdict, signInVerdict, worstFirst } from './checkVerdict';
import { ClockWatch } from './clockWatch';

/** What {@link testConnection} works with. */
export interface ConnectionCheckDeps {
  /** The connection's own HTTP; may reject, for example when its CA file can't be read. */
  readonly http: () => Promise<HttpClient>;
  readonly tokens: TokenSource;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly limits?: Partial<GraphLimits>;
}

/** A person waits for the answer: two tries, short waits. Times in milliseconds. */
const limits: GraphLimits = {
  ...defaultGraphLimits,
  maxTries: 2,
  maxWaitMs: 10_000,
  requestTimeoutMs: 20_000,
};

/** Requests under way at once. */
const places = 4;

/**
 * Tests a connection: signs in silently, asks each endpoint that its tasks need with the smallest request there
 * is, and says of each what it came to and what to do. Whatever fails becomes a row.
 *
 * Rejects with `cancelled`, and with `invalidArgument` for a custom cloud without usable endpoints.
 */
export async function testConnection(
  deps: ConnectionCheckDeps,
  connection: Connection,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const planned = plannedChecks(connection.tasks, connection.cloud);
  // Before anything is asked, so that a connection without usable endpoints is refused.
  const consentUrl = adminConsentUrl(connection);
  const doctor = new Doctor(deps, connection, signal);
  const rows = await doctor.rows(planned);
  return {
    connectionId: connection.connectionId,
    connectionName: connection.name,
    account: connection.account,
    tenantId: doctor.token?.tenantId ?? connection.tenantId,
    clientId: connection.clientId,
    cloud: connection.cloud === 'custom' ? 'Custom' : clouds[connection.cloud].displayName,
    permissions: doctor.token === null ? null : heldBy(doctor.token),
    consentUrl,
    testedAt: deps.now().toISOString(),
    rows: worstFirst(rows),
  };
}

/** How an endpoint answered. */
interface Outcome {
  readonly error: LicenseError | null;
  readonly concealed: boolean;
}

class Doctor {
  /** Null while there is none. */
  token: AccessToken | null = null;
  private clock: ClockWatch | null = null;

  constructor(
    private readonly deps: ConnectionCheckDeps,
    private readonly connection: Connection,
    private readonly signal: AbortSignal,
  ) {}

  async rows(planned: readonly PlannedCheck[]): Promise<CheckRow[]> {
    const failure = await this.signIn();
    if (failure !== null)
      return planned.map((check) => this.row(check, { error: failure, concealed: false }));
    const outcomes = await this.ask(planned);
    return planned.map((check) =>
      this.row(check, outcomes.get(check.endpoint.id) ?? { error: null, concealed: false }),
    );
  }

  /** Gets a fresh token, so that a consent given a minute ago counts; returns what kept it from that. */
  private async signIn(): Promise<LicenseError | null> {
    try {
      this.clock = new ClockWatch(await this.deps.http(), this.deps.now);
      this.token = await this.deps.tokens.getToken({ signal: this.signal, forceRefresh: true });
      return null;
    } catch (error) {
      const failure = this.failureOf(error);
      const code = failure.details['errorCode'];
      if (typeof code === 'string' && code.startsWith('AADSTS')) await this.readServerTime();
      return failure;
    }
  }

  /** Asks the sign-in service for its public description, whose answer is dated. */
  private async readServerTime(): Promise<void> {
    const { login } = endpointsOf(this.connection);
    try {
      await this.clock?.send({
        method: 'GET',
        url: `${login}/common/v2.0/.well-known/openid-configuration`,
        signal: this.signal,
        timeoutMs: limits.requestTimeoutMs,
      });
    } catch {
      throwIfAborted(this.signal);
    }
  }

  /** Asks each endpoint once, however many tasks need it. */
  private async ask(planned: readonly PlannedCheck[]): Promise<Map<string, Outcome>> {
    const { deps, clock, signal } = this;
    if (clock === null) throw new LicenseError('unexpected', 'Endpoints are asked after the sign-in.');
    const transport = new GraphTransport({
      http: clock,
      tokens: deps.tokens,
      logger: deps.logger,
      signal,
      limits: { ...limits, ...deps.limits },
      random: Math.random,
      now: deps.now,
    });
    const { graph } = endpointsOf(this.connection);
    const semaphore = new Semaphore(places);
    const once = new Map(planned.map((check) => [check.endpoint.id, check]));
    const outcomes = await Promise.all(
      [...once.values()].map(({ endpoint, path }) =>
        semaphore.run(async (): Promise<readonly [string, Outcome]> => {
          try {
            const permissions = sufficientPermissions(endpoint.need.anyOf);
            const response = await transport.get(graph + path, { permissions }, (answer) =>
              endpoint.kind === 'report' ? linkOrText(answer) : jsonText(answer),
            );
            const concealed =
              endpoint.kind === 'reportSettings' && concealedNamesOf(parseJson(response.text)) === true;
            return [endpoint.id, { error: null, concealed }];
          } catch (error) {
            return [endpoint.id, { error: this.failureOf(error), concealed: false }];
          }
        }),
      ),
    );
    return new Map(outcomes);
  }

  private row({ task, endpoint, path }: PlannedCheck, { error, concealed }: Outcome): CheckRow {
    const { connection, token, clock } = this;
    const kind = permissionKindOf(connection);
    const held = token === null ? null : heldBy(token);
    const permission = leastKnown(endpoint.need, connection.cloud);
    const by = held === null ? null : grantOf([permission, ...endpoint.need.anyOf], held).by;
    const granted = held === null ? null : by !== null;
    const grantedBy = by === null || by === permission ? null : by;
    const verdict =
      error === null
        ? concealed
          ? 'namesConcealed'
          : 'ok'
        : token === null
          ? signInVerdict(error, clock?.isWrong ?? false)
          : endpointVerdict(error, {
              kind,
              granted: granted === true,
              empty: held?.length === 0,
              clockIsWrong: clock?.isWrong ?? false,
            });
    const { optional } = endpoint.need;
    const role = kind === 'delegated' ? endpoint.role : null;
    const skewMs = clock?.skewMs ?? null;
    const facts = { connection, verdict, permission, grantedBy, role, optional, error, skewMs };
    return {
      task,
      reads: endpoint.reads,
      endpoint: `GET ${endpoint.shown ?? path.replace(/\?.*/, '')}`,
      permission,
      permissionKind: kind,
      granted,
      grantedBy,
      role,
      optional,
      verdict,
      action: checkAction(facts),
      consentUrl:
        verdict === 'missingScope' || verdict === 'missingAdminConsent' ? this.consentUrl(permission) : null,
      support: error === null ? '' : supportNumbers(error),
    };
  }

  /** One consent for everything, so that nobody is asked twice; null where none can be given. */
  private consentUrl(permission: string): string | null {
    const { connection } = this;
    const asked = delegatedPermissions(connection);
    if (permissionKindOf(connection) === 'application' || asked.includes(permission)) {
      return adminConsentUrl(connection);
    }
    // The multi-tenant app never asks for more than it is registered for.
    if (connection.clientId.toLowerCase() === multiTenantApp.clientId) return null;
    return adminConsentUrl(connection, [...asked, permission].sort());
  }

  private failureOf(error: unknown): LicenseError {
    throwIfAborted(this.signal);
    if (isCancellation(error)) throw error;
    if (isLicenseError(error)) {
      this.deps.logger.info(`Test of a connection: ${error.reason} ${supportNumbers(error)}`);
      return error;
    }
    this.deps.logger.error('Test of a connection failed', error);
    return new LicenseError('unexpected', error instanceof Error ? error.message : String(error));
  }
}

function heldBy({ scopes, roles }: AccessToken): readonly string[] {
  return [...scopes, ...roles].sort();
}

/** A report is available when Graph answers with a link to it, or with the report itself. */
function linkOrText(response: HttpResponse): HttpResponse | undefined {
  const link = response.status >= 300 && response.headers['location'] !== undefined;
  const type = response.headers['content-type'] ?? '';
  return link || (response.status === 200 && !/html/i.test(type)) ? response : undefined;
}

function jsonText(response: HttpResponse): HttpResponse | undefined {
  return response.status < 300 && parseJson(response.text) !== undefined ? response : undefined;
}

/** The numbers that support asks for, in one line. */
function supportNumbers({ details }: LicenseError): string {
  const labels: readonly (readonly [string, string])[] = [
    ['errorCode', ''],
    ['code', ''],
    ['correlationId', 'correlation id '],
    ['requestId', 'request id '],
  ];
  return labels
    .map(([name, label]) => [label, details[name]] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([label, value]) => `${label}${String(value)}`)
    .join(', ');
}
