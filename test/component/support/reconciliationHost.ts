import { ReconciliationPage } from '../../../src/app/panels/reconciliationPage';
import type { SqlRow, ViewSpec } from '../../../src/core/store/store';
import type { TenantFacts } from '../../../src/shared/viewRows';
import { licenseRows, positionRows } from './memoryPositions';
import { tenantId } from './memoryUsers';
import { MemoryViews } from './memoryViews';

const contoso: TenantFacts = {
  tenantId,
  displayName: 'Contoso',
  lastImportAt: '2026-11-21T09:12:00Z',
  evaluatedOn: '2026-11-21',
};

/** The host's side of a reconciliation over rows in memory, with what it was asked to do. */
export class ReconciliationHost {
  readonly views: MemoryViews;
  readonly exported: ViewSpec[] = [];
  readonly openedRosters: [tenantId: string, licenseId: string][] = [];
  imports = 0;
  readonly page: ReconciliationPage;

  constructor(rows: readonly SqlRow[] = positionRows(), tenants: readonly TenantFacts[] = [contoso]) {
    const views = new MemoryViews(rows);
    this.views = views;
    this.page = new ReconciliationPage({
      tenantId: tenants.length === 1 ? tenantId : null,
      store: {
        openView: (spec) => views.openView(spec),
        viewRows: (viewId, offset, count, signal) => views.viewRows(viewId, offset, count, signal),
        closeView: (viewId) => views.closeView(viewId),
        query: async () => licenseRows(),
      },
      tenants: async () => tenants,
      exportCsv: async (spec) => {
        this.exported.push(spec);
        return { rows: rows.length };
      },
      runImport: async () => {
        this.imports++;
      },
      openRoster: async (...args) => {
        this.openedRosters.push(args);
      },
    });
  }
}
