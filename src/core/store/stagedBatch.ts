import { hash } from 'node:crypto';
import type {
  AssignmentRow,
  Dataset,
  DatasetRows,
  SubscribedSkuRow,
  UserChanges,
  UserRow,
} from '../model/datasets';
import { idKey, joinIds } from './identifiers';
import { buffersOf, RowPacker, type PackedRows, type PackedValue } from './packedRows';
import { plainTables, type PlainDataset, type PlainTable } from './plainDatasets';
import { userColumns } from './userColumns';

/** The tables of a staging area that take packed rows, with what each row holds. */
export const packedColumns = {
  words: ['wordKey', 'word'],
  users: ['userNumber', ...userColumns.map(({ name }) => name), 'assignmentsDigest'],
  assignments: ['userNumber', 'skuWord', 'groupWord', 'state', 'error', 'plansWord', 'lastUpdatedAt'],
  removedUsers: ['userNumber', 'userId'],
  userSignIns: [
    'userNumber',
    'userId',
    'lastSignInAt',
    'lastNonInteractiveSignInAt',
    'lastSuccessfulSignInAt',
  ],
} as const satisfies Record<string, readonly string[]>;

/** A batch on its way to the worker: packed rows by table, or the few rows of the products as they are. */
export type StagedBatch =
  | { readonly products: readonly SubscribedSkuRow[] }
  | {
      readonly tables: readonly (readonly [
        table: keyof typeof packedColumns | PlainDataset,
        rows: PackedRows,
      ])[];
    };

/** The buffers of a batch, to be handed over. */
export function transferOf(batch: StagedBatch): ArrayBuffer[] {
  return 'tables' in batch ? batch.tables.flatMap(([, rows]) => buffersOf(rows)) : [];
}

/**
 * Turns the rows of one import into staged batches, on the thread that reads them. Ids and plan sets repeat by the
 * hundred thousand: each is sent once, and called by a number after that.
 */
export class BatchWriter {
  private readonly words = new Map<string, number>();
  /** Numbers of users count upwards over all that is said of users, so that of two the higher one is the later. */
  private userNumber = 0;

  rows<D extends Dataset>(dataset: D, rows: readonly DatasetRows[D][]): StagedBatch {
    return this.batchOf({ dataset, rows } as unknown as Batch);
  }

  userChanges({ upserts = [], removedIds = [], signIns = [] }: UserChanges): StagedBatch {
    const removed = new RowPacker(packedColumns.removedUsers.length);
    const times = new RowPacker(packedColumns.userSignIns.length);
    const users = this.users(upserts);
    for (const id of removedIds) removed.add([this.nextNumber(), idKey(id)]);
    for (const row of signIns) {
      times.add([
        this.nextNumber(),
        idKey(row.userId),
        row.lastSignInAt,
        row.lastNonInteractiveSignInAt,
        row.lastSuccessfulSignInAt,
      ]);
    }
    return {
      tables: [...users, ['removedUsers', removed.packed()], ['userSignIns', times.packed()]],
    };
  }

  private batchOf(batch: Batch): StagedBatch {
    switch (batch.dataset) {
      case 'users':
        return { tables: this.users(batch.rows) };
      case 'subscribedSkus':
        return { products: batch.rows };
      default:
        return { tables: [[batch.dataset, packPlain(batch)]] };
    }
  }

  private users(rows: readonly UserRow[]): (readonly ['words' | 'users' | 'assignments', PackedRows])[] {
    const words = new RowPacker(packedColumns.words.length);
    const users = new RowPacker(packedColumns.users.length, rows.length);
    const assignments = new RowPacker(packedColumns.assignments.length, 2 * rows.length);
    for (const row of rows) {
      const userNumber = this.nextNumber();
      const paths = normalizedPaths(row.assignments);
      putUser(users, userNumber, row, digest(paths));
      for (const path of paths) this.putPath(assignments, userNumber, path, words);
    }
    return [
      ['words', words.packed()],
      ['users', users.packed()],
      ['assignments', assignments.packed()],
    ];
  }

  private putPath(packer: RowPacker, userNumber: number, path: AssignmentRow, words: RowPacker): void {
    packer.put(userNumber);
    packer.put(this.word(path.skuId, words));
    packer.put(path.groupId === null ? null : this.word(path.groupId, words));
    packer.put(path.state);
    packer.put(path.error);
    packer.put(this.word(joinIds(path.disabledPlans), words));
    packer.put(path.lastUpdatedAt);
  }

  private nextNumber(): number {
    this.userNumber += 1;
    return this.userNumber;
  }

  private word(word: string, added: RowPacker): number {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const key = this.words.size + 1;
    this.words.set(word, key);
    added.add([key, word]);
    return key;
  }
}

/** A dataset's name with rows of its type. */
type Batch = { [D in Dataset]: { readonly dataset: D; readonly rows: readonly DatasetRows[D][] } }[Dataset];

function packPlain<D extends PlainDataset>(batch: {
  readonly dataset: D;
  readonly rows: readonly DatasetRows[D][];
}): PackedRows {
  const table: PlainTable<DatasetRows[D]> = plainTables[batch.dataset];
  const packer = new RowPacker(
    table.key.length + table.columns.length - (table.numberedBy === undefined ? 0 : 1),
    batch.rows.length,
  );
  // No staged value is bytes.
  for (const row of batch.rows) packer.add(table.values(row) as PackedValue[]);
  return packer.packed();
}

function putUser(packer: RowPacker, userNumber: number, row: UserRow, assignmentsDigest: string): void {
  packer.put(userNumber);
  // The columns of users hold no bytes.
  for (const column of userColumns) packer.put(column.value(row) as PackedValue);
  packer.put(assignmentsDigest);
}

/** Assignments in an order of their own, so that the same set has the same digest, and each path once. */
function normalizedPaths(assignments: readonly AssignmentRow[]): readonly AssignmentRow[] {
  if (assignments.length === 0) return assignments;
  const paths = new Map<string, AssignmentRow>();
  for (const path of assignments) {
    const skuId = idKey(path.skuId);
    const groupId = path.groupId === null ? null : idKey(path.groupId);
    const asItIs = skuId === path.skuId && groupId === path.groupId;
    paths.set(`${skuId}/${groupId ?? ''}`, asItIs ? path : { ...path, skuId, groupId });
  }
  if (paths.size === 1) return [...paths.values()];
  return [...paths.keys()].sort().flatMap((key) => paths.get(key) ?? []);
}

/** Tells sets of values apart. */
export function digest(value: readonly unknown[]): string {
  if (value.length === 0) return '';
  return hash('sha256', JSON.stringify(value), 'base64').slice(0, 20);
}
