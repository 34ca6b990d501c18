import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';

/** Begins every line of the tests' own output. */
const outputMark = '│ ';

/** Entry point of the extension host's test run: loads every bundled test beside it and runs mocha. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  // The host hands on what is logged with its placeholders unfilled, and mixed with what all its extensions log.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]): void => {
    for (const line of format(...args).split('\n')) console.log(`${outputMark}${line}`);
  };
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 60_000,
    forbidOnly: true,
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.js'),
  );
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));
  await mocha.loadFilesAsync();
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const started = mocha.run(() => resolve(started));
  });
  const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
  const summary = process.env['TEST_SUMMARY_FILE'];
  if (summary === undefined) console.log(format('%d passed, %d failed', passes, failures + pending));
  else writeFileSync(summary, JSON.stringify({ passed: passes, failed: failures, pending }));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
