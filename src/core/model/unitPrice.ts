import { addFractions, dividedBy, fraction, productOf, zeroFraction, type Fraction } from './fraction';
import { MoneyByCurrency } from './money';
import { isValidOn, monthlyTotal, type Purchase } from './purchases';

/** What one unit of a license costs per month, in exact minor units. */
export interface UnitPrice {
  readonly currency: string;
  readonly monthly: Fraction;
}

/** Why a license has no price on a date. */
export type PriceProblem =
  | 'noPurchase'
  /** All purchases have ended. */
  | 'ended'
  /** The first purchase starts later. */
  | 'notYetEffective'
  /** Paid once, without a last day over which to spread it. */
  | 'onceWithoutEnd'
  /** Bought in several currencies, and nobody gave a rate between them. */
  | 'severalCurrencies';

/** The price of a license on a date, or why there is none. Unpriced is unknown, never zero. */
export type PriceState =
  | { readonly price: UnitPrice; readonly problem: null }
  | { readonly price: null; readonly problem: PriceProblem };

/** A rate that the user gave: one unit of `from` is worth `rate` units of `to`, both in minor units. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly rate: Fraction;
}

/**
 * The price of one unit on a date: the purchases that are valid on it, weighted by their quantities. Nobody can say
 * which user sits on which purchase, so all units of a license cost the same. Purchases in several currencies have
 * one price only if the user gave rates to the currency of the largest quantity (at a tie, the first by code).
 */
export function unitPriceOn(
  purchases: readonly Purchase[],
  date: string,
  rates: readonly ExchangeRate[] = [],
): PriceState {
  const valid = purchases.filter((purchase) => isValidOn(purchase, date) && purchase.quantity > 0);
  if (valid.length === 0) return { price: null, problem: whyNoneIsValid(purchases, date) };
  const parts = valid.flatMap((purchase) => {
    const monthly = monthlyTotal(purchase);
    return monthly === null ? [] : [{ purchase, monthly }];
  });
  if (parts.length === 0) return { price: null, problem: 'onceWithoutEnd' };
  const currency = mainCurrency(parts.map(({ purchase }) => purchase));
  let total = zeroFraction;
  let quantity = 0;
  for (const { purchase, monthly } of parts) {
    const rate = rateBetween(purchase.currency, currency, rates);
    if (rate === null) return { price: null, problem: 'severalCurrencies' };
    total = addFractions(total, productOf(monthly, rate));
    quantity += purchase.quantity;
  }
  return { price: { currency, monthly: dividedBy(total, quantity) }, problem: null };
}

/** What a license costs per month on a date, by currency, whoever uses it. */
export interface LicenseCost {
  readonly monthly: MoneyByCurrency;
  /** True when a valid purchase could not be counted, so that the cost is a lower bound. */
  readonly incomplete: boolean;
}

/** Adds up the purchases of a license that are valid on a date, each in its own currency. */
export function licenseCostOn(purchases: readonly Purchase[], date: string): LicenseCost {
  const monthly = new MoneyByCurrency();
  let incomplete = false;
  for (const purchase of purchases) {
    if (!isValidOn(purchase, date)) continue;
    const total = monthlyTotal(purchase);
    if (total === null) incomplete = true;
    else monthly.add(purchase.currency, total);
  }
  return { monthly, incomplete };
}

function whyNoneIsValid(purchases: readonly Purchase[], date: string): PriceProblem {
  if (purchases.length === 0) return 'noPurchase';
  return purchases.some((purchase) => purchase.effectiveDate > date) ? 'notYetEffective' : 'ended';
}

function mainCurrency(purchases: readonly Purchase[]): string {
  const quantities = new Map<string, number>();
  for (const { currency, quantity } of purchases) {
    quantities.set(currency, (quantities.get(currency) ?? 0) + quantity);
  }
  const [first] = [...quantities].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return first?.[0] ?? '';
}

function rateBetween(from: string, to: string, rates: readonly ExchangeRate[]): Fraction | null {
  if (from === to) return fraction(1);
  return rates.find((rate) => rate.from === from && rate.to === to)?.rate ?? null;
}
