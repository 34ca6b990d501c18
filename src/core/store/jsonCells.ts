/**
 * Cells of a row that came out of SQLite as a JSON array, by their place; what is missing or of another type is
 * unknown. An empty text is a text.
 */
export class JsonCells {
  constructor(private readonly row: readonly unknown[]) {}

  text(index: number): string | null {
    const value = this.row[index];
    return typeof value === 'string' ? value : null;
  }

  number(index: number): number | null {
    const value = this.row[index];
    return typeof value === 'number' ? value : null;
  }

  flag(index: number): boolean | null {
    const value = this.number(index);
    return value === null ? null : value === 1;
  }
}
