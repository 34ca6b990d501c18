import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { storeWorkerBundle } from '../support/storeFixture';

let programs: Promise<{ readonly child: string; readonly worker: string }> | undefined;

async function buildPrograms(): Promise<{ child: string; worker: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'store-crash-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [path.join(__dirname, 'writerChild.ts'), path.join(__dirname, 'killingWorker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outdir: folder,
    logLevel: 'silent',
  });
  return { child: path.join(folder, 'writerChild.js'), worker: path.join(folder, 'killingWorker.js') };
}

/** A child process that writes a data file. */
export interface WriterProcess {
  readonly process: ChildProcess;
  /** Lines said so far. */
  readonly lines: readonly string[];
  /** The first line that begins so, once it was said; undefined when the process ended before. */
  said(beginning: string): Promise<string | undefined>;
  /** How the process ended, when all its output was read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** How a writer differs from one that is never killed. */
export interface WriterOptions {
  readonly folder: string;
  /** Variables of `writerChild.ts` and `killingWorker.ts`, without their common prefix. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** Bytes that one file of the process may have at first (`RLIMIT_FSIZE`): a full disk. */
  readonly fileSizeLimit?: number;
}

/** Starts a writer. The kill points are there only when a call to be killed at is named. */
export async function startWriter(options: WriterOptions): Promise<WriterProcess> {
  programs ??= buildPrograms();
  const [{ child, worker }, storeWorker] = await Promise.all([programs, storeWorkerBundle()]);
  const settings = Object.entries(options.settings).map(([name, value]) => [`CRASH_${name}`, String(value)]);
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CRASH_FOLDER: options.folder,
    CRASH_WASM: require.resolve('sql.js/dist/sql-wasm.wasm'),
    CRASH_WORKER: 'AT_CALL' in options.settings ? worker : storeWorker,
    CRASH_STORE_WORKER: storeWorker,
    ...(Object.fromEntries(settings) as Record<string, string>),
  };
  const limit = options.fileSizeLimit;
  const running =
    limit === undefined
      ? spawn(process.execPath, [child], { env, stdio: ['pipe', 'pipe', 'inherit'] })
      : spawn('prlimit', [`--fsize=${limit}:`, process.execPath, child], {
          env,
          stdio: ['pipe', 'pipe', 'inherit'],
        });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  running.stdout.setEncoding('utf8');
  running.stdout.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const listener of [...listeners]) listener();
  });
  let isOver = false;
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    running.once('close', (code, signal) => {
      isOver = true;
      resolve({ code, signal });
      for (const listener of [...listeners]) listener();
    }),
  );
  return {
    process: running,
    lines,
    ended,
    said: (beginning) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = lines.find((candidate) => candidate.startsWith(beginning));
          if (line === undefined && !isOver) return;
          listeners.delete(look);
          resolve(line);
        };
        listeners.add(look);
        look();
      }),
  };
}
