import { LicenseError } from '../foundation/errors';
import { fraction, type Fraction } from '../model/fraction';
import { isCurrency, minorDigits } from '../model/money';
import type { ExchangeRate } from '../model/unitPrice';
import type { ExchangeRateRecord } from './licenseRecords';
import type { SqlDatabase } from './sqlDatabase';

const decimal = /^\d{1,12}(?:\.\d{1,12})?$/;

/** The rates as they were typed. */
export function readRateRecords(db: SqlDatabase): readonly ExchangeRateRecord[] {
  return db
    .rows('SELECT fromCurrency, toCurrency, rate FROM exchangeRates ORDER BY fromCurrency, toCurrency')
    .map((row) => ({ from: String(row.fromCurrency), to: String(row.toCurrency), rate: String(row.rate) }));
}

/** The rates as prices take them, both ways: the way back is the exact inverse, unless somebody gave it. */
export function readRates(db: SqlDatabase): readonly ExchangeRate[] {
  const records = readRateRecords(db);
  const given = records.map(({ from, to, rate }): ExchangeRate => ({
    from,
    to,
    rate: minorRate(from, to, rate),
  }));
  const inverse = given
    .filter(({ from, to }) => !given.some((other) => other.from === to && other.to === from))
    .map(({ from, to, rate }): ExchangeRate => ({
      from: to,
      to: from,
      rate: { numerator: rate.denominator, denominator: rate.numerator },
    }));
  return [...given, ...inverse];
}

/** Replaces all rates. @throws `invalidArgument` for what is no currency, no rate above zero, or given twice */
export function writeRates(db: SqlDatabase, rates: readonly ExchangeRateRecord[]): void {
  db.run('DELETE FROM exchangeRates');
  const seen = new Set<string>();
  for (const { from, to, rate } of rates) {
    if (!isCurrency(from) || !isCurrency(to) || from === to) {
      throw new LicenseError('invalidArgument', 'A rate is between two currencies.', { from, to });
    }
    if (!decimal.test(rate) || Number(rate) === 0) {
      throw new LicenseError('invalidArgument', 'A rate is a decimal number above zero.', { from, to, rate });
    }
    if (seen.has(`${from} ${to}`)) {
      throw new LicenseError('invalidArgument', 'There are two rates between the same currencies.', {
        from,
        to,
      });
    }
    seen.add(`${from} ${to}`);
    db.run('INSERT INTO exchangeRates VALUES (?, ?, ?)', [from, to, rate]);
  }
}

/** A rate between whole units as one between minor units: a yen has none, a euro a hundred. */
function minorRate(from: string, to: string, rate: string): Fraction {
  const [whole = '0', part = ''] = rate.split('.');
  const shift = minorDigits(to) - minorDigits(from);
  const up = 10n ** BigInt(Math.max(0, shift));
  const down = 10n ** BigInt(Math.max(0, -shift));
  return fraction(BigInt(whole + part) * up, 10n ** BigInt(part.length) * down);
}
