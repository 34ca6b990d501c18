import type { UserRow } from '../model/datasets';
import { holdsSeat } from '../model/seats';
import type { Store } from '../store/store';

/** Seats by license: sku id → count. */
export type SeatCounts = ReadonlyMap<string, number>;

const seats = `SELECT p.skuId AS skuId, count(*) AS n FROM seats s JOIN tenants t USING (tenantKey)
  JOIN products p USING (productKey) WHERE t.tenantId = ?`;

const ofUsers = ` AND s.userKey IN (SELECT u.userKey FROM users u JOIN tenants w USING (tenantKey)
  WHERE w.tenantId = ? AND u.userId IN (SELECT value FROM json_each(?)))`;

/** The seats that the file has: of all users of a tenant, or of some. */
export async function storedSeats(
  store: Pick<Store, 'query'>,
  tenantId: string,
  userIds?: readonly string[],
): Promise<SeatCounts> {
  const rows =
    userIds === undefined
      ? await store.query(`${seats} GROUP BY p.skuId`, [tenantId])
      : await store.query(`${seats}${ofUsers} GROUP BY p.skuId`, [
          tenantId,
          tenantId,
          JSON.stringify(userIds),
        ]);
  return new Map(rows.map(({ skuId, n }) => [String(skuId), Number(n)]));
}

/** The licenses of which a user holds a seat, each once. */
export function licensesHeld(user: UserRow): ReadonlySet<string> {
  return new Set(user.assignments.filter(({ state }) => holdsSeat(state)).map(({ skuId }) => skuId));
}

/** What {@link disagreement} compares. */
export interface SeatProof {
  /** The service's counts then, when they belonged to the seats of before, and now. */
  readonly consumedThen: SeatCounts;
  readonly consumedNow: SeatCounts;
  readonly seatsBefore: SeatCounts;
  readonly seatsAfter: SeatCounts;
}

/**
 * The first license whose seats no longer stand to the service's count as they did before; null when all do. The
 * two need not be equal, since the service counts what users don't show; their difference must not have moved.
 */
export function disagreement(proof: SeatProof): string | null {
  const { consumedThen, consumedNow, seatsBefore, seatsAfter } = proof;
  for (const [skuId, now] of consumedNow) {
    const then = consumedThen.get(skuId);
    const after = seatsAfter.get(skuId) ?? 0;
    const expected = then === undefined ? 0 : then - (seatsBefore.get(skuId) ?? 0);
    if (now - after !== expected) return skuId;
  }
  return null;
}
