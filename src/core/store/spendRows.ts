import { roundedParts } from '../model/money';
import { times, zeroFraction, type Fraction } from '../model/fraction';
import type { PersonSpend, SpendLine, TenantSpend } from '../model/spend';
import { seatsOf, type SeatCounts } from './positionRows';
import { replaceRows, type ResultTable } from './replaceRows';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';
import type { TenantLicense } from './tenantLicenses';

const seatSetSpend: ResultTable = {
  table: 'seatSetSpend',
  columns: ['seatSetKey', 'line', 'currency', 'monthlyMinor', 'annualMinor', 'unpricedSeats'],
};

const spend: ResultTable = {
  table: 'spend',
  columns: [
    'currency',
    'monthlyMinor',
    'annualMinor',
    'assignedMonthlyMinor',
    'assignedAnnualMinor',
    'pricedSeats',
  ],
};

const spendLines: ResultTable = {
  table: 'spendLines',
  columns: [
    'dimension',
    'line',
    'value',
    'currency',
    'monthlyMinor',
    'annualMinor',
    'people',
    'seats',
    'unpricedSeats',
  ],
};

const licenseSpend: ResultTable = {
  table: 'licenseSpend',
  columns: [
    'productKey',
    'line',
    'currency',
    'boughtMonthlyMinor',
    'boughtAnnualMinor',
    'assignedMonthlyMinor',
    'seats',
    'incomplete',
  ],
};

/** Stores what each set of licenses costs that somebody holds; a person's cost is that of the person's set. */
export function writeSeatSetSpend(
  db: SqlDatabase,
  tenantKey: number,
  spendOfSets: ReadonlyMap<number, readonly PersonSpend[]>,
): void {
  const rows = [...spendOfSets].flatMap(([seatSetKey, lines]) =>
    lines.map(({ currency, monthlyMinor, annualMinor, unpricedSeats }, line) => [
      seatSetKey,
      line,
      currency,
      monthlyMinor,
      annualMinor,
      unpricedSeats,
    ]),
  );
  replaceRows(db, seatSetSpend, tenantKey, rows);
}

/** Stores the spend of a tenant, its lines and that of each license. */
export function writeSpend(
  db: SqlDatabase,
  tenantKey: number,
  total: TenantSpend,
  licenses: readonly TenantLicense[],
  counts: SeatCounts,
): void {
  replaceRows(
    db,
    spend,
    tenantKey,
    total.currencies.map((row) => [
      row.currency,
      row.monthlyMinor,
      row.annualMinor,
      row.assignedMonthlyMinor,
      row.assignedAnnualMinor,
      row.pricedSeats,
    ]),
  );
  const lines = (dimension: string, list: readonly SpendLine[]): SqlValue[][] =>
    list.map((row, line) => [
      dimension,
      line,
      row.value,
      row.currency,
      row.monthlyMinor,
      row.annualMinor,
      row.people,
      row.seats,
      row.unpricedSeats,
    ]);
  replaceRows(db, spendLines, tenantKey, [
    ...lines('department', total.departments),
    ...lines('country', total.countries),
    ...lines('companyName', total.companies),
  ]);
  replaceRows(db, licenseSpend, tenantKey, licenseLines(licenses, counts));
  db.run(
    `INSERT INTO tenantResults (tenantKey, pricedSeats, totalSeats, lowerBound) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (tenantKey) DO UPDATE SET pricedSeats = ?2, totalSeats = ?3, lowerBound = ?4`,
    [tenantKey, total.pricedSeats, total.totalSeats, Number(total.lowerBound)],
  );
}

interface LicenseLine {
  readonly license: TenantLicense;
  readonly line: number;
  readonly currency: string | null;
  readonly bought: Fraction;
  readonly assigned: Fraction;
}

/** One line per license that counts and currency, rounded so that the lines of a currency add up to its total. */
function licenseLines(licenses: readonly TenantLicense[], counts: SeatCounts): readonly SqlValue[][] {
  const lines = licenses.flatMap((license): LicenseLine[] => {
    const seats = seatsOf(counts, license.skuId);
    const price = license.price.price;
    const bought = new Map(license.cost.monthly.entries());
    if (!license.counted || (bought.size === 0 && (seats === 0 || license.free))) return [];
    const currencies = new Set([...bought.keys(), ...(price === null ? [] : [price.currency])]);
    if (currencies.size === 0) {
      return [{ license, line: 0, currency: null, bought: zeroFraction, assigned: zeroFraction }];
    }
    return [...currencies].sort().map((currency, line) => ({
      license,
      line,
      currency,
      bought: bought.get(currency) ?? zeroFraction,
      assigned: price?.currency === currency ? times(price.monthly, seats) : zeroFraction,
    }));
  });
  const amounts = new Map<LicenseLine, readonly [number, number, number]>();
  for (const currency of new Set(lines.flatMap((line) => line.currency ?? []))) {
    const ofCurrency = lines.filter((line) => line.currency === currency);
    const monthly = roundedParts(ofCurrency.map(({ bought }) => bought));
    const annual = roundedParts(ofCurrency.map(({ bought }) => times(bought, 12)));
    const assigned = roundedParts(ofCurrency.map((line) => line.assigned));
    ofCurrency.forEach((line, index) =>
      amounts.set(line, [monthly[index] ?? 0, annual[index] ?? 0, assigned[index] ?? 0]),
    );
  }
  return lines.map((line) => [
    line.license.productKey,
    line.line,
    line.currency,
    ...(amounts.get(line) ?? [null, null, null]),
    seatsOf(counts, line.license.skuId),
    Number(line.license.cost.incomplete || line.license.price.price === null),
  ]);
}
