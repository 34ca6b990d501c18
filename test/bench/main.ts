/*
 * `npm run bench [-- --quick] [--full] [--sizes 1000,10000] [--latencies 0,80] [--no-script]`: imports of the sample
 * tenant, beside the bound and a script as one writes it today. Each runs in a process of its own; the tenant runs in
 * this one. The script takes minutes beyond 10,000 users and is left out there, unless `--full` asks for it.
 * `npm run bench -- --store [--sizes 10000,100000]`: what the file costs; see `store.ts`.
 */
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as https from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { startSampleTenant } from '../../src/sample/sampleTenant';
import type { SampleAddress } from '../../src/sample/sampleOptions';
import { exchange } from '../support/sampleTenantFixture';
import type { Cost } from './measure';
import { measureRoster } from './roster';
import { measureRules } from './rules';
import type { BenchTask } from './task';

interface Result {
  readonly first: Cost;
  readonly second?: Cost;
  readonly urls?: readonly string[];
}

const root = path.resolve(__dirname, '../..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
};
const has = (name: string): boolean => process.argv.includes(`--${name}`);
const usualSizes =
  has('rules') || has('roster')
    ? '100000'
    : has('store')
      ? '10000,100000,500000'
      : '1000,10000,100000,300000';
const sizes = (option('sizes') ?? (has('quick') ? '1000,10000' : usualSizes)).split(',').map(Number);
/** So many users are imported in moments, which differ from run to run: of several the median counts. */
const fewUsers = 10_000;
const rounds = (users: number): number => (users <= fewUsers ? 3 : 1);
/** Most users with which the script is run. */
const scriptSize = has('full') ? Infinity : 10_000;
const latencies = (option('latencies') ?? '0,80').split(',').map(Number);

async function bundles(): Promise<void> {
  await build({
    entryPoints: {
      storeWorker: path.join(root, 'src/core/store/storeWorker.ts'),
      productRun: path.join(__dirname, 'productRun.ts'),
      boundRun: path.join(__dirname, 'boundRun.ts'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outdir: scratch,
    logLevel: 'silent',
  });
}

/** The packages of the script; null where they can't be installed here. */
function scriptPackages(): string | null {
  if (has('no-script')) return null;
  const given = process.env.BENCH_PACKAGES_FOLDER;
  const folder = given ?? path.join(os.tmpdir(), 'm365-licenses-bench-packages');
  const from = path.join(folder, 'package.json');
  try {
    if (!fs.existsSync(path.join(folder, 'node_modules', 'better-sqlite3', 'build'))) {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(from, '{"private":true}');
      console.log('Installing what the script needs …');
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      const names = ['@microsoft/microsoft-graph-client@3', 'better-sqlite3'];
      execFileSync(npm, ['install', '--no-audit', '--no-fund', ...names], { cwd: folder, stdio: 'ignore' });
    }
    return from;
  } catch (error) {
    console.log(`Without the script: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

async function tokenOf(address: SampleAddress): Promise<string> {
  const agent = new https.Agent({ ca: address.caCertificate });
  const { text } = await exchange(
    {
      method: 'POST',
      url: `${address.loginUrl}/${address.tenantId}/oauth2/v2.0/token`,
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: address.confidentialClientId,
        client_secret: address.clientSecret,
        scope: `${address.graphUrl}/.default`,
      }).toString(),
    },
    agent,
  );
  agent.destroy();
  return (JSON.parse(text) as { access_token: string }).access_token;
}

/** Runs a program to its end. */
async function run(
  program: string,
  facts: Omit<BenchTask, 'folder' | 'resultFile'>,
  env: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(scratch, 'run-'));
  const task: BenchTask = { ...facts, folder, resultFile: path.join(folder, 'result.json') };
  const taskFile = path.join(folder, 'task.json');
  fs.writeFileSync(taskFile, JSON.stringify(task));
  const child = spawn(process.execPath, [program, taskFile], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: facts.caFile, ...env },
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    if (code !== 0) throw new Error(`${path.basename(program)} ended with ${code}.`);
    return JSON.parse(fs.readFileSync(task.resultFile, 'utf8')) as Result;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (cost: Cost | undefined): string =>
  cost === undefined ? '–' : `${(cost.wallMs / 1000).toFixed(1)} s`;
const ratio = (value: Cost | undefined, base: Cost | undefined): string =>
  value === undefined || base === undefined ? '–' : (value.wallMs / base.wallMs).toFixed(2);
const megabytes = (cost: Cost | undefined): string =>
  cost === undefined ? '–' : `${Math.round(cost.peakBytes / 1_048_576)} MB`;
const processor = (cost: Cost | undefined): string =>
  cost === undefined ? '–' : `${(cost.cpuMs / 1000).toFixed(1)} s`;
const loop = ({ loop: { p50, p99, max } }: Cost): string =>
  [p50, p99, max].map((value) => value.toFixed(0)).join(' / ');

/** The one in the middle by the clock; undefined for none. */
function median(costs: readonly Cost[]): Cost | undefined {
  return [...costs].sort((left, right) => left.wallMs - right.wallMs)[costs.length >> 1];
}

/** The tenant's own code is compiled when it is first asked, which must not be at the cost of whoever comes first. */
async function warmUp(): Promise<void> {
  const tenant = await startSampleTenant({ users: 1000 });
  try {
    const facts = await factsOf(tenant.address);
    for (let round = 0; round < 2; round += 1) await run(path.join(scratch, 'productRun.js'), facts);
  } finally {
    await tenant.close();
  }
}

/** What a contestant is told of a tenant. */
async function factsOf(address: SampleAddress): Promise<Omit<BenchTask, 'folder' | 'resultFile'>> {
  const caFile = path.join(scratch, 'ca.pem');
  fs.writeFileSync(caFile, address.caCertificate);
  return {
    graphUrl: address.graphUrl,
    tenantId: address.tenantId,
    token: await tokenOf(address),
    caFile,
    workerPath: path.join(scratch, 'storeWorker.js'),
    wasmPath: require.resolve('sql.js/dist/sql-wasm.wasm'),
    urls: [],
    concurrency: 4,
  };
}

/** Measures the file, each size in a process of its own. */
async function store(): Promise<void> {
  console.log(`${os.cpus().length} cores, ${os.cpus()[0]?.model ?? ''}, Node ${process.versions.node}`);
  console.log('Clock time (processor time); of the reports also their rows.\n');
  console.log(
    '| users | file | first import of rows in memory | saving a connection | opening | roster | reconciliation | seats | activity | peak memory |',
  );
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const users of sizes) {
    execFileSync(
      process.execPath,
      ['--max-old-space-size=6144', '--require', 'tsx/cjs', path.join(__dirname, 'store.ts'), String(users)],
      { stdio: 'inherit' },
    );
  }
}

async function main(): Promise<void> {
  if (has('store')) return store();
  if (has('rules')) return measureRules(sizes);
  if (has('roster')) return measureRoster(sizes, tokenOf);
  await bundles();
  const packages = scriptPackages();
  console.log(`${os.cpus().length} cores, ${os.cpus()[0]?.model ?? ''}, Node ${process.versions.node}\n`);
  console.log(
    '| users | latency | import | bound | import ÷ bound | script | script ÷ import | second import | second ÷ first | peak memory (script) | loop delay p50 / p99 / max ms | processor: import / second / bound / script |',
  );
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  await warmUp();
  for (const users of sizes) {
    const tenant = await startSampleTenant({ users });
    try {
      for (const latencyMs of latencies) {
        await tenant.configure({ faults: { latencyMs } });
        const facts = await factsOf(tenant.address);
        const products: Result[] = [];
        const bounds: Result[] = [];
        const scripts: Result[] = [];
        for (let round = 1; round <= rounds(users); round += 1) {
          const product = await run(path.join(scratch, 'productRun.js'), facts);
          products.push(product);
          const urls = product.urls ?? [];
          bounds.push(await run(path.join(scratch, 'boundRun.js'), { ...facts, urls }));
          if (packages === null || users > scriptSize) continue;
          const env = { BENCH_PACKAGES: packages };
          // The bench goes on without it.
          await run(path.join(__dirname, 'scriptRun.mjs'), { ...facts, urls }, env).then(
            (script) => scripts.push(script),
            (error: unknown) => console.error(error),
          );
        }
        const first = median(products.map((result) => result.first));
        const second = median(products.flatMap((result) => result.second ?? []));
        const bound = median(bounds.map((result) => result.first));
        const script = median(scripts.map((result) => result.first));
        console.log(
          `| ${[
            users.toLocaleString('en-US'),
            `${latencyMs} ms`,
            seconds(first),
            seconds(bound),
            ratio(first, bound),
            seconds(script),
            ratio(script, first),
            seconds(second),
            ratio(second, first),
            `${megabytes(first)} (${megabytes(script)})`,
            first === undefined ? '–' : loop(first),
            [first, second, bound, script].map(processor).join(' / '),
          ].join(' | ')} |`,
        );
      }
    } finally {
      await tenant.close();
    }
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(scratch, { recursive: true, force: true }));
