import type { SqlRow } from '../../core/store/store';

/** Reads the cells of a row that our own views gave; what is missing or of another type is unknown. */
export class SqlCells {
  constructor(private readonly row: SqlRow | undefined) {}

  /** Null for NULL and for empty text. */
  text(column: string): string | null {
    const value = this.row?.[column];
    return typeof value === 'string' && value !== '' ? value : null;
  }

  number(column: string): number | null {
    const value = this.row?.[column];
    return typeof value === 'number' ? value : null;
  }

  /** For a count that a view never leaves open. */
  count(column: string): number {
    return this.number(column) ?? 0;
  }

  flag(column: string): boolean | null {
    const value = this.number(column);
    return value === null ? null : value !== 0;
  }
}
