import type {
  PositionColumn,
  PositionRow,
  PositionTotals,
  ReconciliationData,
} from '../../src/shared/reconciliationContract';
import type { SortOrder } from '../../src/shared/viewRows';
import { createElement, createHiddenText, createIcon } from '../common/createElement';
import { countOf, formatCount } from '../common/displayFormats';
import { availableText, licenseName, notCountedText, partialSumText } from './positionWords';

interface TableColumn {
  readonly id: PositionColumn;
  readonly title: string;
  readonly description: string;
  readonly cell: (row: PositionRow) => string | HTMLElement;
  readonly total: (totals: PositionTotals) => string | HTMLElement;
}

const seatColumn = (
  id: 'active' | 'inactive' | 'never' | 'new' | 'unknown',
  title: string,
  description: string,
): TableColumn => ({
  id,
  title,
  description,
  cell: (row) => countOrUnknown(row[id]),
  total: (totals) => partialSumText(totals[id]),
});

const unitColumn = (
  id: 'entitled' | 'inGrace' | 'suspended' | 'consumed',
  title: string,
  description: string,
): TableColumn => ({
  id,
  title,
  description,
  cell: (row) => formatCount(row[id]),
  total: (totals) => formatCount(totals[id]),
});

const numberColumns: readonly TableColumn[] = [
  unitColumn('entitled', 'Entitled', 'Units that may be used now: enabled and in grace'),
  unitColumn('inGrace', 'In Grace', 'The term has ended; they work until the subscription is disabled'),
  unitColumn('suspended', 'Suspended', 'Shown, but never counted as entitled'),
  unitColumn('consumed', 'Consumed', 'Units in use, as Microsoft counts them'),
  {
    id: 'availableNow',
    title: 'Available',
    description: 'Entitled less consumed',
    cell: (row) => createAvailable(row.availableNow),
    total: (totals) => createShortAndSpare(totals.shortfallNow, totals.spare),
  },
  {
    id: 'availableAfterGrace',
    title: 'After Grace',
    description: 'Enabled less consumed: what is left when the units in grace are gone',
    cell: (row) => createAvailable(row.availableAfterGrace),
    total: (totals) => createShortAndSpare(totals.shortfallNow + totals.shortfallSoon, totals.unassigned),
  },
  seatColumn('active', 'Active', 'Seats of people who used it lately'),
  seatColumn('inactive', 'Inactive', 'Seats whose last use is longer ago than the inactivity period'),
  seatColumn('never', 'Never', 'Seats that were never used'),
  seatColumn('new', 'New', 'No use yet, but younger than the grace period'),
  seatColumn('unknown', 'Unknown', 'Seats of which the data says too little'),
];

/** What the table asks of the page. */
export interface PositionTableEvents {
  readonly onSort: (column: PositionColumn) => void;
  readonly onOpen: (row: PositionRow) => void;
}

/** The position of every license, with totals over those that count. */
export function createPositionTable(
  data: ReconciliationData,
  sort: SortOrder<PositionColumn>,
  events: PositionTableEvents,
): HTMLTableElement {
  const names = new Map(data.tenants.map((tenant) => [tenant.tenantId, tenant.displayName]));
  const manyTenants = data.tenants.length > 1;
  const head = (id: PositionColumn, title: string, description: string, numeric: boolean): HTMLElement =>
    createHeader({ id, title, description, numeric }, sort, events.onSort);
  const headRow = createElement('tr', {
    children: [
      head('skuPartNumber', 'Product', 'Sorted by part number', false),
      ...(manyTenants ? [head('tenantId', 'Tenant', 'Sorted by tenant ID', false)] : []),
      ...numberColumns.map((column) => head(column.id, column.title, column.description, true)),
    ],
  });
  const rows = data.rows.map((row) =>
    createElement('tr', {
      class: row.notCounted === null ? '' : 'not-counted',
      children: [
        createProduct(row, events.onOpen),
        ...(manyTenants ? [createElement('td', { text: names.get(row.tenantId) ?? row.tenantId })] : []),
        ...numberColumns.map((column) =>
          createElement('td', { class: 'number', children: [column.cell(row)] }),
        ),
      ],
    }),
  );
  return createElement('table', {
    class: 'positions',
    attributes: { 'aria-labelledby': 'positions-title' },
    children: [
      createElement('thead', { children: [headRow] }),
      createElement('tbody', { children: rows }),
      createElement('tfoot', { children: [createTotals(data.totals, manyTenants)] }),
    ],
  });
}

function createHeader(
  column: { id: PositionColumn; title: string; description: string; numeric: boolean },
  sort: SortOrder<PositionColumn>,
  onSort: (column: PositionColumn) => void,
): HTMLElement {
  const sorted = sort.column === column.id;
  const button = createElement('button', {
    class: 'sort-button',
    attributes: { type: 'button', title: column.description, 'data-column': column.id },
    children: [
      createElement('span', { text: column.title }),
      ...(sorted ? [createIcon(sort.descending ? 'arrow-down' : 'arrow-up', 'sort-icon')] : []),
    ],
  });
  button.addEventListener('click', () => onSort(column.id));
  return createElement('th', {
    class: column.numeric ? 'number' : '',
    attributes: {
      scope: 'col',
      'aria-sort': sorted ? (sort.descending ? 'descending' : 'ascending') : undefined,
    },
    children: [button],
  });
}

function createProduct(row: PositionRow, onOpen: (row: PositionRow) => void): HTMLElement {
  const link = createElement('button', {
    class: 'link',
    text: licenseName(row),
    attributes: { type: 'button', title: 'Show the users who hold this license' },
  });
  link.addEventListener('click', () => onOpen(row));
  const remarks = [
    row.productName === null ? null : row.skuPartNumber,
    row.isTrial ? 'trial' : null,
    row.notCounted === null ? null : `not counted: ${notCountedText(row.notCounted)}`,
  ].filter((remark) => remark !== null);
  return createElement('th', {
    attributes: { scope: 'row' },
    children: [link, createElement('div', { class: 'remark', text: remarks.join(' · ') })],
  });
}

function createTotals(totals: PositionTotals, manyTenants: boolean): HTMLElement {
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        children: [
          `Total of ${countOf(totals.licenses, 'license')}`,
          createElement('div', {
            class: 'remark',
            text: 'per-user licenses; free ones are left out',
          }),
        ],
      }),
      ...(manyTenants ? [createElement('td')] : []),
      ...numberColumns.map((column) =>
        createElement('td', { class: 'number', children: [column.total(totals)] }),
      ),
    ],
  });
}

function createAvailable(units: number): HTMLElement {
  const { number, word, tone } = availableText(units);
  return createElement('span', {
    class: `available ${tone}`,
    children: [
      createElement('span', { text: number }),
      ' ',
      createElement('span', { class: 'word', text: word }),
    ],
  });
}

/** Never netted: what is spare of one license is no help where another is short. */
function createShortAndSpare(short: number, spare: number): HTMLElement {
  return createElement('span', {
    class: 'stacked',
    children: [createAvailable(-short), createAvailable(spare)],
  });
}

function countOrUnknown(value: number | null): string | HTMLElement {
  if (value !== null) return formatCount(value);
  return createElement('span', {
    class: 'muted',
    attributes: { title: 'unknown' },
    children: [
      createElement('span', { text: '–', attributes: { 'aria-hidden': 'true' } }),
      createHiddenText('unknown'),
    ],
  });
}
