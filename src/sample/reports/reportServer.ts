import { randomBytes } from 'node:crypto';
import type { GraphCall } from '../graph/graphContext';
import { badRequest, GraphProblem } from '../graph/graphError';
import { linkTo, pageSizeOf, positionOf, skipToken } from '../graph/paging';
import type { SampleReply, SampleRequest } from '../net/exchange';
import { json, redirect } from '../net/exchange';
import type { TenantState } from '../tenantState';
import { directoryRoles } from '../entra/registrations';
import { activityReports } from './activityReports';
import type { Report } from './report';
import { csvLine, rowObject, undocumentedColumn } from './report';
import type { Cell, ReportRequest } from './reportRow';
import { ReportSubject } from './reportRow';
import { rosterReports } from './usageReports';

const reports = new Map([...rosterReports, ...activityReports].map((report) => [report.name, report]));

/** Minutes that a download link works. */
const linkMinutes = 5;

interface Link {
  readonly report: Report;
  readonly request: ReportRequest;
  readonly expiresAt: number;
}

/**
 * The usage reports: Graph answers with a redirect to a file on another origin, or (beta) with JSON pages.
 * @see https://learn.microsoft.com/graph/api/resources/report
 */
export class ReportServer {
  private readonly links = new Map<string, Link>();

  constructor(private readonly state: TenantState) {}

  /** `GET /reports/{function}`. */
  handle(call: GraphCall): SampleReply {
    const { application, permissions, roles } = call.caller;
    const allowed = application || roles.has(directoryRoles.reportsReader);
    if (
      !permissions.has('Reports.Read.All') ||
      !allowed ||
      (!application && this.state.switches.missingReportsRole)
    ) {
      throw new GraphProblem(403, 'S2SUnauthorized', 'Invalid permission.');
    }
    const [name = '', parameters] = call.captured;
    const report = reports.get(name);
    if (!report) throw new GraphProblem(404, 'UnknownError', '');
    const request = this.requestOf(report, parameters);
    const format = call.request.query.get('$format') ?? 'text/csv';
    if (format === 'application/json') {
      if (call.version !== 'beta' && report.name !== 'getM365AppUserDetail') {
        throw badRequest('JSON is not available for this report on v1.0.');
      }
      return this.jsonPage(call, report, request);
    }
    if (format !== 'text/csv') throw badRequest(`Unsupported format '${format}'.`);
    const etag = this.etagOf(report, request);
    if (call.request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    const key = randomBytes(24).toString('base64url');
    if (this.links.size > 500) this.links.clear();
    this.links.set(key, { report, request, expiresAt: Date.now() + linkMinutes * 60_000 });
    const reply = redirect(`${this.state.downloadUrl}/reports/${report.name}.csv?token=${key}`);
    return { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } };
  }

  private requestOf(report: Report, parameters: string | undefined): ReportRequest {
    const concealed = this.state.switches.concealedNames ?? false;
    if (report.parameters === 'none') {
      if (parameters !== undefined) throw badRequest(`${report.name} takes no parameters.`);
      return { days: 180, periodText: '180', onDay: null, concealed };
    }
    const period = /^period='(D7|D30|D90|D180)'$/.exec(parameters ?? '');
    if (period?.[1]) {
      const text = period[1].slice(1);
      return { days: Number(text), periodText: text, onDay: null, concealed };
    }
    const date = /^date='?(\d{4}-\d\d-\d\d)'?$/.exec(parameters ?? '');
    if (!date?.[1] || report.parameters === 'period') throw badRequest('Invalid report period or date.');
    const day = this.state.directory.calendar.daysAgo(date[1]);
    if (day < 0 || day > 30) throw badRequest('The date must be within the last 30 days.');
    return { days: 1, periodText: '1', onDay: day, concealed };
  }

  private etagOf(report: Report, request: ReportRequest): string {
    const { calendar, seed } = this.state.directory;
    const { version, groupVersion } = this.state.directory.changes;
    return `"${report.name}-${request.periodText}-${request.onDay ?? ''}-${calendar.today}-${seed}-${version}.${groupVersion}-${request.concealed ? 1 : 0}"`;
  }

  /** The rows of one index: live users first, then soft-deleted ones. */
  private rowsAt(report: Report, request: ReportRequest, index: number): readonly (readonly Cell[])[] {
    const { directory } = this.state;
    const deleted = index >= directory.users;
    const user = deleted ? directory.deletedUser(index) : directory.user(index);
    const subject = new ReportSubject(directory, user, request, deleted);
    if (request.onDay !== null && report.lastUse?.(subject) !== request.onDay) return [];
    return report.rows(subject);
  }

  private endOf(report: Report): number {
    const { users, deletedUsers } = this.state.directory;
    return users + (report.withDeleted ? deletedUsers : 0);
  }

  private jsonPage(call: GraphCall, report: Report, request: ReportRequest): SampleReply {
    const { address } = this.state;
    const size = pageSizeOf(call.request, 200, 999);
    const position = positionOf(call.request);
    const end = this.endOf(report);
    const value: unknown[] = [];
    let at = position.at;
    for (; at < end && value.length < size; at++) {
      const rows = this.rowsAt(report, request, at);
      value.push(...(report.json?.(rows, report) ?? rows.map((row) => rowObject(report.columns, row))));
    }
    const token = skipToken({ at, page: position.page + 1 });
    return json(200, {
      '@odata.context': `${address.graphUrl}/${call.version}/$metadata#Collection(Edm.ComplexType)`,
      ...(at < end ? { '@odata.nextLink': linkTo(address.graphUrl, call.request, '$skiptoken', token) } : {}),
      value,
    });
  }

  /** The download origin: pre-authenticated, so a token that arrives here is a leak and is refused. */
  download(request: SampleRequest): SampleReply {
    if (request.headers.authorization !== undefined) {
      return fileProblem(400, 'InvalidAuthenticationInfo', 'Authorization must not be sent to this address.');
    }
    const link = this.links.get(request.query.get('token') ?? '');
    if (!link || Date.now() >= link.expiresAt) {
      return fileProblem(403, 'AuthenticationFailed', 'Signature not valid in the specified time frame.');
    }
    const etag = this.etagOf(link.report, link.request);
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return {
      status: 200,
      headers: { 'content-type': 'application/octet-stream', etag },
      body: this.file(link),
    };
  }

  private *file({ report, request }: Link): Generator<string> {
    const header = [...report.columns, undocumentedColumn].join(',');
    let text = `\uFEFF${header}\r\n`;
    const end = this.endOf(report);
    for (let index = 0; index < end; index++) {
      for (const row of this.rowsAt(report, request, index)) text += csvLine(report, row);
      if (text.length > 65_536) {
        yield text;
        text = '';
      }
    }
    yield text;
  }
}

function fileProblem(status: number, code: string, message: string): SampleReply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
