/*
 * The bound: a bare loop that downloads the same pages with the same concurrency and throws them away. Nothing is
 * parsed but the address of the next page.
 */
import * as fs from 'node:fs';
import * as https from 'node:https';
import { createGunzip } from 'node:zlib';
import { measured } from './measure';
import { readTask } from './task';

const task = readTask();
const agent = new https.Agent({ keepAlive: true, ca: fs.readFileSync(task.caFile, 'utf8') });
const marker = Buffer.from('"@odata.nextLink":"');

/** Downloads one page or file. @returns where it goes on, and the bytes thrown away */
function download(url: string): Promise<{ next: string | undefined; bytes: number }> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { 'accept-encoding': 'gzip' };
    if (url.startsWith(task.graphUrl)) headers.authorization = `Bearer ${task.token}`;
    const request = https.get(url, { agent, headers }, (response) => {
      const { location } = response.headers;
      const zipped = response.headers['content-encoding'] === 'gzip';
      const body = zipped ? response.pipe(createGunzip()) : response;
      let next = location;
      let bytes = 0;
      let last = Buffer.alloc(0);
      body.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        const text = Buffer.concat([last, chunk]);
        const at = text.indexOf(marker);
        if (at >= 0 && next === undefined) {
          const end = text.indexOf('"', at + marker.length);
          if (end >= 0)
            next = JSON.parse(text.subarray(at + marker.length - 1, end + 1).toString()) as string;
        }
        last = text.subarray(Math.max(0, text.length - 4096));
      });
      body.on('end', () => resolve({ next, bytes }));
      body.on('error', reject);
      if ((response.statusCode ?? 0) >= 400) reject(new Error(`${response.statusCode} ${url}`));
    });
    request.on('error', reject);
  });
}

async function main(): Promise<void> {
  const cost = await measured(async () => {
    const waiting = [...task.urls];
    let pages = 0;
    const work = async (): Promise<void> => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        for (let next: string | undefined = url; next !== undefined; pages += 1)
          next = (await download(next)).next;
      }
    };
    await Promise.all(Array.from({ length: task.concurrency }, work));
    return pages;
  });
  fs.writeFileSync(task.resultFile, JSON.stringify({ first: cost }));
  agent.destroy();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
