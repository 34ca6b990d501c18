/*
 * Chance without state: every value is a pure function of (seed, index, salt), so any user can be computed at
 * any time and nothing has to be kept for 500,000 of them.
 */

/** Mixes 32 bits; a bijection, so that {@link unmix} can undo it. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The inverse of {@link mix}. */
export function unmix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7ed1b41d);
  x = Math.imul(x ^ (x >>> 13) ^ (x >>> 26), 0xa5cb9243);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A 32-bit number for (seed, index, salt). */
export function hash(seed: number, index: number, salt: number): number {
  return mix(mix(mix(seed) ^ index) + Math.imul(salt, 0x9e3779b9));
}

/** A whole number from 0 to `count` − 1. */
export function pick(seed: number, index: number, salt: number, count: number): number {
  return hash(seed, index, salt) % count;
}

const hex4: readonly string[] = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, '0'));

/** Eight lower-case hex digits. */
export function hex8(value: number): string {
  return `${hex4[value >>> 16]}${hex4[value & 0xffff]}`;
}

/** A version 4 GUID made of four 32-bit numbers. */
export function guid(a: number, b: number, c: number, d: number): string {
  const version = hex4[(b & 0x0fff) | 0x4000];
  const variant = hex4[((c >>> 16) & 0x3fff) | 0x8000];
  return `${hex4[a >>> 16]}${hex4[a & 0xffff]}-${hex4[b >>> 16]}-${version}-${variant}-${hex4[c & 0xffff]}${hex4[d >>> 16]}${hex4[d & 0xffff]}`;
}

/** A GUID for (seed, index, salt). */
export function guidOf(seed: number, index: number, salt: number): string {
  const h = hash(seed, index, salt);
  return guid(h, mix(h + 1), mix(h + 2), mix(h + 3));
}

/** A GUID from which {@link indexOfGuid} reads the index again. */
export function guidOfIndex(seed: number, index: number, salt: number): string {
  const a = mix((index ^ mix(seed + salt)) | 0);
  return guid(a, hash(seed, index, salt), hash(seed, index, salt + 1), hash(seed, index, salt + 2));
}

/** The index inside a {@link guidOfIndex}, or -1 when the text is none of that seed and salt. */
export function indexOfGuid(seed: number, text: string, salt: number): number {
  if (!/^[0-9a-f]{8}-/i.test(text)) return -1;
  const index = (unmix(parseInt(text.slice(0, 8), 16)) ^ mix(seed + salt)) >>> 0;
  return guidOfIndex(seed, index, salt) === text.toLowerCase() ? index : -1;
}

const coprimesOf100 = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39, 41, 43, 47, 49];

/**
 * Deals the numbers 0 to 99 in a shuffled order to each hundred of indexes, so that every full hundred holds
 * every planted situation exactly once and small tenants look like large ones.
 */
export function slotOf(seed: number, index: number, salt: number): number {
  const block = Math.floor(index / 100);
  const h = hash(seed, block, salt);
  const step = coprimesOf100[h % coprimesOf100.length] ?? 1;
  return ((index % 100) * step + ((h >>> 8) % 100)) % 100;
}

/** A repeatable dice, for faults. */
export class Dice {
  private thrown = 0;
  constructor(private readonly seed: number) {}

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    return hash(this.seed, this.thrown++, 7919) / 0x100000000;
  }
}
