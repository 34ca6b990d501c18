import type {
  PartialSum,
  ReconciliationData,
  Trend,
  TrendFigure,
} from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { countOf, formatCount } from '../common/displayFormats';
import { createFigure, type Figure } from '../common/figure';
import { partialSumText, trendText } from './positionWords';
import { createSparkline } from './sparkline';

/** A number on screen that programs can read: its name, and its value as it is stored. */
export function createNumber(name: string, value: number | null, text: string, complete = true): HTMLElement {
  return createNamed(name, value === null ? '' : String(value), text, complete);
}

/** Anything on screen that programs can read. @param value empty: unknown */
export function createNamed(name: string, value: string, text: string, complete = true): HTMLElement {
  return createElement('span', {
    text,
    attributes: {
      'data-figure': name,
      'data-value': value,
      ...(!complete && { 'data-complete': 'false' }),
    },
  });
}

/** How a number went: its name among the figures, and the change in words. */
export interface FigureTrend {
  readonly name: string;
  readonly trend: Trend;
  readonly text: string;
}

/** A number with its name, a remark and how it went. */
export interface TrendingFigure extends Figure {
  readonly trend?: FigureTrend | undefined;
}

/** The numbers at the head of the page. */
export function createFigures({ totals, trends }: ReconciliationData): HTMLElement {
  const count = (name: string, value: number): HTMLElement => createNumber(name, value, formatCount(value));
  const partial = (name: string, sum: PartialSum): HTMLElement =>
    createNumber(name, sum.value, partialSumText(sum), sum.complete);
  const past = (name: TrendFigure, noun = ''): FigureTrend | undefined => {
    const trend = trends[name];
    const text = trendText(trend, (value) => `${formatCount(value)}${noun}`);
    return text === null ? undefined : { name: `trend.${name}`, trend, text };
  };
  const afterGrace = totals.shortfallNow + totals.shortfallSoon;
  return createFigureList([
    {
      label: 'Licenses short now',
      value: count('licensesShortNow', totals.licensesShort),
      remark:
        totals.shortfallNow > 0
          ? [
              count('unitsShortNow', totals.shortfallNow),
              totals.shortfallNow === 1 ? ' unit missing' : ' units missing',
            ]
          : [createNumber('unitsShortNow', 0, 'nothing is short')],
      trend: past('shortfallNow', ' units'),
      tone: totals.shortfallNow > 0 ? 'bad' : undefined,
    },
    {
      label: 'Short when grace ends',
      value: count('licensesShortAfterGrace', totals.licensesShortAfterGrace),
      remark:
        afterGrace > 0
          ? [
              count('unitsShortAfterGrace', afterGrace),
              afterGrace === 1 ? ' unit missing' : ' units missing',
              ...(totals.shortfallSoon > 0
                ? [', ', count('unitsShortSoon', totals.shortfallSoon), ' more than now']
                : [', as now']),
            ]
          : [createNumber('unitsShortAfterGrace', 0, 'nothing will be short')],
      trend: past('shortfallAfterGrace', ' units'),
      tone: totals.shortfallSoon > 0 ? 'caution' : undefined,
    },
    {
      label: 'Entitled',
      value: count('entitled', totals.entitled),
      remark: [
        'of ',
        createNumber('licenses', totals.licenses, countOf(totals.licenses, 'license')),
        ...(totals.inGrace > 0 ? [', ', count('inGrace', totals.inGrace), ' in grace'] : []),
      ],
      trend: past('entitled'),
    },
    {
      label: 'Consumed',
      value: count('consumed', totals.consumed),
      remark: ['units in use'],
      trend: past('consumed'),
    },
    {
      label: 'Unassigned',
      value: count('unassigned', totals.unassigned),
      remark: ['held by nobody, beyond buffers'],
      trend: past('unassigned'),
    },
    {
      label: 'Inactive seats',
      value: partial('inactive', totals.inactive),
      remark: ['not used lately'],
      trend: past('inactive'),
    },
    {
      label: 'Never used seats',
      value: partial('never', totals.never),
      remark: [partial('active', totals.active), ' active, ', partial('unknown', totals.unknown), ' unknown'],
      trend: past('never'),
    },
  ]);
}

/** A row of figures. */
export function createFigureList(figures: readonly TrendingFigure[]): HTMLElement {
  return createElement('dl', { class: 'figures', children: figures.map(createTrendingFigure) });
}

function createTrendingFigure(figure: TrendingFigure): HTMLElement {
  if (figure.trend === undefined) return createFigure(figure);
  const { name, trend, text } = figure.trend;
  const line = createSparkline(trend.points);
  return createFigure(figure, [
    createElement('dd', {
      class: 'trend',
      children: [...(line === null ? [] : [line]), createNumber(name, trend.previous, text)],
    }),
  ]);
}
