import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(__dirname, '../..');
const bundles = new Map<string, Promise<string>>();

/**
 * The bundle of a thread, built once per test run into a temporary folder.
 * @param source its entry, from the repository's root
 */
export function workerBundle(source: string): Promise<string> {
  const bundle = bundles.get(source) ?? buildWorker(source);
  bundles.set(source, bundle);
  return bundle;
}

async function buildWorker(source: string): Promise<string> {
  const name = path.basename(source, '.ts');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  const outfile = path.join(folder, `${name}.js`);
  await build({
    entryPoints: [path.join(root, source)],
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
