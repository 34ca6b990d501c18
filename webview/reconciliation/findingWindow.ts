import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import type { FindingQuery, FindingRow } from '../../src/shared/reconciliationFindings';
import { failureOf, type RpcClient } from '../common/rpcClient';
import type { WindowOfRows } from '../grid/treeRows';

const blockSize = 100;

/** Single findings of a query, opened when the first of them is seen and kept in blocks. */
export class FindingWindow implements WindowOfRows<FindingRow> {
  private opened: Promise<number> | undefined;
  private readonly blocks = new Map<number, readonly FindingRow[]>();

  /** @param count how many there are, as the group says */
  constructor(
    private readonly rpc: RpcClient<ReconciliationContract>,
    private readonly query: FindingQuery,
    readonly count: number,
  ) {}

  async fetch(offset: number, count: number, signal: AbortSignal): Promise<readonly FindingRow[]> {
    const rows: FindingRow[] = [];
    for (let index = offset; index < offset + count;) {
      const block = await this.block(Math.floor(index / blockSize), signal);
      const inBlock = block.slice(index % blockSize, (index % blockSize) + offset + count - index);
      if (inBlock.length === 0) break;
      rows.push(...inBlock);
      index += inBlock.length;
    }
    return rows;
  }

  private async block(number: number, signal: AbortSignal): Promise<readonly FindingRow[]> {
    const known = this.blocks.get(number);
    if (known !== undefined) return known;
    const params = { offset: number * blockSize, count: blockSize };
    const ask = async (): Promise<readonly FindingRow[]> =>
      this.rpc.request('findings', { viewId: await this.open(), ...params }, signal);
    let rows: readonly FindingRow[];
    try {
      rows = await ask();
    } catch (error) {
      // The host closes what a hidden page had open.
      if (failureOf(error).reason !== 'notFound') throw error;
      this.opened = undefined;
      rows = await ask();
    }
    this.blocks.set(number, rows);
    return rows;
  }

  private open(): Promise<number> {
    if (this.opened === undefined) {
      const opened = this.rpc.request('openFindings', this.query).then(({ viewId }) => viewId);
      this.opened = opened;
      opened.catch(() => {
        if (this.opened === opened) this.opened = undefined;
      });
    }
    return this.opened;
  }

  /** Lets the host forget it. */
  close(): void {
    const { opened } = this;
    this.opened = undefined;
    opened?.then((viewId) => this.rpc.request('closeFindings', { viewId })).catch(() => undefined);
  }
}
