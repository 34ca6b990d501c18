import type { RosterColumn, RosterContract, RosterQuery, RosterRow } from '../../src/shared/rosterContract';
import { countOf } from '../common/displayFormats';
import { failureOf, type RpcClient } from '../common/rpcClient';
import type { RosterView } from './rosterView';

/** What the page asks of its host besides users: each says what came of it, or what went wrong. */
export class RosterActions {
  constructor(
    private readonly rpc: RpcClient<RosterContract>,
    private readonly view: Pick<RosterView, 'announcer' | 'setNotice'>,
  ) {}

  /** Writes the users on screen to a file. @param columns null for all */
  async exportCsv(query: RosterQuery, columns: readonly RosterColumn[] | null): Promise<void> {
    await this.attempt(async () => {
      const result = await this.rpc.request('exportCsv', { query, columns });
      if (result !== null) this.view.announcer.say(`${countOf(result.rows, 'user')} exported.`);
    });
  }

  /** Opens the page of a user. */
  async openUser({ tenantId, userId }: RosterRow): Promise<void> {
    if (typeof tenantId !== 'string' || typeof userId !== 'string') return;
    await this.attempt(async () => {
      await this.rpc.request('openUser', { tenantId, userId });
    });
  }

  async runImport(): Promise<void> {
    await this.attempt(async () => {
      await this.rpc.request('runImport', null);
    });
  }

  async copy(text: string, rows: number): Promise<void> {
    await this.attempt(async () => {
      await this.rpc.request('copy', { text });
      this.view.announcer.say(`${countOf(rows, 'row')} copied.`);
    });
  }

  /** Says what went wrong beside what is on screen; what was given up on purpose is not said. */
  notify(error: unknown): void {
    const { reason, sentence } = failureOf(error);
    if (reason !== 'cancelled') this.view.setNotice(sentence);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.notify(error);
    }
  }
}
