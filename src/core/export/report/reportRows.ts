import { throwIfAborted } from '../../foundation/abort';
import type { SqlRow, SqlValue, Store } from '../../store/store';

/** Reads views for one tenant or all: `?1` is the tenant or NULL, further parameters follow. */
export class Reader {
  constructor(
    private readonly store: Pick<Store, 'query'>,
    private readonly tenantId: string | null,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async rows(sql: string, params: readonly SqlValue[] = []): Promise<SqlRow[]> {
    throwIfAborted(this.signal);
    return this.store.query(sql, [this.tenantId, ...params]);
  }

  async each<T>(sql: string, take: (row: SqlRow) => T, params: readonly SqlValue[] = []): Promise<T[]> {
    return (await this.rows(sql, params)).map(take);
  }
}

/** A text that is there; empty when it is not. */
export function text(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A count that is there; 0 when it is not. */
export function number(value: SqlValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

export function numberOrNull(value: SqlValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function flag(value: SqlValue | undefined): boolean {
  return value === 1;
}
