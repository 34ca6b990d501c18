import { markup } from './markup';
import type { ReportAmount } from './reportData';
import { moneyText } from './reportFormats';
import type { TableColumn } from './reportTable';

/** Amounts of a period. */
export interface CurrencyColumnsOptions<Row> {
  /** As `per month`. */
  readonly period: string;
  /** By which a monthly amount is multiplied. */
  readonly months: 1 | 12;
  readonly amounts: (row: Row) => readonly ReportAmount[];
  /** True when something of the row has no price: then an amount that is not there is unknown, not nothing. */
  readonly isUnpriced: (row: Row) => boolean;
  readonly totals?: readonly ReportAmount[];
}

/** A column per currency, since amounts of two are never added; one of unknown amounts where there is no price. */
export function currencyColumns<Row>(
  rows: readonly Row[],
  { period, months, amounts, isUnpriced, totals }: CurrencyColumnsOptions<Row>,
): TableColumn<Row>[] {
  const text = (all: readonly ReportAmount[], currency: string | null, isUnknown: boolean): string => {
    const amount = all.find((entry) => entry.currency === currency);
    if (amount !== undefined && amount.minor !== 0) return moneyText(amount.minor * months, amount.currency);
    // Beside an amount in another currency the dash says enough; the seats without a price stand in a column.
    const isKnown = !isUnknown || all.some(({ minor }) => minor !== 0);
    return isKnown ? '–' : 'unknown';
  };
  const known = currenciesOf(rows.map(amounts)).sort();
  return (known.length === 0 ? [null] : known).map((currency) => ({
    title: currency === null || known.length === 1 ? sentenceCase(period) : `${currency} ${period}`,
    isNumber: true,
    cell: (row) => markup`${text(amounts(row), currency, isUnpriced(row))}`,
    ...(totals !== undefined && { total: markup`${text(totals, currency, known.length === 0)}` }),
  }));
}

/** The currencies in which there are amounts, the one with the largest number first: none is converted for that. */
export function currenciesOf(all: readonly (readonly ReportAmount[])[]): string[] {
  const sums = new Map<string, number>();
  for (const { currency, minor } of all.flat()) {
    if (minor !== 0) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums]
    .sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1))
    .map(([currency]) => currency);
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
