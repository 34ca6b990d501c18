import { SignInLog } from '../data/signInLog';
import type { SampleReply, SampleRequest } from '../net/exchange';
import type { FaultInjector } from '../net/faults';
import type { ReportServer } from '../reports/reportServer';
import type { SampleFaults } from '../sampleOptions';
import type { TenantState } from '../tenantState';
import { BearerCheck } from './bearer';
import type { GraphCall, GraphCaller } from './graphContext';
import { denied, GraphProblem, graphErrorReply } from './graphError';
import type { Route } from './routes';
import { graphRoutes } from './routes';

/** The sample tenant's Microsoft Graph. @see https://learn.microsoft.com/graph/overview */
export class GraphServer {
  private readonly bearer: BearerCheck;
  private readonly routes: readonly Route[];
  /** Listings whose page token was refused already under the present faults. */
  private expired: { readonly faults: SampleFaults; readonly paths: Set<string> } | undefined;

  constructor(
    private readonly state: TenantState,
    private readonly faults: FaultInjector,
    reports: ReportServer,
  ) {
    this.bearer = new BearerCheck(state, faults);
    this.routes = graphRoutes({
      reports,
      signIns: new SignInLog(state.directory),
      // Every item of a batch meets the faults on its own.
      runItem: async (request, caller) =>
        this.faults.decide(request).reply ?? (await this.dispatch(request, caller)),
    });
  }

  async handle(request: SampleRequest): Promise<SampleReply> {
    try {
      return await this.dispatch(request, this.bearer.check(request));
    } catch (error) {
      if (error instanceof GraphProblem) return graphErrorReply(error);
      throw error;
    }
  }

  private async dispatch(request: SampleRequest, caller: GraphCaller): Promise<SampleReply> {
    try {
      const [, version = '', path = ''] = /^\/(v1\.0|beta)(\/.*)$/.exec(request.path) ?? [];
      if (version === '') throw new GraphProblem(404, 'ResourceNotFound', 'Invalid version.');
      const matching = this.routes.filter((route) => route.pattern.test(path));
      const route = matching.find((candidate) => candidate.method === request.method);
      if (!route) {
        if (matching.length > 0)
          throw new GraphProblem(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
        throw new GraphProblem(
          400,
          'BadRequest',
          `Resource not found for the segment '${path.split('/')[1] ?? ''}'.`,
        );
      }
      if (route.anyOf.length > 0 && !route.anyOf.some((name) => caller.permissions.has(name))) {
        throw route.refusal?.() ?? denied();
      }
      this.expirePageToken(request);
      const captured = (route.pattern.exec(path) ?? []).slice(1);
      const call: GraphCall = { state: this.state, request, caller, version, captured };
      return await route.handle(call);
    } catch (error) {
      if (error instanceof GraphProblem) return graphErrorReply(error);
      throw error;
    }
  }

  /** The first page token of every listing is refused once, when that fault is on. */
  private expirePageToken(request: SampleRequest): void {
    const faults = this.faults.settings;
    if (!faults.expirePageTokens || !request.query.has('$skiptoken')) return;
    if (faults.only !== undefined && !request.path.includes(faults.only)) return;
    if (this.expired?.faults !== faults) this.expired = { faults, paths: new Set() };
    if (this.expired.paths.has(request.path)) return;
    this.expired.paths.add(request.path);
    throw new GraphProblem(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.');
  }
}
