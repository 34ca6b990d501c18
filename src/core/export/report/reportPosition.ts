import { markup, nothing, type Markup } from './markup';
import { positionChart } from './reportChart';
import type { ReportData, ReportLicense } from './reportData';
import { counted, countText, knownCount, momentText } from './reportFormats';
import { name, table, type TableColumn } from './reportTable';
import { tenantColumn } from './reportTenants';

/** Entitlement against use: the chart, the table behind it, and how it came. */
export function positionSection(data: ReportData): Markup {
  const tenantNames = new Map(data.tenants.map((tenant) => [tenant.tenantId, tenant.displayName]));
  const label = (row: ReportLicense): string =>
    data.tenants.length < 2 ? row.productName : `${row.productName} (${tenantNames.get(row.tenantId) ?? ''})`;
  const outside = data.licenses.filter((row) => !row.isInTotals).length;
  return markup`<section aria-labelledby="position">
    <h2 id="position">Position</h2>
    <p>
      Entitled are units that may be used now, units in grace among them; suspended ones never count. A
      negative number of available units is a shortage, which the surplus of another license does not make up
      for.
    </p>
    ${positionChart(data.licenses, label)}${data.licenses.length === 0 ? markup`<p>There are no licenses.</p>` : positionTable(data)}${outside === 0 ? nothing : markup`<p class="muted small">${counted(outside, 'license')} marked with * ${outside === 1 ? 'is' : 'are'} in no total: free, for the company, or given in bulk and hardly used.</p>`}
    ${history(data)}
  </section> `;
}

function positionTable(data: ReportData): Markup {
  const { totals } = data;
  const partial = (sum: { value: number; complete: boolean }): Markup =>
    markup`${sum.complete ? '' : '≥ '}${countText(sum.value)}`;
  const count = (
    title: string,
    value: (row: ReportLicense) => number | null,
    total?: Markup,
  ): TableColumn<ReportLicense> => ({
    title,
    isNumber: true,
    cell: (row) => markup`${knownCount(value(row))}`,
    ...(total !== undefined && { total }),
  });
  return table<ReportLicense>(
    [
      {
        title: 'License',
        cell: (row) =>
          markup`${name(row.productName)}${row.isInTotals ? '' : ' *'}${row.productName === row.skuPartNumber ? nothing : markup`<span class="code">${row.skuPartNumber}</span>`}`,
      },
      ...tenantColumn<ReportLicense>(data),
      {
        title: 'Entitled',
        isNumber: true,
        cell: (row) =>
          markup`${countText(row.entitled)}${row.inGrace === 0 ? nothing : markup`<span class="code">${countText(row.inGrace)} in grace</span>`}${row.suspended === 0 ? nothing : markup`<span class="code">${countText(row.suspended)} suspended</span>`}`,
        total: markup`${countText(totals.entitled)}`,
      },
      count('In use', (row) => row.consumed, markup`${countText(totals.consumed)}`),
      {
        title: 'Available',
        isNumber: true,
        cell: (row) =>
          markup`${available(row.availableNow)}${row.inGrace === 0 ? nothing : markup`<span class="code">${countText(row.availableAfterGrace)} after grace</span>`}`,
      },
      count('Active', (row) => row.active, partial(totals.active)),
      count('Inactive', (row) => row.inactive, partial(totals.inactive)),
      count('Never active', (row) => row.never, partial(totals.never)),
      count('New', (row) => row.new, partial(totals.new)),
      count('Unknown', (row) => row.unknown, partial(totals.unknown)),
      count('Held by nobody', (row) => row.unassigned, markup`${countText(totals.unassigned)}`),
    ],
    data.licenses,
    { caption: 'Units and seats by license', totalLabel: 'Together' },
  );
}

function available(units: number): Markup {
  return units < 0
    ? markup`<strong class="bad">${countText(units)} short</strong>`
    : markup`${countText(units)}`;
}

type Point = ReportData['history'][number];

const historyCounts: readonly (readonly [string, (row: Point) => number | null])[] = [
  ['Entitled', (row) => row.entitled],
  ['In use', (row) => row.consumed],
  ['Short', (row) => row.shortfallNow],
  ['Inactive', (row) => row.inactive],
  ['Never active', (row) => row.never],
  ['Held by nobody', (row) => row.unassigned],
];

/** The imports that changed a number of the table; the file has also those that changed another. */
function history(data: ReportData): Markup {
  const points = data.history.filter((point, index, all) => {
    const before = all[index - 1];
    return before === undefined || historyCounts.some(([, value]) => value(point) !== value(before));
  });
  if (points.length < 2) return nothing;
  const count = (title: string, value: (row: Point) => number | null): TableColumn<Point> => ({
    title,
    isNumber: true,
    cell: (row) => markup`${knownCount(value(row))}`,
  });
  return markup`<h3>Over time</h3>
    ${table<Point>(
      [
        { title: 'Import', cell: (row) => markup`${momentText(row.at)}` },
        ...historyCounts.map(([title, value]) => count(title, value)),
      ],
      points,
      { caption: 'The last imports that changed a number' },
    )}`;
}
