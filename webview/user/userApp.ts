import type { UserContract, UserDetails, UserState } from '../../src/shared/userContract';
import { Announcer } from '../common/announcer';
import { createElement } from '../common/createElement';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { Notice } from '../common/notice';
import { PageLoader } from '../common/pageLoader';
import { shownTables } from '../common/shownTables';
import { createUserView } from './userView';

/** The page about one user in the browser: asks for everything, shows it, and asks again when the data changed. */
export class UserApp {
  private readonly announcer = new Announcer();
  private readonly content = createElement('div', { class: 'user-content' });
  private readonly notice = new Notice(true);
  private readonly loader: PageLoader<UserDetails | null, 'first' | 'data'>;
  private key: { readonly tenantId: string; readonly userId: string } | undefined;

  constructor(
    private readonly host: HostConnection<UserContract>,
    private readonly root: HTMLElement,
  ) {
    this.loader = new PageLoader({
      notice: this.notice,
      load: (signal) => host.rpc.request('load', null, signal),
      show: (details, reason) => {
        if (details === null) this.showGone();
        else this.show(details, reason);
      },
      showFailure: (text, retry) =>
        this.content.replaceChildren(
          createMessagePane({
            kind: 'error',
            icon: 'error',
            title: 'The user could not be loaded',
            text,
            action: { label: 'Retry', onClick: retry },
          }),
        ),
    });
    root.replaceChildren(this.notice.element, this.content, this.announcer.element);
    root.addEventListener('scroll', () => this.save(), { passive: true });
    host.rpc.on('dataChanged', () => {
      if (this.key !== undefined) void this.loader.load('data');
    });
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    await this.loader.start(async () => {
      this.key = await this.host.rpc.request('start', null);
      return 'first';
    });
  }

  private show(details: UserDetails, reason: 'first' | 'data'): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset['key'];
    const { scrollTop } = this.root;
    this.content.replaceChildren(
      createUserView(details, {
        openLicense: (licenseId) => void this.ask('openLicense', { licenseId }),
        openRoster: () => void this.ask('openRoster', null),
        mark: (marked) => void this.ask('mark', { marked }),
        copy: (text) => void this.copy(text),
        exportTables: () => void this.exportTables(),
      }),
    );
    this.root.scrollTop = reason === 'first' ? savedScroll(this.host.savedState) : scrollTop;
    if (focused !== undefined) {
      this.content
        .querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)
        ?.focus({ preventScroll: true });
    }
    if (reason === 'data') this.announcer.say('Data updated.');
    this.save();
  }

  private showGone(): void {
    this.content.replaceChildren(
      createMessagePane({
        kind: 'empty',
        icon: 'person',
        title: 'This user is gone',
        text: 'The last import no longer found the user: deleted for good, or the data of the tenant was removed.',
        action: { label: 'Show Users', onClick: () => void this.ask('openRoster', null) },
      }),
    );
  }

  private async copy(text: string): Promise<void> {
    if (await this.ask('copy', { text })) this.announcer.say('Copied.');
  }

  private async exportTables(): Promise<void> {
    await this.notice.attempt(async () => {
      const written = await this.host.rpc.request('exportTables', { tables: shownTables(this.content) });
      if (written !== null) this.announcer.say(`${written.table} exported.`);
    });
  }

  private async ask<M extends 'openLicense' | 'openRoster' | 'mark' | 'copy'>(
    method: M,
    params: UserContract['requests'][M]['params'],
  ): Promise<boolean> {
    return this.notice.attempt(() => this.host.rpc.request(method, params));
  }

  private save(): void {
    if (this.key === undefined) return;
    const state: UserState = { ...this.key, scrollTop: this.root.scrollTop };
    this.host.saveState(state);
  }
}

function savedScroll(saved: unknown): number {
  const state: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  const { scrollTop } = state;
  return typeof scrollTop === 'number' && Number.isFinite(scrollTop) ? scrollTop : 0;
}
