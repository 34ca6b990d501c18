// What a competent script does today: Microsoft's own client with its PageIterator, one endpoint after the other,
// reports as JSON from the beta endpoint, rows into better-sqlite3, a transaction per endpoint. Its two packages are
// installed by `npm run bench` into a folder of their own; they are no dependencies of the product.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const task = JSON.parse(readFileSync(String(process.argv[2]), 'utf8'));
const load = createRequire(String(process.env.BENCH_PACKAGES));
const { Client, PageIterator } = load('@microsoft/microsoft-graph-client');
const Database = load('better-sqlite3');

/** Where the script reads the same: reports as JSON. @param {string} url */
function endpointOf(url) {
  const address = new URL(url);
  // Usage reports are functions; the list of registrations lies under the same path and is a list.
  if (!/\/reports\/(microsoft\.graph\.)?get/.test(address.pathname)) return url.slice(task.graphUrl.length);
  return `/beta${address.pathname.replace(/^\/(v1\.0|beta)/, '')}?$format=application/json`;
}

const client = Client.init({
  baseUrl: task.graphUrl,
  customHosts: new Set([new URL(task.graphUrl).hostname, new URL(task.graphUrl).host]),
  authProvider: (/** @type {(error: null, token: string) => void} */ done) => done(null, task.token),
});

const resolution = 5;
const histogram = monitorEventLoopDelay({ resolution });
histogram.enable();
const before = process.cpuUsage();
const started = performance.now();
const database = new Database(`${task.folder}/script.sqlite`);
database.pragma('journal_mode = WAL');
let rows = 0;
for (const [index, url] of task.urls.entries()) {
  const endpoint = endpointOf(url);
  // Addresses that are full are taken as they are: the client knows no endpoint outside its versions.
  const first = await client.api(`${task.graphUrl}${endpoint}`).get();
  if (!Array.isArray(first.value)) continue;
  const names = [
    ...new Set(first.value.flatMap((/** @type {Record<string, unknown>} */ row) => Object.keys(row))),
  ];
  if (names.length === 0) continue;
  database.exec(`CREATE TABLE t${index} (${names.map((name) => `"${name}"`).join(', ')})`);
  const insert = database.prepare(`INSERT INTO t${index} VALUES (${names.map(() => '?').join(', ')})`);
  const cell = (/** @type {unknown} */ value) =>
    value === null || value === undefined
      ? null
      : typeof value === 'object'
        ? JSON.stringify(value)
        : typeof value === 'boolean'
          ? Number(value)
          : value;
  database.exec('BEGIN');
  const pages = new PageIterator(client, first, (/** @type {Record<string, unknown>} */ row) => {
    insert.run(names.map((name) => cell(row[name])));
    rows += 1;
    return true;
  });
  await pages.iterate();
  database.exec('COMMIT');
}
database.close();
const cpu = process.cpuUsage(before);
histogram.disable();
const delay = (/** @type {number} */ nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
writeFileSync(
  task.resultFile,
  JSON.stringify({
    first: {
      wallMs: performance.now() - started,
      cpuMs: (cpu.user + cpu.system) / 1000,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      loop: {
        p50: delay(histogram.percentile(50)),
        p99: delay(histogram.percentile(99)),
        max: delay(histogram.max),
      },
      rows,
    },
  }),
);
