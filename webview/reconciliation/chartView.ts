import type { PositionRow } from '../../src/shared/reconciliationContract';
import { createElement, createIcon } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createSvg } from '../common/svg';
import { chartPatterns, createBarSvg, createSwatch, type SwatchKind } from './chartDrawing';
import { createChartTable } from './chartTable';
import { createNumber } from './figures';
import { layOutChart, type ChartBar } from './positionChart';
import { availableText, licenseName, licenseSentence, notCountedText } from './positionWords';

interface LegendEntry {
  readonly kind: SwatchKind;
  readonly word: string;
}

const legend: readonly LegendEntry[] = [
  { kind: 'active', word: 'Active' },
  { kind: 'inactive', word: 'Inactive' },
  { kind: 'never', word: 'Never used' },
  { kind: 'other', word: 'New or unknown' },
  { kind: 'spare', word: 'Not assigned' },
  { kind: 'short', word: 'Short' },
  { kind: 'entitled', word: 'Entitled' },
];
const graceLegend: LegendEntry = { kind: 'afterGrace', word: 'Entitled after grace' };

/** The chart: a bar per license, its name a button to the people who hold it. The table has the same numbers. */
export function createChart(
  rows: readonly PositionRow[],
  tenantName: ((tenantId: string) => string) | null,
  onOpen: (row: PositionRow) => void,
  asTable = false,
): HTMLElement {
  const chart = layOutChart(rows);
  if (asTable) {
    return createElement('div', {
      children: [createChartTable(chart.bars, tenantName, onOpen), ...notes(chart.omitted, chart.notCharted)],
    });
  }
  const end = chart.ticks.at(-1) ?? 1;
  const details = createElement('p', { class: 'chart-details', attributes: { 'aria-hidden': 'true' } });
  details.textContent = detailsHint;
  const bars = chart.bars.map((bar) => createBar(bar, tenantName, onOpen, details));
  const axis = createElement('div', {
    class: 'chart-axis',
    attributes: { 'aria-hidden': 'true' },
    children: [createElement('div', { class: 'chart-track' })],
  });
  const lines = createElement('div', { class: 'chart-lines', attributes: { 'aria-hidden': 'true' } });
  for (const tick of chart.ticks) {
    const line = createElement('span', { class: 'chart-line' });
    line.style.left = `${(tick / end) * 100}%`;
    lines.append(line);
    const label = createElement('span', { class: 'chart-tick', text: formatCount(tick) });
    label.style.left = `${(tick / end) * 100}%`;
    axis.firstElementChild?.append(label);
  }
  return createElement('div', {
    class: 'chart',
    children: [
      createSvg('svg', { class: 'chart-patterns', width: 0, height: 0, 'aria-hidden': 'true' }, [
        chartPatterns(),
      ]),
      createLegend(chart.bars.some((bar) => bar.afterGraceAt !== null)),
      createElement('div', {
        class: 'chart-body',
        children: [lines, createElement('ul', { class: 'chart-bars', children: bars }), axis],
      }),
      details,
      ...notes(chart.omitted, chart.notCharted),
    ],
  });
}

const detailsHint = 'Point at a bar, or move to a name, for its numbers. A name opens the license.';

function createLegend(withGrace: boolean): HTMLElement {
  return createElement('ul', {
    class: 'chart-legend',
    attributes: { 'aria-label': 'Legend' },
    children: [...legend, ...(withGrace ? [graceLegend] : [])].map((entry) =>
      createElement('li', {
        children: [createSwatch(entry.kind), entry.word],
      }),
    ),
  });
}

function createBar(
  bar: ChartBar,
  tenantName: ((tenantId: string) => string) | null,
  onOpen: (row: PositionRow) => void,
  details: HTMLElement,
): HTMLElement {
  const { row } = bar;
  const sentence = licenseSentence(row);
  const track = createElement('div', { class: 'chart-track', children: [createBarSvg(bar)] });
  const name = createElement('button', {
    class: 'link chart-name',
    text: licenseName(row),
    attributes: { type: 'button', 'aria-description': `${sentence} Opens the license.` },
  });
  name.addEventListener('click', () => onOpen(row));
  const available = availableText(row.availableNow);
  const number = (id: string, value: number): HTMLElement =>
    createNumber(`license.${row.licenseId}.${id}`, value, formatCount(value));
  const item = createElement('li', {
    class: 'chart-row',
    children: [
      createElement('div', {
        class: 'chart-label',
        children: [
          name,
          ...(tenantName === null
            ? []
            : [createElement('span', { class: 'muted', text: tenantName(row.tenantId) })]),
        ],
      }),
      track,
      createElement('div', {
        class: 'chart-numbers',
        children: [
          createElement('span', {
            class: 'muted',
            children: [number('consumed', row.consumed), ' / ', number('entitled', row.entitled)],
          }),
          createElement('span', {
            class: `available ${available.tone}`,
            children:
              available.tone === 'none'
                ? [createNumber(`license.${row.licenseId}.availableNow`, 0, 'none spare')]
                : [
                    createNumber(
                      `license.${row.licenseId}.availableNow`,
                      row.availableNow,
                      formatCount(Math.abs(row.availableNow)),
                    ),
                    ` ${available.word}`,
                  ],
          }),
        ],
      }),
    ],
  });
  const show = (): void => {
    details.textContent = sentence;
  };
  item.addEventListener('pointerenter', show);
  item.addEventListener('focusin', show);
  return item;
}

function notes(omitted: number, notCharted: readonly PositionRow[]): HTMLElement[] {
  const texts: string[] = [];
  if (omitted > 0) {
    texts.push(
      `The largest licenses, and those that are short. The table of licenses has ${formatCount(omitted)} more.`,
    );
  }
  if (notCharted.length > 0) {
    const names = notCharted
      .slice(0, 6)
      .map((row) => `${licenseName(row)} (${row.notCounted === null ? '' : notCountedText(row.notCounted)})`);
    const more = notCharted.length > names.length ? ` and ${notCharted.length - names.length} more` : '';
    texts.push(`Not charted and not in the totals: ${names.join(', ')}${more}.`);
  }
  return texts.map((text) =>
    createElement('p', { class: 'note', children: [createIcon('info'), createElement('span', { text })] }),
  );
}
