import type { ReportData } from './reportData';
import { name, type TableColumn } from './reportTable';

/** The tenant of a row, where there are several. */
export function tenantColumn<Row extends { readonly tenantId: string }>(
  data: ReportData,
): readonly TableColumn<Row>[] {
  if (data.tenants.length < 2) return [];
  const names = new Map(data.tenants.map((tenant) => [tenant.tenantId, tenant.displayName]));
  return [{ title: 'Tenant', cell: (row) => name(names.get(row.tenantId) ?? row.tenantId) }];
}
