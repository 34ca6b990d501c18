/** Something that holds a resource until told to let go. Structurally the same as VS Code's `Disposable`. */
export interface Disposable {
  dispose(): unknown;
}

/** Collects disposables and disposes them in reverse order; what is added after that is disposed at once. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private ending: Promise<void> | undefined;

  add<T extends Disposable>(item: T): T {
    if (this.ending !== undefined) item.dispose();
    else this.items.push(item);
    return item;
  }

  /**
   * Disposes everything. What takes time is waited for before what was added earlier is disposed, since that is what
   * it works with: imports end before the store closes.
   * @returns a promise; who need not know when all is over may leave it. It rejects with the first failure, when the
   * others have been disposed all the same.
   */
  dispose(): unknown {
    this.ending ??= this.disposeAll();
    return this.ending;
  }

  private async disposeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const item of this.items.splice(0).reverse()) {
      try {
        const ended = item.dispose();
        // Without a promise there is no turn of the event loop between two.
        if (isPromise(ended)) await ended;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
