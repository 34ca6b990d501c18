import type { Disposable } from './disposables';

/** Subscribes a listener. Structurally the same as VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** A minimal event source for code that has no `vscode`. A listener that throws does not keep others from running. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => unknown>();

  readonly event: Event<T> = (listener) => {
    // Wrapped so that the same function subscribed twice is two subscriptions.
    const entry = (value: T): unknown => listener(value);
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  fire(value: T): void {
    let failure: { error: unknown } | undefined;
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  }

  dispose(): void {
    this.listeners.clear();
  }
}
