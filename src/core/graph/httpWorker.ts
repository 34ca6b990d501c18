/*
 * Entry of the thread that does the HTTP of one connection with a proxy of its own. VS Code replaces agents on
 * the extension host's main thread, so that a proxy given to one there would be passed by.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createHttpClient } from './axiosHttpClient';
import type { HttpClientOptions } from './httpClient';
import type { ToHttpWorker } from './httpWorkerMessages';
import { HttpWorkerServer } from './httpWorkerServer';

const port = parentPort;
if (!port) throw new Error('This program runs as a worker thread only.');

const server = new HttpWorkerServer(createHttpClient(workerData as HttpClientOptions), {
  postMessage: (message, transfer) => port.postMessage(message, transfer),
});
port.on('message', (message: ToHttpWorker) => server.receive(message));
