import type { LicenseHistoryRow } from '../../src/shared/licenseContract';
import { createElement } from '../common/createElement';
import { countOf, formatCount, formatDay, formatMoment } from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { createUnknown } from '../common/unknownValue';
import {
  entitledOf,
  historyLines,
  layOutHistory,
  valueOf,
  type HistoryChart,
  type HistoryLine,
} from './historyChart';

const lineWords: Readonly<Record<HistoryLine, string>> = {
  entitled: 'Entitled',
  consumed: 'Consumed',
  active: 'Active seats',
};

/** Units over time: a sentence, a chart, and the table behind it. */
export function createHistory(
  rows: readonly LicenseHistoryRow[],
  lastImportAt: string | null,
): HTMLElement[] {
  const [first] = rows;
  if (first === undefined) {
    return [createElement('p', { class: 'muted', text: 'No import has brought units of this license yet.' })];
  }
  const chart = layOutHistory(rows, lastImportAt);
  const table = createElement('details', {
    class: 'history-table',
    children: [
      createElement('summary', { text: `Table of ${countOf(rows.length, 'change')}` }),
      createTable(rows),
    ],
  });
  const summary = createElement('p', { class: 'summary', text: historySentence(rows, lastImportAt) });
  return chart === null ? [summary, table] : [summary, createChart(chart), table];
}

/** What happened, in words. */
export function historySentence(rows: readonly LicenseHistoryRow[], lastImportAt: string | null): string {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return '';
  const since = formatDay(first.validFrom.slice(0, 10));
  const moved = (line: HistoryLine): string => {
    const [before, after] = [valueOf(first, line), valueOf(last, line)];
    const word =
      line === 'entitled' ? 'entitled units' : line === 'consumed' ? 'units in use' : 'active seats';
    if (after === null) return `${word} are unknown`;
    if (before === null) return `${word} are ${formatCount(after)}, unknown then`;
    if (before === after) return `${word} are ${formatCount(after)} as then`;
    return `${word} went from ${formatCount(before)} to ${formatCount(after)}`;
  };
  if (rows.length === 1) {
    const seen = lastImportAt === null ? '' : ` up to ${formatDay(lastImportAt.slice(0, 10))}`;
    return `Unchanged since ${since}${seen}: ${countOf(entitledOf(first), 'entitled unit')}, ${formatCount(first.consumed)} in use.`;
  }
  const worst = rows.reduce((left, right) => (shortOf(right) > shortOf(left) ? right : left));
  const short =
    shortOf(worst) > 0
      ? ` The largest shortfall was ${formatCount(shortOf(worst))}, from ${formatDay(worst.validFrom.slice(0, 10))}.`
      : ' It was never short.';
  return `Since ${since} ${moved('entitled')}, ${moved('consumed')}, ${moved('active')}.${short}`;
}

function shortOf(row: LicenseHistoryRow): number {
  return row.consumed - entitledOf(row);
}

function createChart(chart: HistoryChart): HTMLElement {
  const svg = svgElement('svg', {
    viewBox: '0 0 100 100',
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  for (const { at } of chart.units) {
    svg.append(svgElement('path', { class: 'history-line-mark', d: `M0 ${at}H100` }));
  }
  svg.append(svgElement('path', { class: 'history-entitled-area', d: chart.entitledArea }));
  if (chart.graceArea !== '')
    svg.append(svgElement('path', { class: 'history-grace-area', d: chart.graceArea }));
  for (const area of chart.shortAreas)
    svg.append(svgElement('path', { class: 'history-short-area', d: area }));
  for (const line of historyLines) {
    svg.append(svgElement('path', { class: `history-line history-${line}`, d: chart.paths[line] }));
  }
  const marks = chart.units.map(({ at, value }) => {
    const label = createElement('span', { class: 'history-unit', text: formatCount(value) });
    label.style.top = `${at}%`;
    return label;
  });
  const times = chart.times.map(({ at, value }, index) => {
    const label = createElement('span', {
      class:
        `history-time ${index === 0 ? 'first' : index === chart.times.length - 1 ? 'last' : ''}`.trimEnd(),
      text: formatDay(new Date(value).toISOString().slice(0, 10)),
    });
    label.style.left = `${at}%`;
    return label;
  });
  const entry = (name: string, word: string): HTMLElement =>
    createElement('li', {
      children: [
        createElement('span', { class: `history-swatch ${name}`, attributes: { 'aria-hidden': 'true' } }),
        word,
      ],
    });
  return createElement('div', {
    class: 'history',
    children: [
      createElement('ul', {
        class: 'chart-legend',
        attributes: { 'aria-label': 'Legend' },
        children: [
          ...historyLines.map((line) => entry(`swatch-${line}`, lineWords[line])),
          ...(chart.graceArea === '' ? [] : [entry('swatch-grace', 'In grace')]),
          ...(chart.shortAreas.length === 0 ? [] : [entry('swatch-short', 'Short')]),
        ],
      }),
      createElement('div', {
        class: 'history-plot',
        attributes: { 'aria-hidden': 'true' },
        children: [
          createElement('div', { class: 'history-units', children: marks }),
          svg,
          createElement('div', { class: 'history-times', children: times }),
        ],
      }),
    ],
  });
}

function createTable(rows: readonly LicenseHistoryRow[]): HTMLElement {
  return createPlainTable(
    'Units over time',
    [
      { title: 'From' },
      { title: 'Enabled', numeric: true },
      { title: 'In Grace', numeric: true },
      { title: 'Suspended', numeric: true },
      { title: 'Locked Out', numeric: true },
      { title: 'Entitled', numeric: true },
      { title: 'Consumed', numeric: true },
      { title: 'Active Seats', numeric: true },
    ],
    [...rows].reverse().map((row) => ({
      cells: [
        formatMoment(row.validFrom),
        ...[row.enabled, row.inGrace, row.suspended, row.lockedOut].map(formatCount),
        ...[entitledOf(row), row.consumed].map(formatCount),
        row.active === null ? createUnknown() : formatCount(row.active),
      ],
    })),
  );
}

function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
