import type { PositionRow } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
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
import { availableText } from './positionWords';

/** The columns of the table of licenses; with the tenant's name where the page shows several tenants. */
export function licenseColumns(
  events: NodeEvents,
  tenantName: ((tenantId: string) => string) | null,
): readonly NodeColumn[] {
  return [
    nameColumn('License', events),
    ...tenantColumns(tenantName, true),
    whyColumn,
    seatsColumn,
    ...moneyColumns,
    count('entitled', 'Entitled', 92, 'Units that may be used now: enabled and in grace'),
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
    textColumn({ id: 'partNumber', title: 'Part Number', width: 200 }, (value) =>
      value.type === 'license' ? value.row.skuPartNumber : '',
    ),
  ];
}

type CountColumn =
  'entitled' | 'unassigned' | 'active' | 'inactive' | 'never' | 'new' | 'unknown' | 'inGrace' | 'suspended';

/** A number of a license: shown as text says, copied as it is stored. */
function numberColumn(
  column: Pick<NodeColumn, 'title' | 'width' | 'description' | 'render'>,
  id: CountColumn | 'consumed' | 'availableNow' | 'availableAfterGrace',
  text: (row: PositionRow) => string,
): NodeColumn {
  return {
    ...column,
    id,
    align: 'end',
    text: ({ value }) => (value.type === 'license' ? text(value.row) : ''),
    copy: ({ value }) => (value.type === 'license' ? String(value.row[id] ?? '') : ''),
  };
}

function count(id: CountColumn, title: string, width: number, description: string): NodeColumn {
  return numberColumn({ title, width, description }, id, (row) => orUnknown(row[id]));
}

function consumedColumn(events: NodeEvents): NodeColumn {
  const text = ({ consumed }: PositionRow): string => formatCount(consumed);
  return numberColumn(
    {
      title: 'Consumed',
      description: 'Units in use, as Microsoft counts them. Enter shows who holds them.',
      width: 100,
      render: (cell, { value }) => {
        if (value.type !== 'license') return;
        const link = createElement('span', { class: 'cell-link', text: text(value.row) });
        link.addEventListener('click', () => events.onOpen(value, 'consumed'));
        cell.append(link);
      },
    },
    'consumed',
    text,
  );
}

function available(
  id: 'availableNow' | 'availableAfterGrace',
  title: string,
  description: string,
): NodeColumn {
  return numberColumn(
    {
      title,
      description,
      width: 136,
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
    },
    id,
    (row) => {
      const { number, word } = availableText(row[id]);
      return `${number} ${word}`;
    },
  );
}

function orUnknown(value: number | null): string {
  return value === null ? 'unknown' : formatCount(value);
}
