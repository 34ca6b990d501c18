import { countOf } from '../common/displayFormats';
import {
  moneyColumns,
  nameColumn,
  seatsColumn,
  tenantColumns,
  textColumn,
  whyColumn,
  type NodeColumn,
  type NodeEvents,
} from './findingColumns';
import type { FindingNodeValue } from './findingNodes';

/** The columns of the list of findings; with the tenant's name where the page shows several tenants. */
export function findingGridColumns(
  events: NodeEvents,
  tenantName: ((tenantId: string) => string) | null,
): readonly NodeColumn[] {
  return [
    { ...nameColumn('Finding', events, 'finding', false), width: 330 },
    ...tenantColumns(tenantName, false),
    { ...whyColumn, title: 'Why and What to Do', width: 400 },
    textColumn({ id: 'license', title: 'License', width: 200 }, licenseOf),
    { ...seatsColumn, description: 'Seats or units that a finding concerns' },
    ...moneyColumns,
  ];
}

function licenseOf(value: FindingNodeValue): string {
  if (value.type === 'finding') return value.finding.productName ?? value.finding.skuPartNumber ?? '';
  if (value.type === 'kind' && value.group.licenses > 0) return countOf(value.group.licenses, 'license');
  return '';
}
