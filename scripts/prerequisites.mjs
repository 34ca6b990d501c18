// What every script needs before it may import a dependency: only Node's own modules are used here.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string} text */
function parts(text) {
  return text.split('.').map(Number);
}

function requireNode() {
  const needed = '20.19.0';
  const [major = 0, minor = 0] = parts(process.versions.node);
  const [neededMajor = 0, neededMinor = 0] = parts(needed);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new Error(`Node.js ${needed} or newer is needed; this is ${process.versions.node}.`);
}

/** True when `node_modules` is missing, half installed, or older than the lock file. */
function dependenciesAreStale() {
  // npm writes this file last, so it is missing after an install that was cut off.
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return true;
  return statSync(installed).mtimeMs < statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

/** Runs npm with inherited output; throws when it fails or takes longer than ten minutes.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function npm(args, options = {}) {
  // Under `npm start` npm tells where its own program is; calling it through node needs no shell on Windows.
  const own = process.env['npm_execpath'];
  const useOwn = own !== undefined && /npm-cli\.c?js$/.test(own);
  const { status, error } = spawnSync(
    useOwn ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm',
    [...(useOwn ? [own] : []), ...args],
    {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: !useOwn && process.platform === 'win32',
      timeout: 600_000,
    },
  );
  if (error) throw new Error(`npm ${args[0]} could not run: ${error.message}`);
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed (exit code ${status}).`);
}

/** Checks Node's version and installs the dependencies where that is needed. */
export function installDependencies() {
  requireNode();
  if (!dependenciesAreStale()) return;
  console.log('Installing dependencies…');
  // `--include=dev`: everything is a devDependency, and NODE_ENV=production would leave those out.
  npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
}
