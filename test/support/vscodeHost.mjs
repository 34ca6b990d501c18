// Starts and stops the npm-delivered VS Code and opens its workbench.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { endGroup, spawnGroup } from '../../scripts/processGroup.mjs';
import { installServedHost } from '../../scripts/servedHost.mjs';
import { openFrontDoor } from './frontDoor.mjs';

/**
 * @typedef {object} HostOptions
 * @property {string} dataFolder Folder for the server's data: settings, extensions, storage, logs.
 * @property {number} [port] 0 or absent: any free port.
 * @property {readonly string[]} [vsix] Packages to install before the start.
 * @property {Record<string, unknown>} [settings] User settings.
 * @property {boolean} [testDriver] Lets the page's address name a development extension and a test module.
 * @property {NodeJS.ProcessEnv} [env] Added to the environment of the server and so of the extension host.
 */

/**
 * @typedef {object} VscodeHost
 * @property {string} url Address of the workbench, `http://127.0.0.1:PORT/`.
 * @property {string} authority Authority of `vscode-remote:` URIs.
 * @property {string} globalStorage Folder that holds the extensions' global storage folders.
 * @property {string} log File with the server's output.
 * @property {Promise<void>} exited Settles when the server ends by itself.
 * @property {() => Promise<void>} stop Ends the server and everything that it started.
 */

/** A port of the loopback that is free now. @param {number} wanted 0: any. @returns {Promise<number>} */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {HostOptions} options @returns {Promise<VscodeHost>} */
export async function startVscodeHost(options) {
  const { node, server } = installServedHost();
  const { dataFolder } = options;
  const user = path.join(dataFolder, 'data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(options.settings ?? {}, undefined, 2));

  // A server started from a terminal of VS Code itself would find that window's variables and act as its child.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE$)/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    ...options.env,
  };
  for (const vsix of options.vsix ?? []) {
    const { status, stdout, stderr } = spawnSync(
      node,
      [server, '--server-data-dir', dataFolder, '--install-extension', vsix, '--force'],
      { env, encoding: 'utf8', timeout: 120_000 },
    );
    if (status !== 0 || !/successfully installed/i.test(stdout)) {
      throw new Error(`${vsix} could not be installed.\n${stdout}${stderr}`);
    }
  }

  const port = await freePort(options.port ?? 0);
  const serverPort = await freePort();
  const log = path.join(dataFolder, 'server.log');
  const output = createWriteStream(log);
  const child = spawnGroup(
    node,
    [
      server,
      ...['--host', '127.0.0.1', '--port', String(serverPort)],
      // Only this machine reaches the port, and the page's address can be passed on as it is.
      '--without-connection-token',
      '--accept-server-license-terms',
      ...['--server-data-dir', dataFolder],
      '--disable-telemetry',
      '--disable-workspace-trust',
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout?.pipe(output, { end: false });
  child.stderr?.pipe(output, { end: false });
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('exit', () => resolve()));
  /** @type {import('node:http').Server | undefined} */
  let front;
  const stop = async () => {
    front?.close();
    front?.closeAllConnections();
    await endGroup(child);
    output.end();
  };

  const url = `http://127.0.0.1:${port}/`;
  try {
    await firstAnswer(`http://127.0.0.1:${serverPort}/`, exited, log);
    front = await openFrontDoor(serverPort, port);
    const page = await firstAnswer(url, exited, log);
    const globalStorage = path.join(dataFolder, 'data', 'User', 'globalStorage');
    return { url, authority: authorityOf(page), globalStorage, log, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The served page, as soon as the server answers.
 * @param {string} url @param {Promise<void>} exited @param {string} log
 */
async function firstAnswer(url, exited, log) {
  let ended = false;
  void exited.then(() => (ended = true));
  const deadline = Date.now() + 60_000;
  while (!ended && Date.now() < deadline) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
      if (answer.ok) return await answer.text();
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code's server ${ended ? 'ended' : 'did not answer'}; its output is in ${log}.`);
}

/** The page says under which authority its extension host's files are addressed. @param {string} page */
function authorityOf(page) {
  const settings = /id="vscode-workbench-web-configuration" data-settings="([^"]*)"/.exec(page)?.[1];
  if (settings === undefined) throw new Error('The served page has no workbench configuration.');
  const text = settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return /** @type {{ remoteAuthority: string }} */ (JSON.parse(text)).remoteAuthority;
}

/**
 * Address of a workbench window.
 * @param {VscodeHost} host
 * @param {{ folder?: string, payload?: Record<string, string> }} [options] The payload's values are absolute paths.
 */
export function windowUrl(host, options = {}) {
  const url = new URL(host.url);
  // Without it the window opens the folder that was open last.
  if (options.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', options.folder);
  if (options.payload !== undefined) {
    const pairs = Object.entries(options.payload).map(([key, file]) => [
      key,
      `vscode-remote://${host.authority}${file}`,
    ]);
    url.searchParams.set('payload', JSON.stringify(pairs));
  }
  return url.href;
}
