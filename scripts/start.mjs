// `npm start`: opens a real VS Code with the extension, ready to explore the sample tenant.
//   --no-open        do not open a browser window
//   --port N         port of the served workbench (default 8137, or the next free one)
//   --profile DIR    keep the window's data in DIR; otherwise it is removed at the end
//   --served         serve the workbench to a browser even where desktop VS Code is at hand
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './prerequisites.mjs';

const { values: options } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
    profile: { type: 'string' },
    served: { type: 'boolean', default: false },
  },
});

/** @typedef {{ ended: Promise<unknown>, stop: () => Promise<void>, address?: string }} Running */

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  // The sample tenant's ports are on this machine already.
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/** @param {string} vsix @param {string} profile @returns {Promise<Running>} */
async function serve(vsix, profile) {
  const { startVscodeHost } = await import('../test/support/vscodeHost.mjs');
  const host = await startVscodeHost({
    dataFolder: profile,
    vsix: [vsix],
    settings,
    port: await choosePort(),
  });
  if (!options['no-open']) openBrowser(host.url);
  return { ended: host.exited, stop: host.stop, address: host.url };
}

/** The port asked for; without one a fixed port, so that the browser finds its stored secrets again, or any. */
async function choosePort() {
  const { freePort } = await import('../test/support/vscodeHost.mjs');
  if (options.port !== undefined) {
    const port = Number(options.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port ${options.port} is not a port.`);
    return freePort(port).catch(() => {
      throw new Error(`Port ${port} is in use.`);
    });
  }
  return freePort(8137).catch(() => 0);
}

/** @param {string} url */
function openBrowser(url) {
  /** @type {Record<string, readonly [string, ...string[]]>} */
  const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  spawnDetached(program, [...args, url]);
}

/** @param {string} program @param {string[]} args */
function spawnDetached(program, args) {
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  // A machine without a browser has the printed address.
  child.on('error', () => undefined);
  child.unref();
}

/** @param {string} executable @param {string} vsix @param {string} profile @returns {Promise<Running>} */
async function openDesktop(executable, vsix, profile) {
  const { spawnGroup, endGroup } = await import('./processGroup.mjs');
  const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const folders = [
    '--user-data-dir',
    path.join(profile, 'data'),
    '--extensions-dir',
    path.join(profile, 'extensions'),
  ];
  // Chromium's own sandbox does not work for root.
  if (process.getuid?.() === 0) folders.push('--no-sandbox');
  mkdirSync(path.join(profile, 'data', 'User'), { recursive: true });
  writeFileSync(path.join(profile, 'data', 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  const [cli = executable] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const shell = process.platform === 'win32';
  const installed = spawnSync(
    shell ? `"${cli}"` : cli,
    [...folders, '--install-extension', vsix, '--force'],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell,
      timeout: 120_000,
    },
  );
  if (installed.status !== 0) throw new Error('The extension could not be installed into VS Code.');
  const child = spawnGroup(
    executable,
    [...folders, '--new-window', '--disable-workspace-trust', '--skip-welcome'],
    {
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  return { ended, stop: () => endGroup(child) };
}

/** @returns {Promise<Running>} @param {string} vsix @param {string} profile */
async function open(vsix, profile) {
  const { provideDesktopVscode } = await import('./desktopVscode.mjs');
  const asked = options.served || options['no-open'] || options.port !== undefined;
  const desktop = asked ? undefined : await provideDesktopVscode({ window: 'shown' });
  return desktop === undefined ? serve(vsix, profile) : openDesktop(desktop.executable, vsix, profile);
}

/** @param {string | undefined} address */
function printWhatToClick(address) {
  console.log('');
  console.log('VS Code is ready. What to click:');
  console.log('  1. the Microsoft 365 Licenses icon in the activity bar');
  console.log('  2. Explore a Sample Tenant');
  console.log('  3. Sign In on the connection that appears, then Import Now');
  console.log('  4. Users Roster and Reconciliation on the tenant');
  console.log('Press Ctrl+C to end everything.');
  if (address !== undefined) console.log(address);
}

async function main() {
  installDependencies();
  const { buildForProduction, packageVsix } = await import('./vsix.mjs');
  await buildForProduction();
  const vsix = await packageVsix();

  const profile = options.profile === undefined ? undefined : path.resolve(options.profile);
  const folder = profile ?? mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-'));
  let stopping = false;
  const opening = open(vsix, folder);
  /** @param {number} code */
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    // Told to end while it still starts: first let it, then end it, so that nothing is left running.
    await opening.then((running) => running.stop()).catch(() => undefined);
    if (profile === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => void stop(0));
  try {
    const running = await opening;
    if (!stopping) printWhatToClick(running.address);
    await running.ended;
    if (!stopping && running.address !== undefined) console.error('The server ended by itself.');
    await stop(running.address === undefined ? 0 : 1);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await stop(1);
  }
}

process.chdir(root);
await main();
