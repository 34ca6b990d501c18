// Runs the integration tests: mocha inside the real extension host, of desktop VS Code where there is one, else of the
// npm-delivered one.
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { provideDesktopVscode } from '../../scripts/desktopVscode.mjs';
import { root } from '../../scripts/prerequisites.mjs';
import { keepOnThisMachine, launchChromium } from '../support/browser.mjs';
import { startVscodeHost, windowUrl } from '../support/vscodeHost.mjs';
import { workbenchSettings } from '../support/workbenchSettings.mjs';

const out = path.join(root, 'out', 'integration');
/** The files as they are packaged, so that the tests see what a user gets. */
const packaged = path.join(root, 'out', 'package');

/** Bundles each test file and the entry point; `vscode` comes from the host, mocha from `node_modules`. */
export async function bundleIntegrationTests() {
  const esbuild = await import('esbuild');
  rmSync(out, { recursive: true, force: true });
  const source = path.join(root, 'test', 'integration');
  const entries = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  await esbuild.build({
    entryPoints: entries.map((file) => path.join(source, file)),
    outbase: source,
    outdir: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/**
 * @param {{ summaryFile: string, scratch: string, timeoutMs: number }} options `scratch` is removed by the caller.
 * @returns {Promise<{ ok: boolean, notes: string[] }>}
 */
export async function runIntegrationTests(options) {
  await bundleIntegrationTests();
  const workspace = path.join(options.scratch, 'workspace');
  mkdirSync(workspace, { recursive: true });
  const env = { TEST_SUMMARY_FILE: options.summaryFile, TEST_SCRATCH: options.scratch };
  const desktop = await provideDesktopVscode({ window: 'hidden' });
  console.log(
    `Extension host: ${desktop === undefined ? 'VS Code served to a browser' : desktop.executable}`,
  );
  return desktop === undefined
    ? runServed({ ...options, workspace, env })
    : runDesktop(desktop, { ...options, workspace, env });
}

/** @typedef {{ scratch: string, timeoutMs: number, workspace: string, env: Record<string, string> }} Run */

/** @param {{ executable: string, launcher: readonly string[] }} desktop @param {Run} run */
async function runDesktop({ executable, launcher }, run) {
  const { runTests } = await import('@vscode/test-electron');
  const [program = executable, ...before] = [...launcher, executable];
  const user = path.join(run.scratch, 'desktop', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(workbenchSettings));
  const extensions = path.join(run.scratch, 'extensions');
  try {
    const code = await withTimeout(
      runTests({
        vscodeExecutablePath: program,
        extensionDevelopmentPath: packaged,
        extensionTestsPath: path.join(out, 'index.js'),
        extensionTestsEnv: run.env,
        launchArgs: [
          ...before,
          run.workspace,
          '--user-data-dir',
          path.dirname(user),
          '--extensions-dir',
          extensions,
        ],
      }),
      run.timeoutMs,
    );
    return { ok: code === 0, notes: code === 0 ? [] : [`The extension host ended with exit code ${code}.`] };
  } catch (error) {
    return { ok: false, notes: [error instanceof Error ? error.message : String(error)] };
  }
}

/** @param {Run} run */
async function runServed(run) {
  const host = await startVscodeHost({
    dataFolder: path.join(run.scratch, 'host'),
    settings: workbenchSettings,
    testDriver: true,
    env: run.env,
  });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await keepOnThisMachine(context);
    const page = await context.newPage();
    /** @type {Promise<number>} */
    const finished = new Promise((resolve, reject) => {
      void page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
          keepLog(path.join(run.scratch, 'host.log'), args);
        },
      );
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
      page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
      void host.exited.then(() => reject(new Error(`VS Code's server ended; its output is in ${host.log}.`)));
    });
    await page.goto(
      windowUrl(host, {
        folder: run.workspace,
        payload: { extensionDevelopmentPath: packaged, extensionTestsPath: path.join(out, 'index.js') },
      }),
    );
    const code = await withTimeout(finished, run.timeoutMs);
    return { ok: code === 0, notes: code === 0 ? [] : [`The extension host ended with exit code ${code}.`] };
  } catch (error) {
    return { ok: false, notes: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await browser.close();
    await host.stop();
  }
}

/**
 * Prints what the tests logged; what else is logged in the extension host is kept in a file.
 * @param {string} file @param {unknown[]} args
 */
function keepLog(file, args) {
  const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
  if (text.startsWith('│ ')) console.log(text);
  else appendFileSync(file, `${text}\n`);
}

/** @template T @param {Promise<T>} promise @param {number} timeoutMs @returns {Promise<T>} */
async function withTimeout(promise, timeoutMs) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The tests took longer than ${timeoutMs / 60_000} minutes.`)),
      timeoutMs,
    );
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}
