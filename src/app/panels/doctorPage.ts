import * as v from 'valibot';
import { checksTable } from '../../core/export/connectionTables';
import type { CsvValue } from '../../core/export/csvCell';
import { LicenseError } from '../../core/foundation/errors';
import type { CheckRow, DoctorContract, DoctorReport } from '../../shared/doctorContract';
import type { RpcMethods } from './rpcServer';

/** What the report page needs of the world; none of it knows VS Code. */
export interface DoctorPageDeps {
  readonly connectionId: string;
  readonly test: (signal: AbortSignal) => Promise<DoctorReport>;
  /** True when it succeeded; what failed has been said. */
  readonly signIn: () => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
  /** Asks for a file and writes rows; false when the person cancelled. */
  readonly saveCsv: (suggestedName: string, rows: readonly (readonly CsvValue[])[]) => Promise<boolean>;
  readonly openLink: (url: string) => Promise<void>;
}

/** Host side of the test of a connection. */
export class DoctorPage {
  /** Links of the newest report: a page opens nothing else. */
  private links: ReadonlySet<string> = new Set();
  private checks: readonly CheckRow[] = [];

  constructor(private readonly deps: DoctorPageDeps) {}

  readonly methods: RpcMethods<DoctorContract> = {
    start: { params: v.null(), handle: async () => ({ connectionId: this.deps.connectionId }) },
    test: { params: v.null(), handle: (_params, signal) => this.test(signal) },
    signIn: { params: v.null(), handle: async () => ({ signedIn: await this.deps.signIn() }) },
    copy: {
      params: v.object({ text: v.pipe(v.string(), v.maxLength(100_000)) }),
      handle: async ({ text }) => {
        await this.deps.copy(text);
        return null;
      },
    },
    exportCsv: {
      params: v.null(),
      handle: async () => {
        const rows = checksTable(this.checks);
        return (await this.deps.saveCsv('test-connection.csv', rows)) ? { rows: rows.length - 1 } : null;
      },
    },
    openConsent: {
      params: v.object({ url: v.pipe(v.string(), v.maxLength(10_000)) }),
      handle: async ({ url }) => {
        if (!this.links.has(url)) {
          throw new LicenseError('invalidArgument', 'The page asked for a link that is not in its report.');
        }
        await this.deps.openLink(url);
        return null;
      },
    },
  };

  private async test(signal: AbortSignal): Promise<DoctorReport> {
    const report = await this.deps.test(signal);
    this.checks = report.rows;
    const links = [report.consentUrl, ...report.rows.map((row) => row.consentUrl)];
    this.links = new Set(links.filter((url) => url !== null));
    return report;
  }
}
