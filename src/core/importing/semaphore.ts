/** Gives a place back before the job has ended. Harmless when it was given back. */
export type Release = () => void;

/** Lets a limited number of jobs run at once; the others wait in the order they came. */
export class Semaphore {
  private readonly waiting: { readonly rank: number; readonly start: () => void }[] = [];
  private free: number;

  constructor(places: number) {
    this.free = Math.max(1, Math.floor(places));
  }

  /** @param rank those of a lower rank go first, however late they came */
  async run<T>(job: (release: Release) => Promise<T>, rank = 0): Promise<T> {
    await new Promise<void>((resolve) => {
      this.wait(rank, resolve);
      // Those who come together take their places by rank too.
      queueMicrotask(() => this.fill());
    });
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      this.free += 1;
      this.fill();
    };
    try {
      return await job(release);
    } finally {
      release();
    }
  }

  private fill(): void {
    while (this.free > 0) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.free -= 1;
      next.start();
    }
  }

  private wait(rank: number, start: () => void): void {
    const later = this.waiting.findIndex((other) => other.rank > rank);
    this.waiting.splice(later < 0 ? this.waiting.length : later, 0, { rank, start });
  }
}
