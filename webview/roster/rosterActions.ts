import type { RosterColumn, RosterContract, RosterQuery, RosterRow } from '../../src/shared/rosterContract';
import type { Announcer } from '../common/announcer';
import { countOf } from '../common/displayFormats';
import type { Notice } from '../common/notice';
import type { RpcClient } from '../common/rpcClient';

/** What the page asks of its host besides users: each says what came of it, or what went wrong. */
export class RosterActions {
  constructor(
    private readonly rpc: RpcClient<RosterContract>,
    private readonly announcer: Announcer,
    private readonly notice: Notice,
  ) {}

  /** Writes the users on screen to a file. @param columns null for all */
  async exportCsv(query: RosterQuery, columns: readonly RosterColumn[] | null): Promise<void> {
    await this.notice.attempt(async () => {
      const result = await this.rpc.request('exportCsv', { query, columns });
      if (result !== null) this.announcer.say(`${countOf(result.rows, 'user')} exported.`);
    });
  }

  /** Opens the page of a user. */
  async openUser({ tenantId, userId }: RosterRow): Promise<void> {
    if (typeof tenantId !== 'string' || typeof userId !== 'string') return;
    await this.notice.attempt(async () => {
      await this.rpc.request('openUser', { tenantId, userId });
    });
  }

  /** Marks users of the open query as no persons, or takes their marks away. */
  async mark(
    viewId: number,
    ranges: RosterContract['requests']['mark']['params']['ranges'],
    marked: boolean,
  ): Promise<void> {
    await this.notice.attempt(async () => {
      await this.rpc.request('mark', { viewId, ranges, marked });
    });
  }

  async runImport(): Promise<void> {
    await this.notice.attempt(async () => {
      await this.rpc.request('runImport', null);
    });
  }

  async copy(text: string, rows: number): Promise<void> {
    await this.notice.attempt(async () => {
      await this.rpc.request('copy', { text });
      this.announcer.say(`${countOf(rows, 'row')} copied.`);
    });
  }
}
