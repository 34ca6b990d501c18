import type { SqlDatabase } from './sqlDatabase';

/** Sets of licenses that somebody holds, each kept once: thousands of people hold the same. */
export class SeatSets {
  private readonly keys = new Map<string, number>();

  constructor(private readonly db: SqlDatabase) {}

  /** The key of a set. @param productKeys always in the same order; null for an empty set */
  keyOf(productKeys: readonly number[]): number | null {
    if (productKeys.length === 0) return null;
    const products = productKeys.join(' ');
    let key = this.keys.get(products);
    if (key === undefined) {
      this.db.run('INSERT OR IGNORE INTO seatSets (products) VALUES (?)', [products]);
      key = this.db.number('SELECT seatSetKey FROM seatSets WHERE products = ?', [products]);
      this.keys.set(products, key);
    }
    return key;
  }
}
