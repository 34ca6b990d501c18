/**
 * An exact number: money per month of an annual price is rarely a whole number of cents. In lowest terms, with a
 * denominator above zero.
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Zero. */
export const zeroFraction: Fraction = { numerator: 0n, denominator: 1n };

/** `numerator / denominator` in lowest terms. Takes whole numbers, the denominator above zero. */
export function fraction(numerator: number | bigint, denominator: number | bigint = 1): Fraction {
  return reduced(BigInt(numerator), BigInt(denominator));
}

/** The sum of two. */
export function addFractions(left: Fraction, right: Fraction): Fraction {
  if (left.denominator === right.denominator) {
    const sum = left.numerator + right.numerator;
    return left.denominator === 1n ? { numerator: sum, denominator: 1n } : reduced(sum, left.denominator);
  }
  return reduced(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

/** A fraction times a whole number. */
export function times(value: Fraction, factor: number | bigint): Fraction {
  return reduced(value.numerator * BigInt(factor), value.denominator);
}

/** A fraction divided by a whole number above zero. */
export function dividedBy(value: Fraction, divisor: number | bigint): Fraction {
  return reduced(value.numerator, value.denominator * BigInt(divisor));
}

/** The product of two. */
export function productOf(left: Fraction, right: Fraction): Fraction {
  return reduced(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** Negative, zero or positive as the left one is smaller, equal or larger. */
export function compareFractions(left: Fraction, right: Fraction): number {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** The whole number nearest to a fraction of zero or more; a half is rounded up. */
export function roundHalfUp(value: Fraction): number {
  return Number((2n * value.numerator + value.denominator) / (2n * value.denominator));
}

/** The whole number at or below a fraction of zero or more. */
export function roundDown(value: Fraction): number {
  return Number(value.numerator / value.denominator);
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return divisor === 1n
    ? { numerator, denominator }
    : { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
