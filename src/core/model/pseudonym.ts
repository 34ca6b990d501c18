import { createHmac } from 'node:crypto';

/** Columns that name a person, in rows that have the person's `userId` as well. */
export const personColumns: readonly string[] = [
  'userPrincipalName',
  'displayName',
  'mail',
  'givenName',
  'surname',
];

/** Column with the address of a person whom no user id belongs to: who looks after a license. */
export const addressColumn = 'administrator';

/** What stands for a person of whom a row says the name and not the id. */
export const namelessUser = 'User (hidden)';

/** Crockford's alphabet: no letter that could be taken for a digit or for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupLength = 5;
const length = 2 * groupLength;

/**
 * Stable stand-ins for people's names, `User 7F3KQ-2WX9D`: an HMAC of the user's id with a random key that never
 * leaves the machine, so the same person is the same in every screen and file, and nobody without the key can work
 * out or check who it is. Ten characters are 50 bits: among a million users the chance that any two share one is
 * below 1 in 2,000, and nothing has to be known of the other users.
 */
export class Pseudonyms {
  /** @param key text of any length; random, kept in the secret storage */
  constructor(private readonly key: string) {}

  /** The stand-in of a user. @param userId case does not matter */
  of(userId: string): string {
    const digest = createHmac('sha256', this.key).update(userId.toLowerCase()).digest();
    let code = '';
    let bits = digest.readBigUInt64BE();
    for (let index = 0; index < length; index += 1) {
      code += alphabet.charAt(Number(bits & 31n));
      bits >>= 5n;
    }
    return `User ${code.slice(0, groupLength)}-${code.slice(groupLength)}`;
  }

  /** The stand-in of an email address, in the form of one: `7f3kq-2wx9d@hidden.invalid`. */
  ofAddress(address: string): string {
    return `${this.of(address).slice('User '.length).toLowerCase()}@hidden.invalid`;
  }

  /**
   * The row with names replaced, whatever columns it has; one without any is given back as it is. Unknown names stay
   * unknown. Names of groups, products and tenants stay: they name no person.
   */
  row<V>(row: Readonly<Record<string, V>>): Record<string, V | string> {
    const { userId } = row;
    const changed: Record<string, V | string> = { ...row };
    for (const [column, value] of Object.entries(row)) {
      if (typeof value !== 'string' || value === '') continue;
      if (column === addressColumn) changed[column] = this.ofAddress(value);
      else if (!personColumns.includes(column)) continue;
      else if (typeof userId === 'string') changed[column] = this.of(userId);
      else if (column === 'userPrincipalName' || column === 'mail') changed[column] = namelessUser;
    }
    return changed;
  }
}
