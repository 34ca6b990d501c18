import type {
  RosterColumn,
  RosterContract,
  RosterQuery,
  RosterRow,
  RosterState,
  RosterView as RosterAnswer,
  SavedRosterView,
} from '../../src/shared/rosterContract';
import { type RosterFacet, type RosterFilter } from '../../src/shared/rosterFilter';
import type { TenantFacts } from '../../src/shared/viewRows';
import { asOfText, tenantTitle } from '../common/asOf';
import { countOf, formatCount } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { Notice } from '../common/notice';
import { PageLoader } from '../common/pageLoader';
import { failureOf } from '../common/rpcClient';
import { VirtualGrid } from '../grid/virtualGrid';
import { nextSort } from '../grid/columns';
import { blockSize, type RowSource } from '../grid/rowWindow';
import { ColumnChooser } from './columnChooser';
import { columnChoices } from './columnChoice';
import { facetBar, FacetPopover } from './facetPopover';
import { chosenValues, isUnfiltered, withValue, withValues } from './filterEdit';
import { filterChips } from './filterWords';
import { restoreState, type RestoredState } from './rosterState';
import { RosterActions } from './rosterActions';
import { RosterView } from './rosterView';
import { builtInViews, defaultColumns, everyone, type RosterViewContent } from './rosterViews';
import { chosenColumns, userColumns, type UserColumn } from './userColumns';
import { isView, viewMenuEntries } from './viewMenu';

const filterDelay = 200;

/** Why the rows are asked for again, which decides what of the screen stays. */
type LoadReason = 'first' | 'query' | 'data' | 'columns';

/** The Users Roster in the browser: a query, the grid that shows its rows, and what happens to both. */
export class RosterApp {
  private readonly notice = new Notice();
  private readonly view: RosterView;
  private readonly actions: RosterActions;
  private readonly facets: readonly FacetPopover[];
  private readonly restored: RestoredState;
  private query: RosterQuery;
  private columns: readonly RosterColumn[];
  private viewName: string | null;
  private savedViews: readonly SavedRosterView[] = [];
  private tenantId: string | null = null;
  private readonly loader: PageLoader<RosterAnswer, LoadReason>;
  private grid: VirtualGrid<RosterRow> | undefined;
  /** Names of the columns that the grid shows. */
  private gridColumns = '';
  private filterTimer: number | undefined;
  private navigated = false;

  constructor(
    private readonly host: HostConnection<RosterContract>,
    root: HTMLElement,
  ) {
    this.restored = restoreState(host.savedState);
    this.query = this.restored.query;
    this.columns = this.restored.columns;
    this.viewName = this.restored.view;
    this.loader = new PageLoader({
      notice: this.notice,
      load: (signal) => {
        window.clearTimeout(this.filterTimer);
        performance.mark('roster:query');
        // Until the tenants are known nobody knows whether a column names them.
        const columns = [...new Set([...this.shownColumns().map(({ id }) => id), 'tenantId' as const])];
        return host.rpc.request('open', { ...this.query, first: { columns, count: blockSize } }, signal);
      },
      show: (answer, reason) => {
        this.show(answer, reason);
        this.save();
      },
      showFailure: (sentence, retry) => this.showFailure(sentence, retry),
      hasContent: ({ rowCount }) => rowCount > 0,
      setBusy: (busy) => this.view.setBusy(busy),
    });
    this.facets = facetBar.map((facet) => this.createFacet(facet));
    const chooser = new ColumnChooser({
      choices: () => columnChoices(this.allColumns(), this.columns),
      onChange: (columns) => this.showColumns(columns),
      onReset: () => this.showColumns(defaultColumns),
      announce: (text) => this.view.announcer.say(text),
    });
    this.view = new RosterView(
      root,
      this.notice,
      {
        onFilter: (text) => this.filterTyped(text),
        onRefresh: () => void this.loader.load('data'),
        onExport: (all) =>
          void this.actions.exportCsv(this.query, all ? null : this.shownColumns().map(({ id }) => id)),
        onChip: (without) => this.setFilter(without),
        onCopy: (withHeaders) => void this.grid?.copy(withHeaders),
        onMark: (marked) => void this.mark(marked),
        onClearSelection: () => this.grid?.clearSelection(),
        views: () =>
          viewMenuEntries(this.savedViews, this.currentView()?.name ?? null, {
            onChoose: (view) => this.chooseView(view),
            onSave: () => void this.saveView(),
            onDelete: (name) => void this.deleteView(name),
          }),
      },
      [...this.facets.map(({ button }) => button), chooser.button],
    );
    this.actions = new RosterActions(host.rpc, this.view.announcer, this.notice);
    this.showViewName();
    this.view.filter.value = this.query.filter.text ?? '';
    host.rpc.on('navigate', (filter) => {
      this.navigated = true;
      this.query = { ...this.query, filter };
      this.view.filter.value = filter.text ?? '';
      // Before the start the first load takes it along.
      this.loader.update('query');
    });
    host.rpc.on('viewsChanged', (views) => {
      this.savedViews = views;
      this.showViewName();
    });
    host.rpc.on('dataChanged', () => this.loader.update('data'));
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    await this.loader.start(async () => {
      const { tenantId, views } = await this.host.rpc.request('start', null);
      this.tenantId = tenantId;
      this.savedViews = views;
      return this.navigated ? 'query' : 'first';
    });
  }

  private show(answer: RosterAnswer, reason: LoadReason): void {
    this.view.setTenant(tenantTitle(answer.tenants), asOfText(answer.tenants));
    this.view.setChips(filterChips(this.query.filter, answer.licenses, answer.tenants), () =>
      this.setFilter(this.query.filter.text === undefined ? {} : { text: this.query.filter.text }),
    );
    for (const facet of this.facets) facet.show();
    this.showViewName();
    this.view.setExportable(answer.rowCount > 0);
    const count = this.countText(answer);
    this.view.setCount(answer.totalCount === 0 ? '' : count);
    if (answer.rowCount === 0) {
      this.view.setSelected(null);
      this.showEmpty(answer);
      return;
    }
    const grid = (this.grid ??= this.createGrid());
    const appeared = this.view.showGrid(grid.element);
    this.setGridColumns(grid);
    grid.setSort(this.query.sort);
    grid.setSource(this.source(answer), (reason === 'data' || reason === 'columns') && !appeared);
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
        action: { label: 'Import Now', onClick: () => void this.actions.runImport() },
      });
    } else {
      this.view.showMessage({
        kind: 'empty',
        icon: 'search-stop',
        title: 'No user matches',
        text: `None of ${countOf(answer.totalCount, 'user')} fits all of the filters.`,
        action: { label: 'Clear Filter', onClick: () => this.clearFilter() },
      });
      this.view.announcer.say('No user matches.');
    }
  }

  private showFailure(text: string, retry: () => void): void {
    this.view.setExportable(false);
    this.view.showMessage({
      kind: 'error',
      icon: 'error',
      title: 'The users could not be loaded',
      text,
      action: { label: 'Retry', onClick: retry },
    });
  }

  private createGrid(): VirtualGrid<RosterRow> {
    const columns = this.shownColumns();
    this.gridColumns = columns.map(({ id }) => id).join();
    const grid = new VirtualGrid<RosterRow>({
      label: 'Users',
      columns,
      rowKey: (row) => `${row.tenantId ?? ''} ${row.userId ?? ''}`,
      onSort: (id) => this.sort(id),
      onOpen: (row) => void this.actions.openUser(row),
      onSelect: (rows) => this.view.setSelected(rows === 0 ? null : `${formatCount(rows)} selected`),
      onRowsShown: () => performance.mark('roster:rows'),
      onCopy: (text, rows) => void this.actions.copy(text, rows),
      onError: (error) => this.rowsFailed(error),
      onViewChanged: () => this.save(),
      announce: this.view.announcer.say,
    });
    grid.widths = this.restored.widths;
    return grid;
  }

  /** Marks the selected users as no persons, or takes their marks away. */
  private async mark(marked: boolean): Promise<void> {
    const ranges = this.grid?.selectedRanges ?? [];
    const answer = this.loader.data;
    if (answer === undefined || ranges.length === 0) return;
    await this.actions.mark(answer.viewId, ranges, marked);
  }

  private createFacet(facet: RosterFacet): FacetPopover {
    return new FacetPopover(facet, {
      counts: async () => {
        const params = { filter: this.query.filter, facets: [facet] };
        const [counts] = await this.host.rpc.request('facets', params);
        return counts ?? { facet, values: [], distinct: 0 };
      },
      chosen: () => chosenValues(this.query.filter, facet),
      onToggle: (_, value, on) => this.setFilter(withValue(this.query.filter, facet, value, on)),
      onClear: () => this.setFilter(withValues(this.query.filter, facet, [])),
      isUseful: () => facet !== 'tenantId' || (this.loader.data?.tenants.length ?? 0) > 1,
      onError: (error) => this.notice.tell(error),
    });
  }

  private allColumns(): readonly UserColumn[] {
    const tenants = (): readonly TenantFacts[] => this.loader.data?.tenants ?? [];
    const names = (tenantId: string): string =>
      tenants().find((tenant) => tenant.tenantId === tenantId)?.displayName ?? tenantId;
    return userColumns(tenants().length > 1 ? names : null);
  }

  private shownColumns(): readonly UserColumn[] {
    const all = this.allColumns();
    const shown = chosenColumns(all, this.columns);
    // Of several tenants it must be seen whose user it is, unless the person placed the column elsewhere.
    const tenant = all.find(({ id }) => id === 'tenantId');
    return tenant === undefined || shown.includes(tenant)
      ? shown
      : [...shown.slice(0, 2), tenant, ...shown.slice(2)];
  }

  private showColumns(columns: readonly RosterColumn[]): void {
    const isSame = columns.length === this.columns.length && columns.every((id) => this.columns.includes(id));
    this.columns = columns;
    this.showViewName();
    this.save();
    const answer = this.loader.data;
    if (answer === undefined || this.grid === undefined) return;
    this.setGridColumns(this.grid);
    // Rows on their way hold the columns of before.
    if (!isSame) this.grid.setSource(this.source(answer), true);
  }

  /** New header cells have no focus, so the same columns stay as they are. */
  private setGridColumns(grid: VirtualGrid<RosterRow>): void {
    const columns = this.shownColumns();
    const ids = columns.map(({ id }) => id).join();
    if (ids === this.gridColumns) return;
    this.gridColumns = ids;
    grid.setColumns(columns);
  }

  private source(answer: RosterAnswer): RowSource<RosterRow> {
    const columns = this.shownColumns().map(({ id }) => id);
    const { firstRows } = answer;
    const hasAll = firstRows !== undefined && columns.every((column) => firstRows.columns.includes(column));
    const first = hasAll ? firstRows.rows : [];
    return {
      rowCount: answer.rowCount,
      fetch: (offset, count, signal) =>
        offset + count <= first.length
          ? Promise.resolve(first.slice(offset, offset + count))
          : this.host.rpc.request('rows', { viewId: answer.viewId, offset, count, columns }, signal),
    };
  }

  private rowsFailed(error: unknown): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    this.notice.show(sentence, () => {
      this.notice.hide();
      // The store has forgotten the query (it was reopened, say): ask anew instead of for the same rows.
      if (reason === 'notFound') void this.loader.load('data');
      else this.grid?.retry();
    });
  }

  private sort(id: string): void {
    const column = this.allColumns().find((definition) => definition.id === id)?.id ?? 'userPrincipalName';
    this.query = { ...this.query, sort: nextSort(this.query.sort, column) };
    this.grid?.setSort(this.query.sort);
    void this.loader.load('query');
  }

  private setFilter(filter: RosterFilter): void {
    this.query = { ...this.query, filter };
    void this.loader.load('query');
  }

  private filterTyped(text: string): void {
    window.clearTimeout(this.filterTimer);
    const { text: _, ...rest } = this.query.filter;
    this.query = { ...this.query, filter: text === '' ? rest : { ...rest, text } };
    this.filterTimer = window.setTimeout(() => void this.loader.load('query'), text === '' ? 0 : filterDelay);
  }

  private clearFilter(): void {
    this.view.filter.value = '';
    this.view.filter.focus();
    this.setFilter({});
  }

  private chooseView(view: RosterViewContent): void {
    this.query = view.query;
    this.columns = view.columns;
    this.viewName = view.name;
    this.view.filter.value = view.query.filter.text ?? '';
    void this.loader.load('query');
  }

  private async saveView(): Promise<void> {
    try {
      const saved = await this.host.rpc.request('saveView', {
        query: this.query,
        columns: this.columns,
        suggestedName: builtInViews.some(({ name }) => name === this.viewName) ? '' : (this.viewName ?? ''),
      });
      if (saved === null) return;
      this.savedViews = saved.views;
      this.viewName = saved.name;
      this.showViewName();
      this.save();
      this.view.announcer.say(`View “${saved.name}” saved.`);
    } catch (error) {
      this.notice.tell(error);
    }
  }

  private async deleteView(name: string): Promise<void> {
    try {
      this.savedViews = await this.host.rpc.request('deleteView', { name });
      this.viewName = null;
      this.showViewName();
      this.save();
      this.view.announcer.say(`View “${name}” deleted.`);
    } catch (error) {
      this.notice.tell(error);
    }
  }

  /** The view chosen last, if it still exists; without a choice the one that is on screen. */
  private currentView(): RosterViewContent | undefined {
    const all: readonly RosterViewContent[] = [...this.savedViews, ...builtInViews];
    const chosen = all.find(({ name }) => name === this.viewName);
    return chosen ?? all.find((view) => isView(view, this.query, this.columns));
  }

  private showViewName(): void {
    const view = this.currentView();
    const name = view?.name ?? everyone.name;
    const changed = !isView(view ?? everyone, this.query, this.columns);
    this.view.setViewName(changed ? `${name} (changed)` : name);
  }

  private countText(answer: RosterAnswer): string {
    return isUnfiltered(this.query.filter)
      ? countOf(answer.totalCount, 'user')
      : `${formatCount(answer.rowCount)} of ${countOf(answer.totalCount, 'user')}`;
  }

  private save(): void {
    const place = this.grid?.place;
    const state: RosterState = {
      tenantId: this.tenantId,
      query: this.query,
      columns: this.columns,
      view: this.viewName,
      widths: this.grid?.widths ?? this.restored.widths,
      scrollTop: place?.scrollTop ?? 0,
      scrollLeft: place?.scrollLeft ?? 0,
      focused: place?.focused ?? { row: 0, column: 0 },
    };
    this.host.saveState(state);
  }
}
