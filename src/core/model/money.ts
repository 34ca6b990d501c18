import { minorDigits as digitsOf, unusualDigits } from '../../shared/currencyDigits';
import { addFractions, productOf, roundDown, roundHalfUp, zeroFraction, type Fraction } from './fraction';

/*
 * Money is a whole number of minor units (cents) of one currency. Amounts of different currencies are never added.
 *
 * Rounding: what is worked out stays a fraction until it is shown, and is rounded once. Costs are rounded to the
 * nearest minor unit, a half up. Savings are rounded down. Parts of a whole are rounded so that they add up to the
 * rounded whole: each part down, and what is left goes, one minor unit each, to the parts that lost most (at a tie
 * to the first of them).
 */

const months = 12;

let knownCurrencies: ReadonlySet<string> | null = null;

/** Whether a text is the code of a currency, in capital letters. */
export function isCurrency(code: string): boolean {
  knownCurrencies ??= new Set(Intl.supportedValuesOf('currency'));
  return /^[A-Z]{3}$/.test(code) && (knownCurrencies.has(code) || unusualDigits(code) !== undefined);
}

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return digitsOf(currency);
}

/** An amount of money. */
export interface Money {
  readonly currency: string;
  readonly minor: number;
}

/** What something costs per month and per year, in minor units; the year is not twelve rounded months. */
export interface RecurringCost {
  readonly currency: string;
  readonly monthlyMinor: number;
  readonly annualMinor: number;
}

/** Rounds an exact monthly cost to the nearest minor unit, per month and per year. */
export function recurringCost(currency: string, monthly: Fraction): RecurringCost {
  return { currency, monthlyMinor: roundHalfUp(monthly), annualMinor: annualMinor(monthly) };
}

/** Twelve months of an exact monthly cost, rounded once. */
export function annualMinor(monthly: Fraction): number {
  return roundHalfUp(productOf(monthly, { numerator: BigInt(months), denominator: 1n }));
}

/**
 * Rounds parts so that they add up to the whole, rounded to the nearest minor unit. The order of the parts decides
 * between equals, so give them in an order that does not depend on chance.
 */
export function roundedParts(parts: readonly Fraction[]): number[] {
  const whole = roundHalfUp(parts.reduce(addFractions, zeroFraction));
  const rounded = parts.map(roundDown);
  const left = whole - rounded.reduce((sum, part) => sum + part, 0);
  const byLoss = parts
    .map((part, index) => ({ index, lost: part.numerator % part.denominator, of: part.denominator }))
    .sort((a, b) => {
      const difference = b.lost * a.of - a.lost * b.of;
      return difference === 0n ? a.index - b.index : difference < 0n ? -1 : 1;
    });
  for (const { index } of byLoss.slice(0, left)) rounded[index] = (rounded[index] ?? 0) + 1;
  return rounded;
}

/** Exact amounts by currency. */
export class MoneyByCurrency {
  private readonly amounts = new Map<string, Fraction>();

  add(currency: string, amount: Fraction): void {
    this.amounts.set(currency, addFractions(this.amounts.get(currency) ?? zeroFraction, amount));
  }

  /** In the order of the currencies' codes. */
  entries(): readonly (readonly [string, Fraction])[] {
    return [...this.amounts].sort(([left], [right]) => (left < right ? -1 : 1));
  }
}
