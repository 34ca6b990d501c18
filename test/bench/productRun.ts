/* A process that imports the sample tenant twice with the product's own engine and store. */
import * as fs from 'node:fs';
import { silentLogger } from '../../src/core/foundation/logger';
import { createHttpClient } from '../../src/core/graph/axiosHttpClient';
import type { HttpClient } from '../../src/core/graph/httpClient';
import { runImport } from '../../src/core/importing/runImport';
import { importTasks } from '../../src/core/model/connection';
import { createStore } from '../../src/core/store/sqliteStore';
import { connection } from '../support/storeRows';
import { measured } from './measure';
import { readTask } from './task';

async function main(): Promise<void> {
  const task = readTask();
  const inner = createHttpClient({ extraCertificates: [fs.readFileSync(task.caFile, 'utf8')] });
  const urls: string[] = [];
  const note = (url: string): void => {
    if (url.startsWith(task.graphUrl) && !url.includes('$skiptoken')) urls.push(url);
  };
  const http: HttpClient = {
    send: (request) => {
      note(request.url);
      return inner.send(request);
    },
    stream: (request) => {
      note(request.url);
      return inner.stream(request);
    },
  };
  const { folder, workerPath, wasmPath } = task;
  const store = createStore({ folder, workerPath, wasmPath, logger: silentLogger, watch: false });
  await store.open();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const once = async (): Promise<number> => {
    const result = await runImport({
      connection: connection('bench', 'Bench', { tenantId: task.tenantId, tasks: [...importTasks] }),
      tasks: importTasks,
      trigger: 'command',
      evaluation: { inactivityDays: 30, graceDays: 30 },
      http,
      tokens: {
        getToken: async () => ({
          token: task.token,
          expiresAt,
          tenantId: task.tenantId,
          scopes: [],
          roles: [],
        }),
      },
      graphOrigin: task.graphUrl,
      store,
      logger: silentLogger,
      now: () => new Date(),
      signal: new AbortController().signal,
    });
    if (result.status !== 'succeeded') throw new Error(JSON.stringify(result));
    return result.tasks.reduce((sum, { rows }) => sum + rows, 0);
  };
  const first = await measured(once);
  const firstUrls = urls.splice(0);
  const second = await measured(once);
  await store.dispose();
  fs.writeFileSync(task.resultFile, JSON.stringify({ first, second, urls: firstUrls }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
