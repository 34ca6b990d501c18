/*
 * Intl follows how people write prices (whole dinars), not how money is booked: ISO 4217 gives the Iraqi dinar three
 * digits. Amounts of the product are minor units as ISO has them.
 */

/** Currencies of ISO 4217 whose minor unit is not a hundredth. @see https://www.iso.org/iso-4217-currency-codes.html */
const digits: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code): [string, number] => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code): [string, number] => [code, 3]),
  ...'CLF UYW'.split(' ').map((code): [string, number] => [code, 4]),
]);

/** Digits after the point where they are not two; undefined for all other codes. */
export function unusualDigits(currency: string): number | undefined {
  return digits.get(currency);
}

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return digits.get(currency) ?? 2;
}
