import type { PositionRow } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import type { TreeRow } from '../grid/treeRows';
import {
  moneyColumns,
  nameColumn,
  seatsColumn,
  whyColumn,
  type NodeColumn,
  type NodeEvents,
} from './findingColumns';
import type { FindingNodeValue } from './findingNodes';
import { availableText } from './positionWords';

/** The columns of the table of licenses; with the tenant's name where the page shows several tenants. */
export function licenseColumns(
  events: NodeEvents,
  tenantName: ((tenantId: string) => string) | null,
): readonly NodeColumn[] {
  return [
    nameColumn('License', events),
    ...(tenantName === null ? [] : [tenantColumn(tenantName)]),
    whyColumn,
    seatsColumn,
    ...moneyColumns,
    count('entitled', 'Entitled', 82, 'Units that may be used now: enabled and in grace'),
    consumedColumn(events),
    available('availableNow', 'Available', 'Entitled less consumed'),
    available('availableAfterGrace', 'After Grace', 'What is left when the units in grace are gone'),
    count('unassigned', 'Unassigned', 108, 'Enabled units that nobody holds, less the buffer'),
    count('active', 'Active', 72, 'Seats of people who used it lately'),
    count('inactive', 'Inactive', 78, 'Seats whose last use is longer ago than the inactivity period'),
    count('never', 'Never', 70, 'Seats that were never used'),
    count('new', 'New', 62, 'No use yet, but younger than the grace period'),
    count('unknown', 'Unknown', 84, 'Seats of which the data says too little'),
    count('inGrace', 'In Grace', 82, 'The term has ended; they work until the subscription is disabled'),
    count('suspended', 'Suspended', 94, 'Shown, but never counted as entitled'),
    {
      id: 'partNumber',
      title: 'Part Number',
      width: 200,
      align: 'start',
      sortable: false,
      text: ({ value }) => (value.type === 'license' ? value.row.skuPartNumber : ''),
      copy: ({ value }) => (value.type === 'license' ? value.row.skuPartNumber : ''),
    },
  ];
}

/** The tenant of a license or a finding. */
export function tenantColumn(tenantName: (tenantId: string) => string, sortable = true): NodeColumn {
  const text = ({ value }: TreeRow<FindingNodeValue>): string => {
    switch (value.type) {
      case 'license':
        return tenantName(value.row.tenantId);
      case 'finding':
        return tenantName(value.finding.tenantId);
      case 'group':
      case 'kind':
        return '';
    }
  };
  return { id: 'tenantId', title: 'Tenant', width: 140, align: 'start', sortable, text, copy: text };
}

type CountColumn =
  'entitled' | 'unassigned' | 'active' | 'inactive' | 'never' | 'new' | 'unknown' | 'inGrace' | 'suspended';

function count(id: CountColumn, title: string, width: number, description: string): NodeColumn {
  return {
    id,
    title,
    description,
    width,
    align: 'end',
    text: ({ value }) => (value.type === 'license' ? orUnknown(value.row[id]) : ''),
    copy: ({ value }) => (value.type === 'license' ? String(value.row[id] ?? '') : ''),
  };
}

function consumedColumn(events: NodeEvents): NodeColumn {
  return {
    id: 'consumed',
    title: 'Consumed',
    description: 'Units in use, as Microsoft counts them. Enter shows who holds them.',
    width: 100,
    align: 'end',
    text: ({ value }) => (value.type === 'license' ? formatCount(value.row.consumed) : ''),
    copy: ({ value }) => (value.type === 'license' ? String(value.row.consumed) : ''),
    render: (cell, row) => {
      if (row.value.type !== 'license') return;
      const link = createElement('span', { class: 'cell-link', text: formatCount(row.value.row.consumed) });
      link.addEventListener('click', () => events.onOpen(row.value, 'consumed'));
      cell.append(link);
    },
  };
}

function available(
  id: 'availableNow' | 'availableAfterGrace',
  title: string,
  description: string,
): NodeColumn {
  const text = (row: PositionRow): string => {
    const { number, word } = availableText(row[id]);
    return `${number} ${word}`;
  };
  return {
    id,
    title,
    description,
    width: 104,
    align: 'end',
    text: ({ value }) => (value.type === 'license' ? text(value.row) : ''),
    copy: ({ value }) => (value.type === 'license' ? String(value.row[id]) : ''),
    render: (cell, { value }) => {
      if (value.type !== 'license') return;
      const { number, word, tone } = availableText(value.row[id]);
      cell.append(
        createElement('span', {
          class: `available ${tone}`,
          children: [number, ' ', createElement('span', { class: 'word', text: word })],
        }),
      );
    },
  };
}

function orUnknown(value: number | null): string {
  return value === null ? 'unknown' : formatCount(value);
}
