import { rankColumn, type RankedColumn } from './columnRanks';
import { KeyPositions } from './keyPositions';
import { orderPositions } from './positionOrder';
import { RawColumn } from './rawColumn';
import type { SqlDatabase } from './sqlDatabase';
import { finish, type UserIndex } from './userIndex';

/**
 * The rows of `v_seats` as numbers, in their usual order: by name of the user, part number of the product, id of the
 * user and of the product.
 */
export class SeatRows {
  /** Keys of the seats, in ascending order. */
  private readonly keys: Int32Array;
  /** Position of each seat's user, by place of the seat in {@link keys}. */
  private readonly users: Uint32Array;
  /** Places of all seats, in order. */
  private readonly ordered: Uint32Array;
  private readonly places: KeyPositions;
  /** How many users there are. */
  private readonly size: number;

  constructor(db: SqlDatabase, index: UserIndex) {
    const seats = readSeats(db, index.size);
    this.size = index.size;
    this.keys = seats.keys;
    this.places = new KeyPositions(seats.keys);
    this.users = seats.userKeys.map((key) => index.positionOf(key) ?? 0);
    // Ordered by what counts least first: each order keeps the one before among what is equal to it.
    const products = new ProductRanks(db, seats.productKeys);
    const ids = { ranks: placesOf(index.byId, index.size), count: index.size };
    const names = this.ofSeats(index.ranks('userPrincipalName'));
    let ordered: Uint32Array = new Uint32Array(this.keys.map((_key, place) => place));
    for (const ranked of [products.bySkuId, this.ofSeats(ids), products.byPartNumber, names]) {
      ordered = orderPositions(ordered, null, ranked, false);
    }
    this.ordered = ordered;
  }

  /**
   * Keys of seats, in order.
   * @param wanted positions of their users
   * @param among keys of the seats that can be in it; null for all
   */
  orderedKeys(wanted: Uint32Array, among: Int32Array | null): Int32Array {
    const users = this.usersOf(wanted);
    const members = among === null ? null : this.membersOf(among);
    const keys = new Int32Array(this.keys.length);
    let count = 0;
    for (const place of this.ordered) {
      if (users[this.users[place] ?? 0] !== 1 || members?.[place] === 0) continue;
      keys[count] = this.keys[place] ?? 0;
      count += 1;
    }
    return keys.slice(0, count);
  }

  /** How many seats these users have. */
  count(wanted: Uint32Array): number {
    const users = this.usersOf(wanted);
    let count = 0;
    for (const position of this.users) count += users[position] ?? 0;
    return count;
  }

  /** 1 for each of the users, by position. */
  private usersOf(wanted: Uint32Array): Uint8Array {
    const users = new Uint8Array(this.size);
    for (const position of wanted) users[position] = 1;
    return users;
  }

  /** 1 for each of the seats, by place. */
  private membersOf(keys: Int32Array): Uint8Array {
    const members = new Uint8Array(this.keys.length);
    for (const key of keys) {
      const place = this.places.of(key);
      if (place !== undefined) members[place] = 1;
    }
    return members;
  }

  private ofSeats({ ranks, count }: RankedColumn): RankedColumn {
    return { ranks: this.users.map((position) => ranks[position] ?? 0), count };
  }
}

/** Ranks of the seats by what their product is called; few products, so that they are ranked and not the seats. */
class ProductRanks {
  readonly bySkuId: RankedColumn;
  readonly byPartNumber: RankedColumn;

  constructor(db: SqlDatabase, ofSeats: Uint32Array) {
    const [keys, skuIds, partNumbers] = [new RawColumn(), new RawColumn(), new RawColumn()];
    db.readInto('SELECT productKey, skuId, skuPartNumber FROM products', [], [keys, skuIds, partNumbers]);
    const rowOf = new Map(Array.from(keys.numbers.subarray(0, keys.rows), (key, row) => [key, row]));
    const ranked = (column: RawColumn): RankedColumn => {
      const { ranks, count } = finish(rankColumn(column));
      return { ranks: ofSeats.map((key) => ranks[rowOf.get(key) ?? 0] ?? 0), count };
    };
    this.bySkuId = ranked(skuIds);
    this.byPartNumber = ranked(partNumbers);
  }
}

function readSeats(
  db: SqlDatabase,
  expected: number,
): { keys: Int32Array; userKeys: Uint32Array; productKeys: Uint32Array } {
  const columns = [new RawColumn(expected), new RawColumn(expected), new RawColumn(expected)] as const;
  db.readInto('SELECT seatKey, userKey, productKey FROM seats ORDER BY seatKey', [], columns);
  const [keys, userKeys, productKeys] = columns.map(({ numbers, rows }) => numbers.subarray(0, rows));
  return {
    keys: new Int32Array(keys ?? []),
    userKeys: new Uint32Array(userKeys ?? []),
    productKeys: new Uint32Array(productKeys ?? []),
  };
}

/** From 1 on, by position. */
function placesOf(positions: Uint32Array, size: number): Uint32Array {
  const places = new Uint32Array(size);
  for (let place = 0; place < positions.length; place += 1) places[positions[place] ?? 0] = place + 1;
  return places;
}
