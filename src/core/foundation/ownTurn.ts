/** Who waits for a turn of the event loop. */
const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the event loop that nobody else who waits here gets. Work in slices that takes turns by
 * `setImmediate` alone keeps the loop for the slices of all: several lists that are read side by side each do one in the
 * same round.
 */
export function ownTurn(): Promise<void> {
  return new Promise<void>((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(giveTurn);
  });
}

function giveTurn(): void {
  const next = waiting.shift();
  // Asked for in a round, it comes in the next one.
  if (waiting.length > 0) setImmediate(giveTurn);
  next?.();
}
