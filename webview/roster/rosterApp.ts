import type {
  RosterContract,
  RosterQuery,
  RosterRow,
  RosterState,
  RosterView as RosterAnswer,
} from '../../src/shared/rosterContract';
import { asOfText, tenantTitle } from '../common/asOf';
import { countOf, formatCount } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { failureOf } from '../common/rpcClient';
import { VirtualGrid } from '../grid/virtualGrid';
import { nextSort } from '../grid/columns';
import type { RowSource } from '../grid/rowWindow';
import { defaultQuery, isUnfiltered, restoreState, type RestoredState } from './rosterState';
import { RosterView, type FilterChip } from './rosterView';
import { userColumns } from './userColumns';

const filterDelay = 200;

/** Why the rows are asked for again, which decides what of the screen stays. */
type LoadReason = 'first' | 'query' | 'data';

/** The Users Roster in the browser: a query, the grid that shows its rows, and what happens to both. */
export class RosterApp {
  private readonly view: RosterView;
  private readonly restored: RestoredState;
  private query: RosterQuery;
  private tenantId: string | null = null;
  private answer: RosterAnswer | undefined;
  private grid: VirtualGrid<RosterRow> | undefined;
  private loading: AbortController | undefined;
  private filterTimer: number | undefined;
  private navigated = false;

  constructor(
    private readonly host: HostConnection<RosterContract>,
    root: HTMLElement,
  ) {
    this.restored = restoreState(host.savedState);
    this.query = this.restored.query;
    this.view = new RosterView(root, {
      onFilter: (text) => this.filterTyped(text),
      onRefresh: () => void this.load('data'),
      onExport: () => void this.exportCsv(),
      onRemoveChip: (id) => this.removeChip(id),
    });
    this.view.filter.value = this.query.text;
    host.rpc.on('navigate', (filter) => {
      this.navigated = true;
      this.query = { ...this.query, ...filter };
      this.view.filter.value = filter.text;
      // Before the start the first load takes it along.
      if (this.answer !== undefined) void this.load('query');
    });
    host.rpc.on('dataChanged', () => {
      if (this.answer !== undefined) void this.load('data');
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
    await this.load(this.navigated ? 'query' : 'first');
  }

  private async load(reason: LoadReason): Promise<void> {
    window.clearTimeout(this.filterTimer);
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.view.setBusy(true);
    try {
      const answer = await this.host.rpc.request('open', this.query, loading.signal);
      if (this.loading !== loading) return;
      this.answer = answer;
      this.view.setNotice(null);
      this.show(answer, reason);
      this.save();
    } catch (error) {
      if (this.loading !== loading) return;
      this.showFailure(error, () => void this.load(reason));
    }
    this.view.setBusy(false);
  }

  private show(answer: RosterAnswer, reason: LoadReason): void {
    this.view.setTenant(tenantTitle(answer.tenants), asOfText(answer.tenants));
    this.view.setChips(this.chips(answer));
    this.view.setExportable(answer.rowCount > 0);
    const count = this.countText(answer);
    this.view.setCount(answer.totalCount === 0 ? '' : count);
    if (answer.rowCount === 0) {
      this.showEmpty(answer);
      return;
    }
    const grid = (this.grid ??= this.createGrid(answer));
    const appeared = this.view.showGrid(grid.element);
    grid.setSort(this.query.sort);
    grid.setSource(this.source(answer), reason === 'data' && !appeared);
    if (reason === 'first') grid.restorePlace(this.restored);
    this.view.announcer.say(reason === 'data' ? `Data updated. ${count}.` : `${count}.`);
  }

  private showEmpty(answer: RosterAnswer): void {
    if (answer.totalCount === 0) {
      this.view.showMessage({
        kind: 'empty',
        icon: 'cloud-download',
        title: 'No users yet',
        text: 'Import the tenant to see its users, their licenses and when they last used them.',
        action: { label: 'Import Now', onClick: () => void this.runImport() },
      });
    } else {
      this.view.showMessage({
        kind: 'empty',
        icon: 'search-stop',
        title: 'No user matches',
        text: `None of ${countOf(answer.totalCount, 'user')} has all of the words of the filter${this.query.licenseId === null ? '' : ' and a seat of this license'}.`,
        action: { label: 'Clear Filter', onClick: () => this.clearFilter() },
      });
      this.view.announcer.say('No user matches.');
    }
  }

  private showFailure(error: unknown, retry: () => void): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    this.view.setBusy(false);
    if (this.answer !== undefined && this.answer.rowCount > 0) {
      this.view.setNotice(sentence, retry);
      return;
    }
    this.view.setExportable(false);
    this.view.showMessage({
      kind: 'error',
      icon: 'error',
      title: 'The users could not be loaded',
      text: sentence,
      action: { label: 'Retry', onClick: retry },
    });
  }

  private createGrid(answer: RosterAnswer): VirtualGrid<RosterRow> {
    const names = (tenantId: string): string =>
      this.answer?.tenants.find((tenant) => tenant.tenantId === tenantId)?.displayName ?? tenantId;
    const grid = new VirtualGrid<RosterRow>({
      label: 'Users',
      columns: userColumns(answer.tenants.length > 1 ? names : null),
      rowKey: (row) => `${row.tenantId} ${row.userId}`,
      onSort: (id) => this.sort(id),
      onCopy: (text, rows) => void this.copy(text, rows),
      onError: (error) => this.rowsFailed(error),
      onViewChanged: () => this.save(),
      announce: this.view.announcer.say,
    });
    grid.widths = this.restored.widths;
    return grid;
  }

  private source(answer: RosterAnswer): RowSource<RosterRow> {
    return {
      rowCount: answer.rowCount,
      fetch: (offset, count, signal) =>
        this.host.rpc.request('rows', { viewId: answer.viewId, offset, count }, signal),
    };
  }

  private rowsFailed(error: unknown): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    this.view.setNotice(sentence, () => {
      this.view.setNotice(null);
      // The store has forgotten the query (it was reopened, say): ask anew instead of for the same rows.
      if (reason === 'notFound') void this.load('data');
      else this.grid?.retry();
    });
  }

  private sort(id: string): void {
    const column = userColumns(null).find((definition) => definition.id === id)?.id ?? 'tenantId';
    this.query = { ...this.query, sort: nextSort(this.query.sort, column) };
    this.grid?.setSort(this.query.sort);
    void this.load('query');
  }

  private filterTyped(text: string): void {
    window.clearTimeout(this.filterTimer);
    this.query = { ...this.query, text };
    this.filterTimer = window.setTimeout(() => void this.load('query'), text === '' ? 0 : filterDelay);
  }

  private clearFilter(): void {
    this.query = { ...defaultQuery, sort: this.query.sort };
    this.view.filter.value = '';
    this.view.filter.focus();
    void this.load('query');
  }

  private chips(answer: RosterAnswer): FilterChip[] {
    const license: FilterChip[] =
      this.query.licenseId === null
        ? []
        : [{ id: '', label: `License: ${answer.license?.name ?? this.query.licenseId}` }];
    const columns = Object.entries(this.query.columns).map(([column, value]): FilterChip => ({
      id: column,
      label: `${column}: ${[value]
        .flat()
        .map((cell) => cell ?? 'unknown')
        .join(' or ')}`,
    }));
    return [...license, ...columns];
  }

  private removeChip(id: string): void {
    if (id === '') this.query = { ...this.query, licenseId: null };
    else {
      const { [id]: _, ...columns } = this.query.columns;
      this.query = { ...this.query, columns };
    }
    void this.load('query');
  }

  private countText(answer: RosterAnswer): string {
    return isUnfiltered(this.query)
      ? countOf(answer.totalCount, 'user')
      : `${formatCount(answer.rowCount)} of ${countOf(answer.totalCount, 'user')}`;
  }

  private async exportCsv(): Promise<void> {
    try {
      const result = await this.host.rpc.request('exportCsv', this.query);
      if (result !== null) this.view.announcer.say(`${countOf(result.rows, 'user')} exported.`);
    } catch (error) {
      this.notify(error);
    }
  }

  private async runImport(): Promise<void> {
    try {
      await this.host.rpc.request('runImport', null);
    } catch (error) {
      this.notify(error);
    }
  }

  private async copy(text: string, rows: number): Promise<void> {
    try {
      await this.host.rpc.request('copy', { text });
      this.view.announcer.say(`${countOf(rows, 'row')} copied.`);
    } catch (error) {
      this.notify(error);
    }
  }

  private notify(error: unknown): void {
    const { reason, sentence } = failureOf(error);
    if (reason !== 'cancelled') this.view.setNotice(sentence);
  }

  private save(): void {
    const place = this.grid?.place;
    const state: RosterState = {
      tenantId: this.tenantId,
      query: this.query,
      widths: this.grid?.widths ?? this.restored.widths,
      scrollTop: place?.scrollTop ?? 0,
      scrollLeft: place?.scrollLeft ?? 0,
      focused: place?.focused ?? { row: 0, column: 0 },
    };
    this.host.saveState(state);
  }
}
