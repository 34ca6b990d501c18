import type { SqlRow, SqlValue } from './store';

/** A number of a row; null when unknown. */
export function numberOrNull(value: SqlValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A number of a column that always has one; 0 when it is missing. */
export function numberOf(value: SqlValue | undefined): number {
  return numberOrNull(value) ?? 0;
}

/** A text of a row; null when unknown or empty. */
export function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A text of a column that always has one; empty when it is missing. */
export function textOf(value: SqlValue | undefined): string {
  return textOrNull(value) ?? '';
}

/** Whether a column is 1. */
export function flagOf(value: SqlValue | undefined): boolean {
  return value === 1;
}

/** Reads the cells of a row that our own views gave; what is missing or of another type is unknown. */
export class SqlCells {
  constructor(private readonly row: SqlRow | undefined) {}

  /** Null for NULL and for empty text. */
  text(column: string): string | null {
    return textOrNull(this.row?.[column]);
  }

  number(column: string): number | null {
    return numberOrNull(this.row?.[column]);
  }

  /** For a count that a view never leaves open. */
  count(column: string): number {
    return numberOf(this.row?.[column]);
  }

  flag(column: string): boolean | null {
    const value = this.number(column);
    return value === null ? null : value !== 0;
  }
}
