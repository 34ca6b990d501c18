/** Runs the tasks of one key one after another, in the order in which they came. Tasks of other keys do not wait. */
export class Sequencer {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const result = before.then(task);
    // What follows waits for the end of this one, not for its success.
    const end = result.catch(() => undefined);
    this.last.set(key, end);
    try {
      return await result;
    } finally {
      if (this.last.get(key) === end) this.last.delete(key);
    }
  }
}
