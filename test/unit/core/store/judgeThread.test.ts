import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { JudgeThreads } from '../../../../src/core/store/judgeThread';
import { judgeHere, type JudgePlace } from '../../../../src/core/store/judging';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';
import type { SqlRow } from '../../../../src/core/store/store';
import { evaluateTenant } from '../../../../src/core/store/tenantEvaluation';
import { sqlJs } from '../../../support/sqlJs';
import { createTestStore, storeWorkerBundle } from '../../../support/storeFixture';
import { activeUser, assignment, importRows, user, type ImportRows } from '../../../support/storeRows';
import { basic, premium, rows } from './licensedTenant';

/** Everything that an evaluation writes. */
const tables = [
  'users',
  'seats',
  'seatSets',
  'planSets',
  'findings',
  'findingEvidence',
  'positions',
  'seatSetSpend',
  'spend',
  'spendLines',
  'licenseResults',
  'tenantResults',
];

/** 900 people who use what they have, did so once or never; every third holds two licenses. */
const numbers = Array.from({ length: 900 }, (_, index) => index + 1);
const tenant: ImportRows = {
  ...rows,
  users: numbers.map((number) =>
    user(number, {
      accountEnabled: number % 10 !== 0,
      department: ['Sales', 'IT', null][number % 3] ?? null,
      assignments: [assignment(basic), ...(number % 3 === 0 ? [assignment(premium)] : [])],
    }),
  ),
  activeUsers: numbers.map((number) =>
    activeUser(`user${number}@contoso.example`, {
      hasExchangeLicense: true,
      exchangeLastActivityDate: ['2026-03-08', '2026-01-27', null][number % 7] ?? null,
    }),
  ),
};

describe('judging in a thread of its own', () => {
  let bytes: Uint8Array;
  before(async () => {
    const test = await createTestStore();
    await importRows(test.store, tenant);
    bytes = new Uint8Array(fs.readFileSync(test.file));
    await test.dispose();
  });

  /** Results with other days than those of the import, so that verdicts change and stored ones are replaced. */
  async function evaluated(place: JudgePlace): Promise<Record<string, SqlRow[]>> {
    const db = new SqlDatabase(await sqlJs(), bytes.slice());
    try {
      const tenantKey = db.number('SELECT tenantKey FROM tenants');
      const today = String(db.value('SELECT evaluatedOn FROM tenants'));
      // A set of licenses that nobody stored before comes up too.
      db.run('DELETE FROM seatSets WHERE seatSetKey = (SELECT max(seatSetKey) FROM seatSets)');
      db.transaction(() => evaluateTenant(db, tenantKey, { inactivityDays: 3, graceDays: 1 }, today, place));
      return Object.fromEntries(tables.map((table) => [table, db.rows(`SELECT * FROM ${table}`)]));
    } finally {
      db.close();
    }
  }

  it('writes what judging here writes, whatever the threads before did', async () => {
    const threads = new JudgeThreads(await storeWorkerBundle(), 0);
    try {
      const here = await evaluated(judgeHere);
      assert.equal(here.users?.length, 900);
      // Every tenth account is disabled and holds one license or two.
      assert.equal(here.findings?.filter(({ kind }) => kind === 'disabledAccount').length, 90 + 30);
      threads.prepare(900);
      assert.deepEqual(await evaluated(threads), here);
      assert.deepEqual(await evaluated(threads), here);
    } finally {
      threads.end();
    }
  });

  it('changes nothing and says so when the thread can’t start', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
    const program = path.join(folder, 'none.js');
    fs.writeFileSync(program, 'process.exit(1)');
    const threads = new JudgeThreads(program, 0, 300);
    const db = new SqlDatabase(await sqlJs(), bytes.slice());
    try {
      const before = db.rows('SELECT * FROM users');
      assert.throws(
        () =>
          db.transaction(() =>
            evaluateTenant(db, 1, { inactivityDays: 3, graceDays: 1 }, '2026-03-10', threads),
          ),
        (error) => isLicenseError(error) && error.reason === 'storeFailed',
      );
      assert.deepEqual(db.rows('SELECT * FROM users'), before);
    } finally {
      threads.end();
      db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells why, when a rule fails', async () => {
    const threads = new JudgeThreads(await storeWorkerBundle(), 0);
    try {
      const judging = threads.begin({} as never, 1);
      judging.give('[]');
      assert.throws(() => judging.finish(), /planSets/);
    } finally {
      threads.end();
    }
  });
});
