import { ReconciliationPage } from '../../../src/app/panels/reconciliationPage';
import { readTenantFacts } from '../../../src/app/panels/tenantFacts';
import type { ViewFilter, ViewSpec } from '../../../src/core/store/store';
import { contosoFigures } from '../../support/contosoFigures';
import { ViewTables, type RowsByView } from '../../support/viewTables';
import { tenantId } from './memoryUsers';
import { TableShelf } from './tableShelf';

/** The host's side of a Reconciliation over chosen numbers, with what it was asked to do. */
export class ReconciliationHost {
  readonly exported: ViewSpec[] = [];
  readonly tableShelf = new TableShelf();
  /** Ways out of the page, as `name argument …`. */
  readonly left: unknown[][] = [];
  readonly copied: string[] = [];
  imports = 0;
  readonly page: ReconciliationPage;

  private constructor(
    readonly tables: ViewTables,
    shown: string | null,
  ) {
    const note =
      (name: string) =>
      async (...args: unknown[]): Promise<void> => {
        this.left.push([name, ...args]);
      };
    this.page = new ReconciliationPage({
      tenantId: shown,
      store: tables,
      tenants: () => readTenantFacts(tables, shown),
      exportCsv: async (spec) => {
        this.exported.push(spec);
        return { rows: 10 };
      },
      saveCsv: this.tableShelf.saveCsv,
      exportHtml: note('html'),
      runImport: async () => {
        this.imports++;
      },
      openRoster: async (tenant: string | null, filter: ViewFilter) => note('roster')(tenant, filter),
      openLicense: note('license'),
      openUser: note('user'),
      openTenant: note('tenant'),
      copy: async (text) => {
        this.copied.push(text);
      },
    });
  }

  /** @param shown tenant of the page; null for all */
  static async create(
    rows: RowsByView = contosoFigures(),
    shown: string | null = tenantId,
  ): Promise<ReconciliationHost> {
    return new ReconciliationHost(await ViewTables.create(rows), shown);
  }
}
