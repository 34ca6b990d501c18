// `npm test [suite…]`: runs the suites and ends with one line, `N passed, N failed`, that sums them all. A suite that
// could not run, and a test that was skipped, count as failures.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installDependencies, root } from './prerequisites.mjs';
import { provideTestTools } from './testTools.mjs';

/** @typedef {{ passed: number, failed: number, notes: string[] }} Outcome */
/** @typedef {'check' | 'unit' | 'faults' | 'crash' | 'oracle' | 'component' | 'integration' | 'e2e'} SuiteName */

const minute = 60_000;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

/** @param {string} text */
function heading(text) {
  console.log(`\n━━ ${text} ${'━'.repeat(Math.max(0, 96 - text.length))}`);
}

/** @param {string} name @returns {string} */
function binary(name) {
  // The program's own file, run by this Node: `.bin` has shell scripts that Windows cannot start without a shell.
  const folder = path.join(root, 'node_modules', ...name.split('/'));
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file =
    typeof bin === 'string' ? bin : (bin[name === 'typescript' ? 'tsc' : path.basename(name)] ?? '');
  return path.join(folder, file);
}

/**
 * Runs a Node program; its summary file, where it writes one, tells the counts.
 * @param {string} label @param {readonly string[]} args @param {{ timeoutMs: number, env?: NodeJS.ProcessEnv }} options
 */
async function runNode(label, args, options) {
  const { runToEnd } = await import('./processGroup.mjs');
  const started = Date.now();
  const { code, timedOut } = await runToEnd(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    timeoutMs: options.timeoutMs,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const notes = timedOut
    ? [`${label} took longer than ${options.timeoutMs / minute} minutes and was ended.`]
    : code === 0
      ? []
      : [`${label} failed (exit code ${code}).`];
  return { ok: code === 0 && !timedOut, notes, seconds };
}

/** Type check, lint and format: one each. @returns {Promise<Outcome>} */
async function check() {
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: 0, notes: [] };
  /** @param {string} label @param {readonly (readonly string[])[]} programs */
  const step = async (label, programs) => {
    const notes = [];
    for (const args of programs)
      notes.push(...(await runNode(label, args, { timeoutMs: 10 * minute })).notes);
    console.log(`  ${notes.length === 0 ? '✔' : '✘'} ${label}`);
    outcome[notes.length === 0 ? 'passed' : 'failed'] += 1;
    outcome.notes.push(...notes);
  };
  const projects = ['tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json', 'scripts/tsconfig.json'];
  await step(
    'Types',
    projects.map((project) => [binary('typescript'), '-p', project]),
  );
  await step('Lint', [[binary('eslint'), '.', '--max-warnings', '0']]);
  await step('Format', [[binary('prettier'), '--check', '--log-level', 'warn', '.']]);
  return outcome;
}

/** Runs mocha under Node. @param {SuiteName} name @param {string} spec @param {number} timeoutMs @param {NodeJS.ProcessEnv} [env] */
async function mocha(name, spec, timeoutMs, env = {}) {
  return counted(name, (summary) =>
    runNode(
      `The suite “${name}”`,
      [
        binary('mocha'),
        '--no-config',
        ...['--require', 'tsx/cjs', '--extension', 'ts', '--timeout', name === 'unit' ? '20000' : '120000'],
        ...['--reporter', 'test/support/summaryReporter.mjs', '--forbid-only', '--exit'],
        // A page on a busy machine may paint later than a test looks; what is broken fails twice.
        ...(name === 'component' ? ['--retries', '1'] : []),
        spec,
      ],
      { timeoutMs, env: { ...env, TEST_SUMMARY_FILE: summary } },
    ),
  );
}

/**
 * Reads the counts that a mocha run left. Without them the run counts as one failure.
 * @param {string} name @param {(summary: string) => Promise<{ ok: boolean, notes: string[] }>} run
 * @returns {Promise<Outcome>}
 */
async function counted(name, run) {
  const summary = path.join(scratch, `${name}.json`);
  const { ok, notes } = await run(summary);
  if (!existsSync(summary)) {
    return { passed: 0, failed: 1, notes: [...notes, `The suite “${name}” ended without a result.`] };
  }
  /** @type {{ passed: number, failed: number, pending: number }} */
  const { passed, failed, pending } = JSON.parse(readFileSync(summary, 'utf8'));
  const outcome = { passed, failed: failed + pending, notes: failed === 0 ? notes : [] };
  if (pending > 0)
    outcome.notes.push(`${pending} tests of “${name}” were skipped; that counts as a failure.`);
  if (passed + failed + pending === 0) {
    outcome.failed = 1;
    outcome.notes.push(`The suite “${name}” has no tests.`);
  } else if (!ok && outcome.failed === 0) {
    outcome.failed = 1;
  }
  return outcome;
}

/** Mocha inside the extension host. @returns {Promise<Outcome>} */
async function integration() {
  const { runIntegrationTests } = await import('../test/integration/runner.mjs');
  return counted('integration', (summary) =>
    runIntegrationTests({
      summaryFile: summary,
      scratch: path.join(scratch, 'integration'),
      timeoutMs: 15 * minute,
    }),
  );
}

/** @type {Readonly<Record<SuiteName, () => Promise<Outcome>>>} */
const suites = {
  check,
  unit: () => mocha('unit', 'test/unit/**/*.test.ts', 15 * minute),
  faults: () => mocha('faults', 'test/faults/**/*.test.ts', 15 * minute),
  crash: () => mocha('crash', 'test/crash/**/*.test.ts', 15 * minute),
  oracle: () => mocha('oracle', 'test/oracle/**/*.test.ts', 15 * minute),
  component: () => mocha('component', 'test/component/**/*.test.ts', 10 * minute),
  integration,
  e2e: () => mocha('e2e', 'test/e2e/**/*.test.ts', 20 * minute),
};

/** Builds what the suites test: the production bundles and, for those that need it, the package. @param {boolean} withPackage */
async function build(withPackage) {
  heading('Build');
  const { buildForProduction, packageVsix } = await import('./vsix.mjs');
  await buildForProduction();
  if (withPackage) await packageVsix();
}

async function main() {
  const names = /** @type {SuiteName[]} */ (Object.keys(suites));
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !names.includes(/** @type {SuiteName} */ (name)));
  if (unknown.length > 0)
    throw new Error(`There is no suite “${unknown[0]}”; there are ${names.join(', ')}.`);
  const chosen = asked.length === 0 ? names : names.filter((name) => asked.includes(name));

  installDependencies();
  if (chosen.some((name) => name !== 'check')) provideTestTools();
  mkdirSync(path.join(scratch, 'integration'));
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  /** @param {string} name @param {() => Promise<Outcome>} run */
  const record = async (name, run) => {
    const started = Date.now();
    try {
      outcomes.set(name, await run());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      outcomes.set(name, { passed: 0, failed: 1, notes: [`“${name}” could not run: ${reason}`] });
    }
    console.log(`${name} took ${((Date.now() - started) / 1000).toFixed(1)} s`);
  };

  if (chosen.includes('check')) {
    heading('check');
    await record('check', suites.check);
  }
  const testing = chosen.filter((name) => name !== 'check');
  if (testing.length > 0) {
    try {
      await build(testing.includes('e2e') || testing.includes('integration'));
      for (const name of testing) {
        heading(name);
        await record(name, suites[name]);
      }
    } catch (error) {
      for (const name of testing) {
        await record(name, () => Promise.reject(error));
      }
    }
  }

  heading('Result');
  let passed = 0;
  let failed = 0;
  for (const [name, outcome] of outcomes) {
    console.log(
      `  ${name.padEnd(12)} ${String(outcome.passed).padStart(5)} passed ${String(outcome.failed).padStart(5)} failed`,
    );
    for (const note of outcome.notes) console.log(`    ${note}`);
    passed += outcome.passed;
    failed += outcome.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
