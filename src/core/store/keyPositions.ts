/** Where each key stands among all, which are in ascending order. */
export class KeyPositions {
  private readonly first: number;
  /** Position plus one by key less the first; null where the keys are too far apart for that. */
  private readonly table: Uint32Array | null;

  constructor(private readonly keys: Int32Array) {
    this.first = keys[0] ?? 0;
    const span = (keys.at(-1) ?? 0) - this.first + 1;
    this.table = span <= keys.length * 8 + 1024 ? new Uint32Array(span) : null;
    if (this.table === null) return;
    for (let position = 0; position < keys.length; position += 1) {
      this.table[(keys[position] ?? 0) - this.first] = position + 1;
    }
  }

  /** Undefined for a key that is not among them. */
  of(key: number): number | undefined {
    if (this.table !== null) {
      const found = this.table[key - this.first] ?? 0;
      return found === 0 ? undefined : found - 1;
    }
    let from = 0;
    let to = this.keys.length;
    while (from < to) {
      const at = (from + to) >> 1;
      if ((this.keys[at] ?? 0) < key) from = at + 1;
      else to = at;
    }
    return this.keys[from] === key ? from : undefined;
  }
}
