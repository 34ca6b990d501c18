// Child processes that can be ended together with everything they started.
import { spawn, spawnSync } from 'node:child_process';

const onWindows = process.platform === 'win32';

/**
 * Starts a program as leader of a process group of its own.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions }} [options]
 */
export function spawnGroup(file, args, options = {}) {
  return spawn(file, args, { ...options, detached: !onWindows });
}

/** @param {number} group @param {NodeJS.Signals | 0} signal */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends the group of a process started by {@link spawnGroup}: politely first, by force after `graceMs`. Resolves when
 * none of its processes is left.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endGroup(child, graceMs = 5_000) {
  const group = child.pid;
  if (group === undefined) return;
  if (onWindows) {
    spawnSync('taskkill', ['/pid', String(group), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  const deadline = Date.now() + graceMs;
  signalGroup(group, 'SIGTERM');
  while (signalGroup(group, 0)) {
    if (Date.now() > deadline) signalGroup(group, 'SIGKILL');
    if (Date.now() > deadline + graceMs) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Runs a program to its end with inherited output. A program that outlives `timeoutMs` is ended with its children.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number }} options
 * @returns {Promise<{ code: number | null, timedOut: boolean }>}
 */
export async function runToEnd(file, args, options) {
  const child = spawnGroup(file, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = endWith(child);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void endGroup(child);
  }, options.timeoutMs);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return { code, timedOut };
  } finally {
    clearTimeout(timer);
    // What the program left behind in its group goes with it.
    await endGroup(child);
    stop();
  }
}

/**
 * Ends the child's group when this process is told to end. Returns a function that takes that back.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWith(child) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    void endGroup(child).then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.once(signal, onSignal);
  return () => {
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
}
