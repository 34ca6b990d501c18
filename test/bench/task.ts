import * as fs from 'node:fs';

/** What a measured process is told, by a file named on its command line. */
export interface BenchTask {
  readonly graphUrl: string;
  readonly tenantId: string;
  readonly token: string;
  readonly caFile: string;
  /** An empty folder of its own. */
  readonly folder: string;
  readonly workerPath: string;
  readonly wasmPath: string;
  readonly resultFile: string;
  /** First pages and downloads that the product asked for; what the bound and the script read. */
  readonly urls: readonly string[];
  /** Lists read side by side. */
  readonly concurrency: number;
}

/** The task of this process. */
export function readTask(): BenchTask {
  return JSON.parse(fs.readFileSync(String(process.argv[2]), 'utf8')) as BenchTask;
}
