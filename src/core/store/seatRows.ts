import { rankColumn, type RankedColumn } from './columnRanks';
import { KeyPositions } from './keyPositions';
import { orderPositions } from './positionOrder';
import { RawColumn } from './rawColumn';
import type { SqlDatabase } from './sqlDatabase';
import { finish, type UserIndex } from './userIndex';

/** The rows of `v_seats` as numbers: who has which product. */
export class SeatRows {
  /** Keys of the seats, in ascending order. */
  private readonly keys: Int32Array;
  /** Position of each seat's user, by place of the seat in {@link keys}. */
  private readonly users: Uint32Array;
  /** Rank of each seat's product by id and by part number. */
  private readonly bySkuId: RankedColumn;
  private readonly byPartNumber: RankedColumn;
  private readonly places: KeyPositions;
  /** How many users there are. */
  private readonly size: number;

  constructor(db: SqlDatabase, index: UserIndex) {
    const [seats, users, products] = [
      new RawColumn(index.size),
      new RawColumn(index.size),
      new RawColumn(index.size),
    ];
    db.readInto(
      'SELECT seatKey, userKey, productKey FROM seats ORDER BY seatKey',
      [],
      [seats, users, products],
    );
    this.size = index.size;
    this.keys = Int32Array.from(seats.numbers.subarray(0, seats.rows));
    this.users = Uint32Array.from(users.numbers.subarray(0, users.rows), (key) => index.positionOf(key) ?? 0);
    this.places = new KeyPositions(this.keys);
    const [keys, skuIds, partNumbers] = [new RawColumn(), new RawColumn(), new RawColumn()];
    db.readInto('SELECT productKey, skuId, skuPartNumber FROM products', [], [keys, skuIds, partNumbers]);
    const product = new Map(Array.from(keys.numbers.subarray(0, keys.rows), (key, row) => [key, row]));
    const rows = Uint32Array.from(
      products.numbers.subarray(0, products.rows),
      (key) => product.get(key) ?? 0,
    );
    const ofSeats = ({ ranks, count }: RankedColumn): RankedColumn => ({
      ranks: rows.map((row) => ranks[row] ?? 0),
      count,
    });
    this.bySkuId = ofSeats(finish(rankColumn(skuIds)));
    this.byPartNumber = ofSeats(finish(rankColumn(partNumbers)));
  }

  /**
   * Keys of seats in their usual order: by name of the user, part number of the product, id of the user and of the
   * product.
   * @param wanted positions of users by id
   * @param names ranks of the users by name
   * @param among keys of the seats that can be in it; null for all
   */
  orderedKeys(wanted: Uint32Array, names: RankedColumn, among: Int32Array | null): Int32Array {
    // Ordered by what counts least first: each order keeps the one before among what is equal to it.
    const byId = orderPositions(
      everyOne(this.keys.length),
      this.membersOf(wanted, among),
      this.bySkuId,
      false,
    );
    const ids = this.ofSeats({ ranks: placesOf(wanted, this.size), count: wanted.length });
    const byUser = orderPositions(byId, null, ids, false);
    const byProduct = orderPositions(byUser, null, this.byPartNumber, false);
    const byName = orderPositions(byProduct, null, this.ofSeats(names), false);
    return Int32Array.from(byName, (place) => this.keys[place] ?? 0);
  }

  /** How many seats these users have. */
  count(positions: Uint32Array): number {
    const members = this.membersOf(positions, null);
    return members.reduce((sum, member) => sum + member, 0);
  }

  /** 1 for each seat of one of the users, by place of the seat. */
  private membersOf(wanted: Uint32Array, among: Int32Array | null): Uint8Array {
    const users = new Uint8Array(this.size);
    for (const position of wanted) users[position] = 1;
    if (among === null) return Uint8Array.from(this.users, (position) => users[position] ?? 0);
    const members = new Uint8Array(this.keys.length);
    for (const key of among) {
      const place = this.places.of(key);
      if (place !== undefined) members[place] = users[this.users[place] ?? 0] ?? 0;
    }
    return members;
  }

  private ofSeats({ ranks, count }: RankedColumn): RankedColumn {
    return { ranks: this.users.map((position) => ranks[position] ?? 0), count };
  }
}

function everyOne(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, place) => place);
}

/** From 1 on, by position; 0 for who is not among them. */
function placesOf(positions: Uint32Array, size: number): Uint32Array {
  const places = new Uint32Array(size);
  positions.forEach((position, place) => (places[position] = place + 1));
  return places;
}
