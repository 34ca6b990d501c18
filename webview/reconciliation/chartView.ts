import type { PositionRow } from '../../src/shared/reconciliationContract';
import { createElement, createIcon } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { layOutChart, type ChartBar, type SegmentKind } from './positionChart';
import { availableText, licenseName, licenseSentence, notCountedText } from './positionWords';

/** What a swatch of the legend stands for; the class is the one of the bar's part. */
interface LegendEntry {
  readonly class: `segment-${SegmentKind | 'short'}` | 'mark chart-entitled' | 'mark chart-after-grace';
  readonly word: string;
}

const legend: readonly LegendEntry[] = [
  { class: 'segment-active', word: 'Active' },
  { class: 'segment-inactive', word: 'Inactive' },
  { class: 'segment-never', word: 'Never active' },
  { class: 'segment-other', word: 'New or unknown' },
  { class: 'segment-spare', word: 'Not assigned' },
  { class: 'segment-short', word: 'Short' },
  { class: 'mark chart-entitled', word: 'Entitled' },
];
const graceLegend: LegendEntry = { class: 'mark chart-after-grace', word: 'Entitled after grace' };

/** The chart: a bar per license, its name a button to the people who hold it. The table has the same numbers. */
export function createChart(
  rows: readonly PositionRow[],
  tenantName: ((tenantId: string) => string) | null,
  onOpen: (row: PositionRow) => void,
): HTMLElement {
  const chart = layOutChart(rows);
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

const detailsHint =
  'Point at a bar, or move to a name, for its numbers. A name opens the users who hold the license.';

function createLegend(withGrace: boolean): HTMLElement {
  return createElement('ul', {
    class: 'chart-legend',
    attributes: { 'aria-label': 'Legend' },
    children: [...legend, ...(withGrace ? [graceLegend] : [])].map((entry) =>
      createElement('li', {
        children: [
          createElement('span', { class: `swatch ${entry.class}`, attributes: { 'aria-hidden': 'true' } }),
          entry.word,
        ],
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
  const track = createElement('div', { class: 'chart-track', attributes: { 'aria-hidden': 'true' } });
  for (const segment of bar.segments) {
    track.append(place(createElement('span', { class: `segment segment-${segment.kind}` }), segment));
  }
  if (bar.short !== null)
    track.append(place(createElement('span', { class: 'segment segment-short' }), bar.short));
  track.append(mark('chart-entitled', bar.entitledAt));
  if (bar.afterGraceAt !== null) track.append(mark('chart-after-grace', bar.afterGraceAt));

  const name = createElement('button', {
    class: 'link chart-name',
    text: licenseName(row),
    attributes: { type: 'button', 'aria-description': `${sentence} Opens the users who hold it.` },
  });
  name.addEventListener('click', () => onOpen(row));
  const available = availableText(row.availableNow);
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
            text: `${formatCount(row.consumed)} / ${formatCount(row.entitled)}`,
          }),
          createElement('span', {
            class: `available ${available.tone}`,
            text:
              available.tone === 'none'
                ? 'none spare'
                : `${formatCount(Math.abs(row.availableNow))} ${available.word}`,
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

function place(element: HTMLElement, { start, width }: { start: number; width: number }): HTMLElement {
  element.style.left = `${start}%`;
  element.style.width = `${width}%`;
  return element;
}

function mark(name: string, at: number): HTMLElement {
  const element = createElement('span', { class: name });
  element.style.left = `${at}%`;
  return element;
}

function notes(omitted: number, notCharted: readonly PositionRow[]): HTMLElement[] {
  const texts: string[] = [];
  if (omitted > 0) {
    texts.push(
      `The largest licenses, and those that are short. The table below has ${formatCount(omitted)} more.`,
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
