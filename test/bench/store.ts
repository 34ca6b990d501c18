/*
 * `npm run bench -- --store [--sizes 10000,100000,500000]`: what the file costs as it grows. Each size has a process
 * of its own: this file with the number of users.
 */
import * as fs from 'node:fs';
import type { Report } from '../../src/core/store/store';
import { createTestStore } from '../support/storeFixture';
import { connection, otherTenantId } from '../support/storeRows';
import { importTestTenantWeeks } from '../support/weeklyImports';

const reports: readonly Report[] = ['roster', 'reconciliation', 'seats', 'activity'];

/** Milliseconds on the clock, and of processor time of all threads. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; text: string }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { value, text: `${(wall / 1000).toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s)` };
}

async function main(): Promise<void> {
  const users = Number(process.argv[2]);
  const test = await createTestStore();
  try {
    const first = await timed(() => importTestTenantWeeks(test.store, { users, weeks: 1, share: 0 }));
    const size = fs.statSync(test.file).size / 1_048_576;
    // The smallest change there is, for a tenant without data: the whole file is written all the same.
    const save = await timed(() =>
      test.store.saveConnection(connection('one', 'One', { tenantId: otherTenantId })),
    );
    const other = await test.another();
    const open = await timed(() => other.open());
    const cells: string[] = [];
    for (const report of reports) {
      const { value, text } = await timed(() => other.openView({ report }));
      cells.push(`${text} ${value.rowCount.toLocaleString('en-US')}`);
      await other.closeView(value.viewId);
    }
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(
      `| ${[
        users.toLocaleString('en-US'),
        `${size.toFixed(0)} MB`,
        first.text,
        save.text,
        open.text,
        ...cells,
        `${peak.toFixed(0)} MB`,
      ].join(' | ')} |`,
    );
  } finally {
    await test.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
