import { addFractions, roundHalfUp, times, zeroFraction, type Fraction } from './fraction';
import { annualMinor, MoneyByCurrency, recurringCost, roundedParts, type RecurringCost } from './money';
import type { LicenseCost, UnitPrice } from './unitPrice';

/** A license of a tenant, as far as money is concerned. Only licenses that count are given. */
export interface SpendLicense {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly price: UnitPrice | null;
  readonly cost: LicenseCost;
  /** True for a product that is free of charge and has no price: it is in no total and no coverage. */
  readonly free: boolean;
}

/** Who holds seats, for the lines by department, country and company; null and blank mean not set. */
export interface SpendPerson {
  readonly department: string | null;
  readonly country: string | null;
  readonly companyName: string | null;
  readonly seats: readonly { readonly skuId: string }[];
}

/** What one person's seats cost in one currency; a person without a seat has no row. */
export interface PersonSpend {
  /** Null, with the amounts, when no seat of the person is priced. */
  readonly currency: string | null;
  readonly monthlyMinor: number | null;
  readonly annualMinor: number | null;
  /** Seats without a price, the same in every row of a person. */
  readonly unpricedSeats: number;
}

/** What a tenant pays in one currency. */
export interface CurrencySpend extends RecurringCost {
  /** Of that, what the seats cost that people hold. */
  readonly assignedMonthlyMinor: number;
  readonly assignedAnnualMinor: number;
  /** Seats priced in this currency. */
  readonly pricedSeats: number;
}

/** One line of spend by department, country or company: seats that people hold. */
export interface SpendLine extends RecurringCost {
  /** Null: not set. */
  readonly value: string | null;
  /** People with a seat, and seats of all licenses that count, whatever their currency. */
  readonly people: number;
  readonly seats: number;
  readonly unpricedSeats: number;
}

/** Spend of a tenant. */
export interface TenantSpend {
  readonly currencies: readonly CurrencySpend[];
  readonly pricedSeats: number;
  readonly totalSeats: number;
  /** Licenses with seats and without a price, by part number. */
  readonly unpriced: readonly { readonly skuPartNumber: string; readonly seats: number }[];
  /** True while something that is used or bought could not be priced. */
  readonly lowerBound: boolean;
  readonly departments: readonly SpendLine[];
  readonly countries: readonly SpendLine[];
  readonly companies: readonly SpendLine[];
}

interface Group {
  people: number;
  /** Seats by index of the license. */
  readonly seats: number[];
}

/**
 * Adds up what a tenant spends, person by person. Seats are counted and money is worked out at the end, exactly; a
 * figure is rounded once, and the lines of a table add up to its total.
 */
export class SpendTally {
  private readonly indexOf: ReadonlyMap<string, number>;
  private readonly outside: readonly boolean[];
  private readonly dimensions = [
    new Map<string, Group>(),
    new Map<string, Group>(),
    new Map<string, Group>(),
  ] as const;
  private readonly seats: number[];
  private readonly sums = new Map<string, readonly PersonSpend[]>();

  constructor(private readonly licenses: readonly SpendLicense[]) {
    this.indexOf = new Map(licenses.map((license, index) => [license.skuId, index]));
    this.seats = licenses.map(() => 0);
    this.outside = licenses.map(({ price, free }) => price === null && free);
  }

  /** Counts a person; returns what the person's seats cost, one row per currency. */
  add(person: SpendPerson): readonly PersonSpend[] {
    const held: number[] = [];
    for (const { skuId } of person.seats) {
      const index = this.indexOf.get(skuId);
      if (index === undefined || this.outside[index] === true) continue;
      held.push(index);
      this.seats[index] = (this.seats[index] ?? 0) + 1;
    }
    if (held.length === 0) return [];
    count(this.dimensions[0], person.department, held);
    count(this.dimensions[1], person.country, held);
    count(this.dimensions[2], person.companyName, held);
    // Thousands of people hold the same licenses.
    const key = held.sort((left, right) => left - right).join(' ');
    let rows = this.sums.get(key);
    if (rows === undefined) {
      rows = this.personSpend(held);
      this.sums.set(key, rows);
    }
    return rows;
  }

  /** The spend of all people added so far. */
  finish(): TenantSpend {
    const bought = new MoneyByCurrency();
    const assigned = new Map<string, { amount: Fraction; seats: number }>();
    const unpriced: { skuPartNumber: string; seats: number }[] = [];
    let totalSeats = 0;
    let pricedSeats = 0;
    let lowerBound = false;
    this.licenses.forEach(({ price, cost, free, skuPartNumber }, index) => {
      for (const [currency, monthly] of cost.monthly.entries()) bought.add(currency, monthly);
      if (cost.incomplete) lowerBound = true;
      const seats = this.seats[index] ?? 0;
      if (price === null) {
        if (free || seats === 0) return;
        unpriced.push({ skuPartNumber, seats });
      } else {
        const sum = assigned.get(price.currency) ?? { amount: zeroFraction, seats: 0 };
        sum.amount = addFractions(sum.amount, times(price.monthly, seats));
        sum.seats += seats;
        assigned.set(price.currency, sum);
        pricedSeats += seats;
      }
      totalSeats += seats;
    });
    for (const currency of assigned.keys()) bought.add(currency, zeroFraction);
    const currencies = bought.entries().map(([currency, monthly]): CurrencySpend => {
      const { amount, seats } = assigned.get(currency) ?? { amount: zeroFraction, seats: 0 };
      return {
        ...recurringCost(currency, monthly),
        assignedMonthlyMinor: roundHalfUp(amount),
        assignedAnnualMinor: annualMinor(amount),
        pricedSeats: seats,
      };
    });
    unpriced.sort((left, right) => (left.skuPartNumber < right.skuPartNumber ? -1 : 1));
    return {
      currencies,
      pricedSeats,
      totalSeats,
      unpriced,
      lowerBound: lowerBound || unpriced.length > 0,
      departments: this.lines(this.dimensions[0]),
      countries: this.lines(this.dimensions[1]),
      companies: this.lines(this.dimensions[2]),
    };
  }

  private personSpend(held: readonly number[]): readonly PersonSpend[] {
    const money = new MoneyByCurrency();
    let unpricedSeats = 0;
    for (const index of held) {
      const price = this.licenses[index]?.price ?? null;
      if (price === null) unpricedSeats += 1;
      else money.add(price.currency, price.monthly);
    }
    const rows = money.entries().map(([currency, monthly]): PersonSpend => ({
      ...recurringCost(currency, monthly),
      unpricedSeats,
    }));
    if (rows.length > 0) return rows;
    return [{ currency: null, monthlyMinor: null, annualMinor: null, unpricedSeats }];
  }

  /** Lines of one dimension by currency and value, not set last. */
  private lines(groups: ReadonlyMap<string, Group>): readonly SpendLine[] {
    const inOrder = [...groups].sort(([left], [right]) =>
      left === '' || right === '' ? Number(left === '') - Number(right === '') : left < right ? -1 : 1,
    );
    const currencies = [...new Set(this.licenses.flatMap(({ price }) => price?.currency ?? []))].sort();
    return currencies.flatMap((currency) => {
      const amounts = inOrder.map(([, group]) => this.amountOf(group, currency));
      const monthly = roundedParts(amounts);
      const annual = roundedParts(amounts.map((amount) => times(amount, 12)));
      return inOrder.map(([value, group], line): SpendLine => ({
        value: value === '' ? null : value,
        currency,
        monthlyMinor: monthly[line] ?? 0,
        annualMinor: annual[line] ?? 0,
        people: group.people,
        seats: group.seats.reduce((sum, seats) => sum + seats, 0),
        unpricedSeats: group.seats.reduce(
          (sum, seats, index) => sum + (this.licenses[index]?.price === null ? seats : 0),
          0,
        ),
      }));
    });
  }

  private amountOf(group: Group, currency: string): Fraction {
    return this.licenses.reduce(
      (sum, { price }, index) =>
        price?.currency === currency ? addFractions(sum, times(price.monthly, group.seats[index] ?? 0)) : sum,
      zeroFraction,
    );
  }
}

function count(groups: Map<string, Group>, value: string | null, held: readonly number[]): void {
  const key = value?.trim() ?? '';
  let group = groups.get(key);
  if (group === undefined) {
    group = { people: 0, seats: [] };
    groups.set(key, group);
  }
  group.people += 1;
  for (const index of held) group.seats[index] = (group.seats[index] ?? 0) + 1;
}
