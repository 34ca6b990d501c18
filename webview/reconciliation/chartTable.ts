import type { PositionRow } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createTableHead } from '../common/plainTable';
import { createNumber } from './figures';
import type { ChartBar } from './positionChart';
import { licenseName } from './positionWords';

const columns = [
  { id: 'active', title: 'Active', value: (row: PositionRow) => row.active },
  { id: 'inactive', title: 'Inactive', value: (row: PositionRow) => row.inactive },
  { id: 'never', title: 'Never used', value: (row: PositionRow) => row.never },
  { id: 'new', title: 'New', value: (row: PositionRow) => row.new },
  { id: 'unknown', title: 'Unknown', value: (row: PositionRow) => row.unknown },
  { id: 'unassigned', title: 'Unassigned', value: (row: PositionRow) => row.unassigned },
  { id: 'shortfallNow', title: 'Short', value: (row: PositionRow) => row.shortfallNow },
  { id: 'entitled', title: 'Entitled', value: (row: PositionRow) => row.entitled },
  { id: 'consumed', title: 'Consumed', value: (row: PositionRow) => row.consumed },
] as const;

/** The numbers behind the chart, license by license in its order. */
export function createChartTable(
  bars: readonly ChartBar[],
  tenantName: ((tenantId: string) => string) | null,
  onOpen: (row: PositionRow) => void,
): HTMLElement {
  return createElement('table', {
    class: 'plain-table',
    attributes: { 'aria-label': 'Seats and units by license' },
    children: [
      createTableHead([{ title: 'License' }, ...columns.map(({ title }) => ({ title, numeric: true }))]),
      createElement('tbody', { children: bars.map(({ row }) => tableRow(row, tenantName, onOpen)) }),
    ],
  });
}

function tableRow(
  row: PositionRow,
  tenantName: ((tenantId: string) => string) | null,
  onOpen: (row: PositionRow) => void,
): HTMLElement {
  const name = createElement('button', {
    class: 'link',
    text: licenseName(row),
    attributes: { type: 'button', 'aria-description': 'Opens the license.' },
  });
  name.addEventListener('click', () => onOpen(row));
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        children: [
          name,
          ...(tenantName === null
            ? []
            : [createElement('div', { class: 'remark', text: tenantName(row.tenantId) })]),
        ],
      }),
      ...columns.map(({ id, value }) => {
        const number = value(row);
        const text = number === null ? 'unknown' : formatCount(number);
        return createElement('td', {
          class: number === null ? 'number muted' : 'number',
          children: [createNumber(`license.${row.licenseId}.${id}`, number, text, number !== null)],
        });
      }),
    ],
  });
}
