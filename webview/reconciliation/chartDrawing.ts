import type { SegmentKind } from '../../src/shared/positionBars';
import { createSvg } from '../common/svg';
import type { ChartBar } from './positionChart';

/** What a swatch of the legend stands for. */
export type SwatchKind = SegmentKind | 'short' | 'entitled' | 'afterGrace';

const height = 22;
/** The bar lies between marks that reach beyond it. */
const barTop = 4;
const barHeight = 14;

const pattern = (name: string): string => `url(#chart-${name})`;

/**
 * The patterns of the parts. Each kind has its own, so that color is not needed to tell them apart; lines and dots
 * take their color from the theme by class.
 */
export function chartPatterns(): SVGElement {
  const make = (name: string, size: number, children: readonly SVGElement[]): SVGElement =>
    createSvg(
      'pattern',
      {
        id: `chart-${name}`,
        width: size,
        height: size,
        patternUnits: 'userSpaceOnUse',
        class: `ink-${name}`,
      },
      [createSvg('rect', { width: size, height: size, class: 'pattern-ground' }), ...children],
    );
  return createSvg('defs', {}, [
    make('inactive', 7, [
      createSvg('path', { d: 'M-2,2 l4,-4 M0,7 l7,-7 M5,9 l4,-4', class: 'pattern-line wide' }),
    ]),
    make('never', 6, [createSvg('circle', { cx: 3, cy: 3, r: 1.7, class: 'pattern-dot' })]),
    make('other', 5, [createSvg('path', { d: 'M0,1 h5', class: 'pattern-line wide' })]),
    make('short', 6, [
      createSvg('path', { d: 'M-2,4 l4,4 M0,0 l6,6 M4,-2 l4,4', class: 'pattern-line' }),
      createSvg('path', { d: 'M-2,2 l4,-4 M0,6 l6,-6 M4,8 l4,-4', class: 'pattern-line' }),
    ]),
  ]);
}

/** The drawing of one bar; its numbers are in the sentence of its name. */
export function createBarSvg(bar: ChartBar): SVGElement {
  const parts = bar.segments.map((segment) => part(segment.kind, segment.start, segment.width));
  if (bar.short !== null) parts.push(part('short', bar.short.start, bar.short.width));
  parts.push(mark('entitled', bar.entitledAt));
  if (bar.afterGraceAt !== null) parts.push(mark('afterGrace', bar.afterGraceAt));
  return createSvg('svg', { class: 'bar', width: '100%', height, 'aria-hidden': 'true' }, parts);
}

/** A sample of a part for the legend. */
export function createSwatch(kind: SwatchKind): SVGElement {
  const width = 24;
  const sample = kind === 'entitled' || kind === 'afterGrace' ? mark(kind, 50) : part(kind, 0, 100);
  return createSvg('svg', { class: 'swatch', width, height, 'aria-hidden': 'true' }, [sample]);
}

function part(kind: SegmentKind | 'short', start: number, width: number): SVGElement {
  const grown = kind === 'short' ? 3 : 0;
  const fill: Record<string, string> = kind === 'active' || kind === 'spare' ? {} : { fill: pattern(kind) };
  return createSvg('rect', {
    class: `segment segment-${kind}`,
    x: `${start}%`,
    width: `${width}%`,
    y: barTop - grown,
    height: barHeight + 2 * grown,
    ...fill,
  });
}

function mark(kind: 'entitled' | 'afterGrace', at: number): SVGElement {
  return createSvg('line', {
    class: `chart-mark ${kind}`,
    x1: `${at}%`,
    x2: `${at}%`,
    y1: 0,
    y2: height,
  });
}
