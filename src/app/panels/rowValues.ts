import type { SqlValue } from '../../core/store/store';

/** A number of a row; null when unknown. */
export function numberOrNull(value: SqlValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A number of a column that always has one. */
export function numberOf(value: SqlValue | undefined): number {
  return numberOrNull(value) ?? 0;
}

/** A text of a row; null when unknown or empty. */
export function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
