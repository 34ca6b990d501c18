import { RawColumn } from './rawColumn';
import type { SqlDatabase } from './sqlDatabase';
import type { UserIndex } from './userIndex';

/** Application and source of each slot of `rows_activity`, whose row keys are `userKey * 32 + slot`. */
const slots = [
  ['exchange', 'activeUserReport'],
  ['oneDrive', 'activeUserReport'],
  ['sharePoint', 'activeUserReport'],
  ['skypeForBusiness', 'activeUserReport'],
  ['teams', 'activeUserReport'],
  ['yammer', 'activeUserReport'],
  ['outlook', 'emailReport'],
  ['exchange', 'mailboxReport'],
  ['oneDrive', 'oneDriveReport'],
  ['dynamics365', 'signIns'],
  ['exchange', 'signIns'],
  ['teams', 'signIns'],
  ['oneDrive', 'signIns'],
  ['outlook', 'signIns'],
  ['powerBi', 'signIns'],
  ['project', 'signIns'],
  ['sharePoint', 'signIns'],
  ['skypeForBusiness', 'signIns'],
  ['visio', 'signIns'],
  ['yammer', 'signIns'],
] as const;

const slotsPerUser = 32;

/** Slots in the order of application and source. */
const slotOrder = slots
  .map((names, slot) => ({ slot, text: names.join('\0').toLowerCase() }))
  .sort((left, right) => (left.text < right.text ? -1 : 1))
  .map(({ slot }) => slot);

/** Licenses without which the active users report says nothing of an application, by slot. */
const licensed = ['Exchange', 'OneDrive', 'SharePoint', 'SkypeForBusiness', 'Teams', 'Yammer'];

const activeUserBits = licensed
  .map((license, slot) => {
    const date = `r.${license.charAt(0).toLowerCase()}${license.slice(1)}LastActivityDate`;
    return `(${date} IS NOT NULL OR r.has${license}License IS NOT 0) * ${2 ** slot}`;
  })
  .join(' + ');

/**
 * Which rows of `rows_activity` there are: per report its rows with the users of the same name, as the view has them. The
 * report comes first, since its rows and the index of the names have the same order.
 */
const queries: readonly string[] = [
  ...[
    ['activeUsers', activeUserBits],
    ['emailActivity', String(2 ** 6)],
    ['mailboxUsage', String(2 ** 7)],
    ['oneDriveUsage', String(2 ** 8)],
  ].map(
    ([report, bits]) => `SELECT u.userKey, ${bits} FROM ${report} r
      CROSS JOIN users u ON u.tenantKey = r.tenantKey AND u.upnKey = r.upnKey WHERE r.isDeleted IS NOT 1`,
  ),
  `SELECT u.userKey, CASE a.application ${slots
    .flatMap(([application, source], slot) =>
      source === 'signIns' ? [`WHEN '${application}' THEN ${2 ** slot}`] : [],
    )
    .join(' ')} ELSE 0 END
   FROM applicationSignIns r CROSS JOIN signInApplications a ON a.appKey = r.appKey
   CROSS JOIN users u ON u.tenantKey = r.tenantKey AND u.userId = r.userId`,
];

/** The rows of `v_activity` as a bit per application and source, by position of the user. */
export class ActivityRows {
  private readonly bits: Uint32Array;

  constructor(
    db: SqlDatabase,
    private readonly users: UserIndex,
  ) {
    this.bits = new Uint32Array(users.size);
    for (const sql of queries) {
      const [keys, bits] = [new RawColumn(users.size), new RawColumn(users.size)];
      db.readInto(sql, [], [keys, bits]);
      for (let row = 0; row < keys.rows; row += 1) {
        this.set(this.bits, keys.numbers[row] ?? 0, bits.numbers[row] ?? 0);
      }
    }
  }

  /**
   * Keys of rows in their usual order: by name of the user, application, source and id of the user.
   * @param named positions of users by name and id
   * @param among keys of the rows that can be in it; null for all
   */
  keys(named: Uint32Array, ranks: Uint32Array, among: Int32Array | null): Int32Array {
    const bits = among === null ? this.bits : this.bitsOf(among);
    const keys = new Int32Array(countBits(named, bits));
    let count = 0;
    for (let from = 0; from < named.length;) {
      const rank = ranks[named[from] ?? 0];
      let to = from + 1;
      while (to < named.length && ranks[named[to] ?? 0] === rank) to += 1;
      // Of users of the same name the applications come first, then their ids.
      for (const slot of slotOrder) {
        for (let at = from; at < to; at += 1) {
          const position = named[at] ?? 0;
          if ((((bits[position] ?? 0) >>> slot) & 1) === 0) continue;
          keys[count] = (this.users.keys[position] ?? 0) * slotsPerUser + slot;
          count += 1;
        }
      }
      from = to;
    }
    return keys;
  }

  /** How many rows these users have. */
  count(positions: Uint32Array): number {
    return countBits(positions, this.bits);
  }

  private bitsOf(keys: Int32Array): Uint32Array {
    const bits = new Uint32Array(this.bits.length);
    for (const key of keys) this.set(bits, Math.floor(key / slotsPerUser), 2 ** (key % slotsPerUser));
    return bits;
  }

  private set(bits: Uint32Array, userKey: number, more: number): void {
    const position = this.users.positionOf(userKey);
    if (position !== undefined) bits[position] = (bits[position] ?? 0) | more;
  }
}

function countBits(positions: Uint32Array, bits: Uint32Array): number {
  let count = 0;
  for (const position of positions) {
    for (let rest = bits[position] ?? 0; rest !== 0; rest &= rest - 1) count += 1;
  }
  return count;
}
