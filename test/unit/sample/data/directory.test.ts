import assert from 'node:assert/strict';
import { SampleDirectory } from '../../../../src/sample/data/directory';

const today = '2026-11-21';

describe('sample tenant: directory', () => {
  it('gives every user an address and an id that lead back to the user', () => {
    const directory = new SampleDirectory({ seed: 7, users: 40_000, today });
    const names = new Set<string>();
    for (let index = 0; index < directory.users; index++) {
      const user = directory.user(index);
      names.add(user.userPrincipalName.toLowerCase());
      if (index % 131 === 0) {
        assert.equal(directory.find(user.userPrincipalName.toUpperCase()), index, user.userPrincipalName);
        assert.equal(directory.find(user.id), index);
      }
    }
    assert.equal(names.size, 40_000);
    assert.equal(directory.find(directory.id(40_000)), -1);
    assert.equal(directory.find('nobody@contoso.example'), -1);
    assert.equal(directory.find('00000000-0000-0000-0000-000000000000'), -1);
  });

  it('is the same for the same seed and another for another', () => {
    const user = (seed: number): string =>
      JSON.stringify(new SampleDirectory({ seed, users: 300, today }).user(57));
    assert.equal(user(3), user(3));
    assert.notEqual(user(3), user(4));
  });

  it('has the same shares at any size', () => {
    const shares = [300, 20_000].map((users) => {
      const directory = new SampleDirectory({ seed: 5, users, today });
      const kinds = new Map<string, number>();
      for (let index = 0; index < users; index++) {
        const { kind } = directory.user(index);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      return Object.fromEntries([...kinds].map(([kind, count]) => [kind, Math.round((100 * count) / users)]));
    });
    assert.deepEqual(shares[1], {
      person: 84,
      guest: 7,
      shared: 2,
      room: 2,
      equipment: 1,
      service: 2,
      leaver: 2,
    });
    assert.deepEqual(shares[0], shares[1]);
  });

  it('has names that break careless exports, and people of many languages', () => {
    const directory = new SampleDirectory({ seed: 1, users: 300, today });
    const names = Array.from({ length: 300 }, (_, index) => directory.user(index).displayName);
    assert.ok(names.some((name) => name.includes(',') && name.includes('"')));
    assert.ok(names.some((name) => name.startsWith('=')));
    assert.ok(names.filter((name) => /[^\x20-\x7e]/.test(name)).length > 20);
  });

  it('never signs anybody in before the account was made, nor in the future', () => {
    const directory = new SampleDirectory({ seed: 2, users: 5000, today });
    for (let index = 0; index < 5000; index++) {
      const { created, signIn, nonInteractive, report } = directory.activity(index);
      for (const day of [signIn, nonInteractive, report]) {
        assert.ok(day === -1 || (day >= 1 && day <= created), `user ${index}: ${day} of ${created}`);
      }
    }
  });
});
