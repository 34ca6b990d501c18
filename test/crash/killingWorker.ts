/*
 * The store's worker as the crash tests run it: the product's own bundle on a file system that counts its calls and
 * kills the process before, within or after the one that the test names. Nothing in the product knows of this.
 */
import { createRequire } from 'node:module';

const need = createRequire(__filename);
// The object behind every `require('node:fs')` of this thread, so that patching it reaches the bundle.
const fs = need('node:fs') as Record<string, (...args: unknown[]) => unknown>;
const killAt = Number(process.env.CRASH_AT_CALL ?? '0');
const shortWrite = Number(process.env.CRASH_WRITE_BYTES ?? '65536');
let calls = 0;

/** A point at which the power may fail. */
function killPoint(): void {
  calls += 1;
  if (calls !== killAt) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal ends all threads; this one must not get any further.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const original = { ...fs };
const call = (name: string, args: readonly unknown[]): unknown => original[name]?.apply(fs, [...args]);

for (const name of [
  'openSync',
  'closeSync',
  'fsyncSync',
  'renameSync',
  'linkSync',
  'copyFileSync',
  'rmSync',
  'mkdirSync',
]) {
  fs[name] = (...args) => {
    killPoint();
    return call(name, args);
  };
}

// A write may take fewer bytes than it was given; so the file is torn at more places than one.
fs.writeSync = (handle, bytes, offset, length, position) => {
  killPoint();
  return call('writeSync', [handle, bytes, offset, Math.min(Number(length), shortWrite), position]);
};

// Two system calls that matter: the file is there, and then it has its content.
fs.writeFileSync = (file, data, options) => {
  killPoint();
  const { flag = 'w', mode = 0o666 } = (options ?? {}) as { flag?: string; mode?: number };
  const handle = call('openSync', [file, flag, mode]);
  killPoint();
  call('writeSync', [handle, String(data)]);
  call('closeSync', [handle]);
};

need(String(process.env.CRASH_STORE_WORKER));
