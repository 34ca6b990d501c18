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
