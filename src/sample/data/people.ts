import { hash } from './random';
import type { SampleName } from './names';
import { givenNames, surnames } from './names';

/*
 * Names without a table of users: index -> (given name, surname, round) is a bijection, so that addresses are
 * unique and an address leads back to its index.
 */

const combinations = givenNames.length * surnames.length;
/** A prime that divides neither length, near the golden section, so that neighbors get unlike names. */
const stride = 7919;
const strideInverse = inverse(stride, combinations);

function inverse(value: number, modulus: number): number {
  for (let candidate = 1; candidate < modulus; candidate++) {
    if ((candidate * value) % modulus === 1) return candidate;
  }
  throw new Error(`${value} has no inverse modulo ${modulus}.`);
}

const offsetOf = (seed: number): number => hash(seed, 0, 11) % combinations;
const givenByAscii = new Map(givenNames.map((name, n) => [name.ascii, n]));
const surnameByAscii = new Map(surnames.map((name, n) => [name.ascii, n]));

/** A name with the number that tells namesakes apart: 1 for the first. */
export interface PersonName {
  readonly given: SampleName;
  readonly surname: SampleName;
  readonly round: number;
}

/** The name of user `index`. */
export function nameOf(seed: number, index: number): PersonName {
  const place = ((index % combinations) * stride + offsetOf(seed)) % combinations;
  const given = givenNames[place % givenNames.length] as SampleName;
  const surname = surnames[Math.floor(place / givenNames.length)] as SampleName;
  return { given, surname, round: Math.floor(index / combinations) + 1 };
}

/** `given.surname`, with a number from the second namesake on. */
export function aliasOf(name: PersonName): string {
  return `${name.given.ascii}.${name.surname.ascii}${name.round > 1 ? name.round : ''}`;
}

/** The index of a `given.surname` alias, or -1. */
export function indexOfAlias(seed: number, alias: string): number {
  const match = /^([a-z]+)\.([a-z]+)(\d*)$/.exec(alias);
  const given = givenByAscii.get(match?.[1] ?? '');
  const surname = surnameByAscii.get(match?.[2] ?? '');
  if (!match || given === undefined || surname === undefined) return -1;
  const place = surname * givenNames.length + given;
  const shifted = (place - offsetOf(seed) + combinations) % combinations;
  const round = match[3] ? Number(match[3]) : 1;
  return ((shifted * strideInverse) % combinations) + (round - 1) * combinations;
}
