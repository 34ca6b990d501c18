/** Something that holds a resource until told to let go. Structurally the same as VS Code's `Disposable`. */
export interface Disposable {
  dispose(): unknown;
}

/** Collects disposables and disposes them in reverse order; what is added after that is disposed at once. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.push(item);
    return item;
  }

  dispose(): void {
    this.disposed = true;
    for (const item of this.items.splice(0).reverse()) item.dispose();
  }
}
