/*
 * Three years of weekly imports of 10,000 users with 2 % of them changing each week: how large the file becomes.
 * `node --require tsx/cjs test/bench/history.ts [users] [weeks]`
 */
import * as fs from 'node:fs';
import { importTestTenantWeeks } from '../support/weeklyImports';
import { createTestStore, sqlite3 } from '../support/storeFixture';

async function main(): Promise<void> {
  const [users = 10_000, weeks = 156] = process.argv.slice(2).map(Number);
  const test = await createTestStore();
  try {
    const started = performance.now();
    const sizes: number[] = [];
    const megabytes = (bytes: number | undefined): string => `${((bytes ?? 0) / 1_048_576).toFixed(1)} MB`;
    await importTestTenantWeeks(test.store, { users, weeks, share: 0.02 }, (week) => {
      sizes.push(fs.statSync(test.file).size);
      if ((week + 1) % 26 === 0) console.log(`week ${week + 1}: ${megabytes(sizes.at(-1))}`);
    });
    const seconds = (performance.now() - started) / 1000;
    console.log(`${users} users, ${weeks} weeks, ${seconds.toFixed(0)} s`);
    console.log(`after the first import ${megabytes(sizes[0])}, after the last ${megabytes(sizes.at(-1))}`);
    for (const table of ['licenseHistory', 'subscriptionHistory', 'assignmentChanges', 'userChanges']) {
      console.log(`${table}: ${sqlite3(test.file, `SELECT count(*) AS n FROM ${table}`)[0]?.n} rows`);
    }
  } finally {
    await test.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
