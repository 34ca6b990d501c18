import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(__dirname, '../..');
let bundle: Promise<string> | undefined;

/** The bundle of the HTTP thread, built once per test run into a temporary folder. */
export function httpWorkerBundle(): Promise<string> {
  bundle ??= buildWorker();
  return bundle;
}

async function buildWorker(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'http-worker-'));
  const outfile = path.join(folder, 'httpWorker.js');
  await build({
    entryPoints: [path.join(root, 'src/core/graph/httpWorker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
    logLevel: 'silent',
  });
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return outfile;
}
