import assert from 'node:assert/strict';
import type { Screen, ShownFigure } from './screenFigures';

/** A figure that SQL calculated. */
export interface CalculatedFigure {
  /** A count or minor units; `∅` is unknown. */
  readonly value: string;
  readonly complete: boolean;
}

/** Figures by name from rows `name|value|complete`. */
export function calculatedFigures(rows: readonly string[]): ReadonlyMap<string, CalculatedFigure> {
  return new Map(
    rows.map((row): [string, CalculatedFigure] => {
      const [, name = '', value = '', complete = ''] = /^(.*)\|([^|]*)\|([01])$/.exec(row) ?? [];
      return [name, { value, complete: complete === '1' }];
    }),
  );
}

/**
 * Every number on screen is calculated, equals, reads as it is stored and is marked when it is a lower bound; and what was
 * calculated is on screen.
 * @param mustShow patterns of names each of which some figure has, so that nothing passes by being absent
 */
export function assertScreen(
  screen: Screen,
  calculated: ReadonlyMap<string, CalculatedFigure>,
  mustShow: readonly RegExp[],
): void {
  const { figures, summary, unnamed } = screen;
  const names = [...figures.keys()];
  assert.deepEqual(
    names.filter((name) => !calculated.has(name)),
    [],
    'on screen, and nobody calculated it',
  );
  const stored = (figure: CalculatedFigure | undefined): string =>
    figure === undefined ? '' : `${figure.complete ? '' : '≥ '}${figure.value}`;
  const different = names.filter((name) => stored(figures.get(name)) !== stored(calculated.get(name)));
  assert.deepEqual(
    different.map((name) => [name, stored(figures.get(name))]),
    different.map((name) => [name, stored(calculated.get(name))]),
  );
  assert.deepEqual(
    [...calculated.keys()].filter((name) => !figures.has(name)),
    [],
    'calculated, and not on screen',
  );
  assert.deepEqual(
    [...figures]
      .filter(([name, figure]) => !readsAsStored(name, figure, figures))
      .map(([name, { text }]) => [name, text]),
    [],
    'reads differently than it is stored',
  );
  assert.deepEqual(summary, summaryNumbers(calculated));
  assert.deepEqual(unnamed, [], 'numbers without a name');
  assert.deepEqual(
    mustShow.filter((pattern) => !names.some((name) => pattern.test(name))),
    [],
    'the tenant has none of these',
  );
}

/** The digits that a person reads are those of the value, and a lower bound of money has its sign. */
function readsAsStored(
  name: string,
  { value, text, complete }: ShownFigure,
  all: Screen['figures'],
): boolean {
  const digits = Number(text.replace(/\D/g, ''));
  if (value === '∅') return text === 'unknown';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    return Date.parse(`${text} UTC`) === Date.parse(`${value}T00:00:00Z`);
  }
  // Words say the change since then.
  if (name.startsWith('trend.')) {
    const present = all.get(presentOf(name))?.value;
    return digits === Math.abs(Number(present) - Number(value));
  }
  return digits === Math.abs(Number(value)) && text.includes('≥') === !complete;
}

/** The figure whose past a trend is. */
function presentOf(name: string): string {
  const figure = name.slice('trend.'.length);
  if (figure.startsWith('spend.')) return figure.replace('spend.', 'spend.monthly.');
  const units: Readonly<Record<string, string>> = {
    shortfallNow: 'unitsShortNow',
    shortfallAfterGrace: 'unitsShortAfterGrace',
  };
  return units[figure] ?? figure;
}

/** What the sentence below the position says, in its order. */
function summaryNumbers(calculated: ReadonlyMap<string, CalculatedFigure>): number[] {
  const number = (name: string): number => Number(calculated.get(name)?.value ?? 0);
  const shortNow = number('unitsShortNow');
  const shortSoon = number('unitsShortSoon');
  return [
    ...(shortNow > 0 ? [number('licensesShortNow'), shortNow] : []),
    ...(shortSoon > 0 ? [shortSoon] : []),
    number('unassigned'),
    number('inactive') + number('never'),
  ];
}
