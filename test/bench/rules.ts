/*
 * `npm run bench -- --rules [--sizes 100000]`: what the rules cost in a thread: the verdicts of everybody, then
 * position, findings and spend, for users with three licenses each.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { RulesResult, RulesTask, Time } from './rulesWorker';

const rounds = 7;

/** Runs the rules in a thread of their own, as the product does, and prints a row per size. */
export async function measureRules(sizes: readonly number[]): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-rules-'));
  try {
    const outfile = path.join(folder, 'rulesWorker.js');
    await build({
      entryPoints: [path.join(__dirname, 'rulesWorker.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      outfile,
      logLevel: 'silent',
    });
    console.log(`${os.cpus().length} cores, ${os.cpus()[0]?.model ?? ''}, Node ${process.versions.node}`);
    console.log(
      `Milliseconds of the first round and the median of ${rounds}: on the clock (of the processor).\n`,
    );
    console.log('| users | seats | findings | verdicts | position, findings and spend |');
    console.log('| ---: | ---: | ---: | ---: | ---: |');
    for (const users of sizes) {
      const { seats, found, verdicts, findings } = await run(outfile, { users, rounds });
      console.log(
        `| ${[
          users.toLocaleString('en-US'),
          seats.toLocaleString('en-US'),
          found.toLocaleString('en-US'),
          times(verdicts),
          times(findings),
        ].join(' | ')} |`,
      );
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, task: RulesTask): Promise<RulesResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task });
    worker.once('message', (result: RulesResult) => resolve(result));
    worker.once('error', reject);
  });
}

function times(rounds: readonly Time[]): string {
  const show = (time: Time | undefined): string =>
    time === undefined ? '–' : `${time.wall.toFixed(0)} (${time.cpu.toFixed(0)})`;
  const sorted = [...rounds].sort((left, right) => left.cpu - right.cpu);
  return `${show(rounds[0])}, ${show(sorted[Math.floor(sorted.length / 2)])}`;
}
