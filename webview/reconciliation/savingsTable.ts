import { findingTitle } from '../../src/shared/findingWords';
import type { SavingsLine } from '../../src/shared/reconciliationMoney';
import { createElement } from '../common/createElement';
import { formatCount, money } from '../common/displayFormats';
import { createTableHead } from '../common/plainTable';
import { createNumber } from './figures';

/**
 * The savings of each bucket, a line per currency, and their sum per currency. Seats without a price are lines of
 * their own: what they save is unknown.
 */
export function createSavingsTable(lines: readonly SavingsLine[]): HTMLElement {
  if (lines.length === 0) {
    return createElement('p', { class: 'summary', text: 'Nothing was found that could be saved.' });
  }
  return createElement('table', {
    class: 'plain-table',
    attributes: { 'aria-labelledby': 'found-title' },
    children: [
      createTableHead([
        { title: 'Reason' },
        { title: 'Seats or units', numeric: true },
        { title: 'Per month', numeric: true },
        { title: 'Per year', numeric: true },
      ]),
      createElement('tbody', {
        children: lines.map((line, index) => row(line, lines[index - 1]?.bucket === line.bucket)),
      }),
      createElement('tfoot', { children: totals(lines).map(totalRow) }),
    ],
  });
}

function row(line: SavingsLine, repeats: boolean): HTMLElement {
  const name = `savings.bucket.${line.bucket}.${line.currency ?? 'unpriced'}`;
  const title = findingTitle(line.bucket);
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        class: repeats ? 'repeated' : '',
        text: title,
      }),
      number(createNumber(`${name}.seats`, line.seats, formatCount(line.seats))),
      number(amount(`${name}.monthly`, line.monthlyMinor, line.currency)),
      number(amount(`${name}.annual`, year(line.monthlyMinor), line.currency)),
    ],
  });
}

function totalRow(line: Omit<SavingsLine, 'bucket'>): HTMLElement {
  const name = `savings.total.${line.currency ?? 'unpriced'}`;
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        text: line.currency === null ? 'Without a price' : `Total, ${line.currency}`,
      }),
      number(createNumber(`${name}.seats`, line.seats, formatCount(line.seats))),
      number(amount(`${name}.monthly`, line.monthlyMinor, line.currency)),
      number(amount(`${name}.annual`, year(line.monthlyMinor), line.currency)),
    ],
  });
}

/** The sum per currency, in the order in which the currencies first come, those without a price last. */
export function totals(lines: readonly SavingsLine[]): Omit<SavingsLine, 'bucket'>[] {
  const currencies = [...new Set(lines.map((line) => line.currency))].sort((left, right) =>
    (left ?? '~') < (right ?? '~') ? -1 : 1,
  );
  return currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency);
    return {
      currency,
      seats: own.reduce((sum, line) => sum + line.seats, 0),
      monthlyMinor: currency === null ? null : own.reduce((sum, line) => sum + (line.monthlyMinor ?? 0), 0),
    };
  });
}

/** Savings are whole amounts per month, so a year is twelve of them. */
function year(monthlyMinor: number | null): number | null {
  return monthlyMinor === null ? null : monthlyMinor * 12;
}

function amount(name: string, minor: number | null, currency: string | null): HTMLElement {
  return createNumber(name, minor, money(minor, currency), minor !== null);
}

function number(content: Node): HTMLElement {
  return createElement('td', { class: 'number', children: [content] });
}
