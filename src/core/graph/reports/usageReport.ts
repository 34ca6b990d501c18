import type { Cloud } from '../../model/connection';
import type { ReadingContext } from '../listing';
import type { ReportFormat } from './reportCsv';
import { readReportCsv } from './reportCsv';

/** A report's format and its period; null for the one report that takes none. */
export interface UsageReport<Row, Cells = Row> extends ReportFormat<Row, Cells> {
  readonly period: 'D30' | null;
}

/**
 * Where a report is read. National clouds document the reports in beta only, where the format must be asked for.
 * @see https://learn.microsoft.com/graph/api/resources/report
 */
export function reportPath(cloud: Cloud, name: string, period: string | null): string {
  const call = period === null ? name : `${name}(period='${period}')`;
  switch (cloud) {
    case 'usGovL4':
    case 'usGovL5':
    case 'china':
      return `/beta/reports/${call}?$format=text/csv`;
    case 'global':
    case 'custom':
      return `/v1.0/reports/${call}`;
  }
}

/** Reads a usage report as CSV. A person who signs in also needs the role Reports Reader. */
export async function* readUsageReport<Row, Cells = Row>(
  { client, cloud, notes, knownEtag, onArrived }: ReadingContext,
  report: UsageReport<Row, Cells>,
): AsyncGenerator<readonly Row[]> {
  const body = await client.report(reportPath(cloud, report.name, report.period), {
    permissions: ['Reports.Read.All'],
    onArrived,
    ...(knownEtag === undefined ? {} : { ifNoneMatch: knownEtag }),
  });
  notes.etag = body.etag;
  if (body.notModified) {
    notes.mode = 'unchanged';
    return;
  }
  yield* readReportCsv(body, report, notes);
}
