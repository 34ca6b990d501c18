/** Texts that are kept once and called by a number: thousands of people hold the same set of licenses. */
export class NumberedTexts {
  private readonly keys: Map<string, number>;
  private last: number;
  private added: (readonly [key: number, text: string])[] = [];

  /** @param known those that the file has, with their keys */
  constructor(known: ReadonlyMap<string, number>) {
    this.keys = new Map(known);
    this.last = 0;
    for (const key of known.values()) this.last = Math.max(this.last, key);
  }

  /** The key of a text; a new one has the next number. */
  keyOf(text: string): number {
    let key = this.keys.get(text);
    if (key === undefined) {
      this.last += 1;
      key = this.last;
      this.keys.set(text, key);
      this.added.push([key, text]);
    }
    return key;
  }

  /** Takes in a text that the file has got by another way. */
  add(text: string, key: number): void {
    this.keys.set(text, key);
    this.last = Math.max(this.last, key);
  }

  /** Those that have become known since this was asked last. */
  takeAdded(): readonly (readonly [key: number, text: string])[] {
    const { added } = this;
    this.added = [];
    return added;
  }
}
