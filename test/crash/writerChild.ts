/*
 * A process that writes the data file until it is killed. State `k` of the file is known to the test: every third
 * save is of a connection, the others are imports that rename all users. Says on standard output, one line each,
 * what it begins and what it has finished.
 */
import * as fs from 'node:fs';
import { silentLogger } from '../../src/core/foundation/logger';
import { createStore } from '../../src/core/store/sqliteStore';
import type { Store } from '../../src/core/store/store';
import { assignment, connection, guid, importEnd, importStart, sku, user } from '../support/storeRows';
import { isConnectionSave } from './saves';

const { CRASH_FOLDER: folder = '', CRASH_WORKER: workerPath = '', CRASH_WASM: wasmPath = '' } = process.env;
const users = Number(process.env.CRASH_USERS ?? '40');
const mode = process.env.CRASH_MODE ?? 'states';

const say = (line: string): void => {
  // Written at once, so that a line said before the kill is never lost.
  fs.writeSync(1, `${line}\n`);
};

const store = createStore({ folder, workerPath, wasmPath, logger: silentLogger, watch: false });

async function writeState(state: number): Promise<void> {
  if (isConnectionSave(state)) {
    await store.saveConnection(connection('c', `state ${state}`));
    return;
  }
  const session = await store.beginImport(importStart({ importId: `import-${state}` }));
  await session.write('subscribedSkus', [sku(guid(900), 'BASIC', { enabled: state, consumedUnits: users })]);
  for (let from = 0; from < users; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, users - from) }, (_, index) =>
      user(from + index, { displayName: `state ${state}`, assignments: [assignment(guid(900))] }),
    );
    await session.write('users', rows);
  }
  await session.commit(importEnd(['subscribedSkus', 'users']));
}

/** Saves from one state to the next until the process is killed. */
async function writeStates(): Promise<void> {
  const first = Number(process.env.CRASH_FROM ?? '1');
  const last = Number(process.env.CRASH_TO ?? '1000000');
  await store.open();
  say(`open`);
  for (let state = first; state <= last; state += 1) {
    say(`begin ${state}`);
    await writeState(state);
    say(`done ${state}`);
  }
  await store.dispose();
}

/** Saves connections and imports of a tenant of its own for some time, beside another process that does the same. */
async function writeForSeconds(other: Store): Promise<void> {
  const name = process.env.CRASH_NAME ?? 'a';
  const until = Date.now() + Number(process.env.CRASH_SECONDS ?? '1') * 1000;
  for (let count = 1; Date.now() < until; count += 1) {
    await other.saveConnection(connection(`${name}${count}`, `${name} ${count}`));
    say(`connection ${name}${count}`);
    if (count % 5 !== 0) continue;
    const importId = `${name}-import-${count}`;
    const session = await other.beginImport(importStart({ importId, tenantId: `${name}-tenant` }));
    await session.write('users', [user(count)]);
    await session.commit(importEnd(['users']));
    say(`import ${importId}`);
  }
  await other.dispose();
}

/** An import whose commit finds no room, and again each time the test has said that there may be some now. */
async function commitUntilThereIsRoom(): Promise<void> {
  await store.open();
  const session = await store.beginImport(importStart({ importId: 'big' }));
  const rows = Array.from({ length: users }, (_, index) => user(index, { displayName: 'x'.repeat(200) }));
  await session.write('users', rows);
  for (;;) {
    try {
      await session.commit(importEnd(['users']));
      break;
    } catch (error) {
      const known = await store.query('SELECT count(*) AS users FROM v_users');
      say(`refused ${JSON.stringify([error, known])}`);
      fs.readSync(0, Buffer.alloc(16));
    }
  }
  say('committed');
  await store.dispose();
}

const work =
  mode === 'states' ? writeStates() : mode === 'seconds' ? writeForSeconds(store) : commitUntilThereIsRoom();
work.catch((error: unknown) => {
  say(`failed ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
  void store.dispose();
});
