import type { RankedColumn } from './columnRanks';

/**
 * Positions in the order of their ranks, unknown ones (rank 0) last; those of one rank stay in the order in which they
 * come.
 * @param positions those that can be in it
 * @param members 1 for each that is, by position; null when all are
 */
export function orderPositions(
  positions: Uint32Array,
  members: Uint8Array | null,
  { ranks, count }: RankedColumn,
  descending: boolean,
): Uint32Array {
  // Where each rank begins: counted first, then added up in the order asked for.
  const starts = new Uint32Array(count + 1);
  for (const position of positions) {
    if (members === null || members[position] === 1) increase(starts, ranks[position] ?? 0);
  }
  let next = 0;
  for (let step = 1; step <= count + 1; step += 1) {
    const rank = step > count ? 0 : descending ? count + 1 - step : step;
    const size = starts[rank] ?? 0;
    starts[rank] = next;
    next += size;
  }
  const ordered = new Uint32Array(next);
  for (const position of positions) {
    if (members !== null && members[position] !== 1) continue;
    const rank = ranks[position] ?? 0;
    ordered[starts[rank] ?? 0] = position;
    increase(starts, rank);
  }
  return ordered;
}

/** The keys at these positions. A loop, because `Int32Array.from` with a function takes ten times as long. */
export function keysAt(keys: Int32Array, positions: Uint32Array): Int32Array {
  const found = new Int32Array(positions.length);
  for (let at = 0; at < positions.length; at += 1) found[at] = keys[positions[at] ?? 0] ?? 0;
  return found;
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
