/** Lets a limited number of jobs run at once; the others wait in the order they came. */
export class Semaphore {
  private readonly waiting: { readonly rank: number; readonly start: () => void }[] = [];
  private free: number;

  constructor(places: number) {
    this.free = Math.max(1, Math.floor(places));
  }

  /** @param rank those of a lower rank go first, however late they came */
  async run<T>(job: () => Promise<T>, rank = 0): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.wait(rank, resolve));
    try {
      return await job();
    } finally {
      // The place goes straight to the next one, so that nobody can slip in between.
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next.start();
    }
  }

  private wait(rank: number, start: () => void): void {
    const later = this.waiting.findIndex((other) => other.rank > rank);
    this.waiting.splice(later < 0 ? this.waiting.length : later, 0, { rank, start });
  }
}
