import { workerBundle } from './workerBundle';

/** The bundle of the HTTP thread. */
export function httpWorkerBundle(): Promise<string> {
  return workerBundle('src/core/graph/httpWorker.ts');
}
