import type {
  PositionColumn,
  PositionRow,
  ReconciliationContract,
  ReconciliationData,
  ReconciliationState,
} from '../../src/shared/reconciliationContract';
import { Announcer } from '../common/announcer';
import { asOfText, tenantTitle } from '../common/asOf';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { countOf } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { failureOf } from '../common/rpcClient';
import { nextSort } from '../grid/columns';
import { createChart } from './chartView';
import { createFigures } from './figures';
import { createPositionTable } from './positionTable';
import { summaryText } from './positionWords';
import { restoreState } from './reconciliationState';

/** The Reconciliation in the browser: figures, a chart, and the table behind both. */
export class ReconciliationApp {
  private readonly announcer = new Announcer();
  private readonly title = createElement('h1');
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly notice = createElement('div', { class: 'notice pin', attributes: { role: 'alert' } });
  private readonly content = createElement('div', { class: 'content' });
  private readonly exportButton: ButtonControl;
  private sort: ReconciliationState['sort'];
  private restoreScroll: number;
  private tenantId: string | null = null;
  private data: ReconciliationData | undefined;
  private loading: AbortController | undefined;

  constructor(
    private readonly host: HostConnection<ReconciliationContract>,
    private readonly root: HTMLElement,
  ) {
    const restored = restoreState(host.savedState);
    this.sort = restored.sort;
    this.restoreScroll = restored.scrollTop;
    this.exportButton = createButton({
      label: 'Export CSV',
      icon: 'export',
      onClick: () => void this.run(() => this.exportCsv()),
    });
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: () => void this.load('Data updated.'),
    });
    this.notice.hidden = true;
    root.replaceChildren(
      createElement('header', {
        class: 'page-head pin',
        children: [
          this.title,
          this.asOf,
          createElement('div', { class: 'actions', children: [refresh.element, this.exportButton.element] }),
        ],
      }),
      this.notice,
      this.content,
      this.announcer.element,
    );
    root.addEventListener('scroll', () => this.save(), { passive: true });
    host.rpc.on('dataChanged', () => {
      if (this.data !== undefined) void this.load('Data updated.');
    });
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    try {
      this.tenantId = (await this.host.rpc.request('start', null)).tenantId;
    } catch (error) {
      this.showFailure(error, () => void this.start());
      return;
    }
    await this.load('');
    this.root.scrollTop = this.restoreScroll;
  }

  private async load(announcement: string): Promise<void> {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    try {
      const data = await this.host.rpc.request('load', { sort: this.sort }, loading.signal);
      if (this.loading !== loading) return;
      this.data = data;
      this.setNotice(null);
      this.show(data);
      this.save();
      if (announcement !== '') this.announcer.say(announcement);
    } catch (error) {
      if (this.loading === loading) this.showFailure(error, () => void this.load(announcement));
    }
  }

  private show(data: ReconciliationData): void {
    this.title.textContent = tenantTitle(data.tenants);
    this.asOf.textContent = asOfText(data.tenants);
    this.exportButton.setDisabled(data.rows.length === 0);
    if (data.rows.length === 0) {
      this.showMessage({
        kind: 'empty',
        icon: 'cloud-download',
        title: 'No licenses yet',
        text: 'Import the tenant to see what it is entitled to, what is consumed and what is really used.',
        action: {
          label: 'Import Now',
          onClick: () => void this.run(() => this.host.rpc.request('runImport', null)),
        },
      });
      return;
    }
    const focused = this.focusedControl();
    const { scrollTop, scrollLeft } = this.root;
    const names = new Map(data.tenants.map((tenant) => [tenant.tenantId, tenant.displayName]));
    const tenantName = data.tenants.length > 1 ? (id: string): string => names.get(id) ?? id : null;
    const open = (row: PositionRow): void => void this.run(() => this.openRoster(row));
    this.content.className = 'content';
    this.content.replaceChildren(
      createElement('section', {
        class: 'pin',
        attributes: { 'aria-label': 'Key figures' },
        children: [
          createFigures(data.totals),
          createElement('p', { class: 'summary', text: summaryText(data.totals) }),
        ],
      }),
      createElement('section', {
        class: 'pin',
        attributes: { 'aria-labelledby': 'chart-title' },
        children: [
          createElement('h2', { text: 'Seats and units', attributes: { id: 'chart-title' } }),
          createChart(data.rows, tenantName, open),
        ],
      }),
      createElement('section', {
        attributes: { 'aria-labelledby': 'positions-title' },
        children: [
          createElement('h2', {
            class: 'pin',
            text: 'Position by license',
            attributes: { id: 'positions-title' },
          }),
          createPositionTable(data, this.sort, { onSort: (column) => this.sortBy(column), onOpen: open }),
        ],
      }),
    );
    this.root.scrollTo({ top: scrollTop, left: scrollLeft });
    focused();
  }

  /** The page is built anew; whoever was on a header or a name is put back there. */
  private focusedControl(): () => void {
    const active = document.activeElement;
    if (!(active instanceof HTMLButtonElement) || !this.content.contains(active)) return () => undefined;
    const column = active.dataset['column'];
    const index = [...this.content.querySelectorAll('button')].indexOf(active);
    return () => {
      const again =
        column === undefined
          ? [...this.content.querySelectorAll('button')][index]
          : this.content.querySelector<HTMLButtonElement>(`button[data-column="${column}"]`);
      again?.focus({ preventScroll: true });
    };
  }

  private sortBy(column: PositionColumn): void {
    this.sort = nextSort(this.sort, column);
    void this.load(`Sorted ${this.sort.descending ? 'descending' : 'ascending'}.`);
  }

  private async openRoster(row: PositionRow): Promise<void> {
    await this.host.rpc.request('openRoster', { tenantId: row.tenantId, licenseId: row.licenseId });
  }

  private async exportCsv(): Promise<void> {
    const result = await this.host.rpc.request('exportCsv', { sort: this.sort });
    if (result !== null) this.announcer.say(`${countOf(result.rows, 'license')} exported.`);
  }

  private async run(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const { reason, sentence } = failureOf(error);
      if (reason !== 'cancelled') this.setNotice(sentence);
    }
  }

  private showFailure(error: unknown, retry: () => void): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    if (this.data !== undefined && this.data.rows.length > 0) {
      this.setNotice(sentence, retry);
      return;
    }
    this.exportButton.setDisabled(true);
    this.showMessage({
      kind: 'error',
      icon: 'error',
      title: 'The position could not be loaded',
      text: sentence,
      action: { label: 'Retry', onClick: retry },
    });
  }

  private showMessage(message: Parameters<typeof createMessagePane>[0]): void {
    this.content.className = 'content pin message';
    this.content.replaceChildren(createMessagePane(message));
  }

  private setNotice(text: string | null, retry?: () => void): void {
    this.notice.hidden = text === null;
    this.notice.replaceChildren();
    if (text === null) return;
    this.notice.append(createIcon('error'), createElement('p', { text }));
    if (retry !== undefined) this.notice.append(createButton({ label: 'Retry', onClick: retry }).element);
  }

  private save(): void {
    const state: ReconciliationState = {
      tenantId: this.tenantId,
      sort: this.sort,
      scrollTop: this.root.scrollTop,
    };
    this.host.saveState(state);
  }
}
