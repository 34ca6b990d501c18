import {
  positionColumns,
  type PositionRow,
  type ReconciliationContract,
  type ReconciliationData,
  type ReconciliationState,
  type ReconciliationTab,
  type ReconciliationTable,
} from '../../src/shared/reconciliationContract';
import { ageWarning, asOfText, tenantTitle } from '../common/asOf';
import { countOf, formatCount } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { PageLoader } from '../common/pageLoader';
import { failureOf } from '../common/rpcClient';
import { nextSort } from '../grid/columns';
import { FindingFilterBar } from './findingFilterBar';
import { findingGridColumns } from './findingGridColumns';
import { FindingNodes, kindGroups, type FindingNodeValue } from './findingNodes';
import { exportEntries, rowWords } from './exportMenu';
import { createHiddenLine } from './hiddenLine';
import { licenseColumns } from './licenseColumns';
import { NodeGrid, type NodeGridOptions } from './nodeGrid';
import { createOverview } from './overviewView';
import { PageFrame } from './pageFrame';
import { layOutChart } from './positionChart';
import { restoreState, type RestoredState } from './reconciliationState';
import { createSpendView, dimensionOf } from './spendView';
import { createTenantsTable } from './tenantsTable';

/** The Reconciliation in the browser: figures and money, licenses, findings, spend, and the tenants side by side. */
export class ReconciliationApp {
  private readonly frame: PageFrame;
  private readonly nodes: FindingNodes;
  private readonly filterBar: FindingFilterBar;
  private readonly grids = new Map<string, NodeGrid>();
  private state: RestoredState;
  private tenantId: string | null = null;
  private readonly loader: PageLoader<ReconciliationData, string>;
  /** Columns of the grids differ where a tenant has to be named. */
  private withTenant = false;

  constructor(
    private readonly host: HostConnection<ReconciliationContract>,
    root: HTMLElement,
  ) {
    this.state = restoreState(host.savedState);
    this.nodes = new FindingNodes(host.rpc);
    this.frame = new PageFrame(root, {
      onTab: (tab) => this.openTab(tab),
      onRefresh: () => void this.loader.load('Data updated.'),
      exports: () =>
        exportEntries(
          this.shownTab(),
          (table, all) => void this.frame.notice.attempt(() => this.exportCsv(table, all)),
        ),
      onExportHtml: () => void this.frame.notice.attempt(() => this.host.rpc.request('exportHtml', null)),
      onScroll: (scrollTop) => this.scrolled(scrollTop),
    });
    this.loader = new PageLoader({
      notice: this.frame.notice,
      load: (signal) => {
        const { sort, showHidden } = this.state;
        return host.rpc.request('load', { sort, showHidden }, signal);
      },
      show: (data, announcement) => {
        this.nodes.forget();
        this.show(data);
        this.save();
        if (announcement !== '') this.frame.announcer.say(announcement);
      },
      showFailure: (sentence, retry) => this.showFailure(sentence, retry),
      hasContent: ({ rows }) => rows.length > 0,
      setBusy: (busy) => this.frame.setBusy(busy),
    });
    this.filterBar = new FindingFilterBar((findings) => {
      this.state = { ...this.state, findings };
      this.showFindings(false);
      this.save();
    });
    host.rpc.on('dataChanged', () => this.loader.update('Data updated.'));
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    await this.loader.start(async () => {
      this.tenantId = (await this.host.rpc.request('start', null)).tenantId;
      return '';
    });
  }

  private show(data: ReconciliationData): void {
    const many = data.tenants.length > 1;
    if (many !== this.withTenant) {
      for (const grid of this.grids.values()) grid.dispose();
      this.grids.clear();
      this.withTenant = many;
    }
    this.frame.setHead(
      tenantTitle(data.tenants),
      asOfText(data.tenants),
      ageWarning(data.tenants),
      data.rows.length > 0,
    );
    if (data.rows.length === 0 && data.hidden.retired + data.hidden.unmanaged === 0) {
      this.frame.showMessage({
        kind: 'empty',
        icon: 'cloud-download',
        title: 'No licenses yet',
        text: 'Import the tenant to see what it is entitled to, what is consumed and what is really used.',
        action: {
          label: 'Import Now',
          onClick: () => void this.frame.notice.attempt(() => this.host.rpc.request('runImport', null)),
        },
      });
      return;
    }
    this.frame.setHiddenLine(
      createHiddenLine(data.hidden, this.state.showHidden, (showHidden) => {
        this.state = { ...this.state, showHidden };
        void this.loader.load(
          showHidden ? 'Hidden licenses are shown.' : 'Hidden licenses are hidden again.',
        );
      }),
    );
    const tab = this.shownTab();
    const findings = data.groups.reduce((sum, group) => sum + group.findings, 0);
    this.frame.showTabs(
      [
        { id: 'overview', label: 'Overview' },
        ...(many
          ? [{ id: 'tenants' as const, label: 'Tenants', count: formatCount(data.tenants.length) }]
          : []),
        { id: 'licenses', label: 'Licenses', count: formatCount(data.rows.length) },
        { id: 'findings', label: 'Findings', count: formatCount(findings) },
        { id: 'spend', label: 'Spend' },
      ],
      tab,
    );
    this.showTab(tab, data, true);
  }

  /** Without several tenants there is no list of them. */
  private shownTab(): ReconciliationTab {
    return this.state.tab === 'tenants' && !this.withTenant ? 'overview' : this.state.tab;
  }

  private openTab(tab: ReconciliationTab): void {
    this.state = { ...this.state, tab };
    this.showAgain(tab, false);
    this.save();
  }

  private showAgain(tab: ReconciliationTab, keepPlace: boolean): void {
    const { data } = this.loader;
    if (data !== undefined) this.showTab(tab, data, keepPlace);
  }

  private showTab(tab: ReconciliationTab, data: ReconciliationData, keepPlace: boolean): void {
    switch (tab) {
      case 'overview':
        this.showPage(
          createOverview(
            data,
            {
              chartAsTable: this.state.chartAsTable,
              tenantName: this.tenantName(),
            },
            {
              onOpenLicense: (row) => this.openLicense(row.tenantId, row.licenseId),
              onChartAsTable: (chartAsTable) => {
                this.state = { ...this.state, chartAsTable };
                this.showAgain('overview', true);
                this.save();
              },
            },
          ),
        );
        return;
      case 'tenants':
        this.showPage(
          createTenantsTable(
            data.byTenant,
            (tenantId) =>
              void this.frame.notice.attempt(() => this.host.rpc.request('openTenant', { tenantId })),
          ),
        );
        return;
      case 'spend':
        this.showPage(
          createSpendView(
            data.spendLines,
            dimensionOf(this.state.dimension),
            data.money.lowerBound,
            (dimension) => {
              this.state = { ...this.state, dimension };
              this.showAgain('spend', true);
              this.save();
            },
          ),
        );
        return;
      case 'licenses':
        this.showGrid('licenses', keepPlace, (grid, keep) => {
          grid.setSort(this.state.sort);
          grid.show(this.nodes.ofLicenses(data.rows, data.groups), keep);
        });
        return;
      case 'findings':
        this.showFindings(keepPlace);
        return;
    }
  }

  private showFindings(keepPlace: boolean): void {
    const { data } = this.loader;
    if (data === undefined) return;
    const roots = this.nodes.ofKinds(data.groups, this.state.findings);
    const all = kindGroups(data.groups);
    const shown = roots.reduce(
      (sum, { value }) => sum + (value.type === 'kind' ? value.group.findings : 0),
      0,
    );
    const total = all.reduce((sum, group) => sum + group.findings, 0);
    const count =
      shown === total ? countOf(total, 'finding') : `${formatCount(shown)} of ${countOf(total, 'finding')}`;
    this.filterBar.show(this.state.findings, new Set(all.map((group) => group.kind)), count);
    this.showGrid('findings', keepPlace, (grid, keep) => grid.show(roots, keep), this.filterBar.element);
    if (!keepPlace) this.frame.announcer.say(`${count}.`);
  }

  private showPage(content: HTMLElement): void {
    this.frame.showPage(content, this.state.tab, this.state.scrollTop[this.state.tab] ?? 0);
  }

  private showGrid(
    name: 'licenses' | 'findings',
    keepPlace: boolean,
    fill: (grid: NodeGrid, keepPlace: boolean) => void,
    bar?: HTMLElement,
  ): void {
    let grid = this.grids.get(name);
    if (grid === undefined) {
      grid = new NodeGrid(this.gridOptions(name), this.state.grids[name]);
      this.grids.set(name, grid);
    }
    const place = grid.state;
    const appeared = this.frame.showGrid(grid.element, grid.details, bar);
    fill(grid, keepPlace && !appeared);
    // Out of the document an element loses its scroll position.
    if (appeared && keepPlace === false) grid.restorePlace(this.state.grids[name] ?? place);
  }

  private gridOptions(name: 'licenses' | 'findings'): NodeGridOptions {
    const tenantName = this.tenantName();
    return {
      label: name === 'licenses' ? 'Licenses' : 'Findings',
      columns: (events) =>
        name === 'licenses' ? licenseColumns(events, tenantName) : findingGridColumns(events, tenantName),
      onOpen: (value, column) => this.open(value, column),
      onSort: (column) => this.sortBy(column),
      onCopy: (text, rows) => void this.frame.notice.attempt(() => this.copy(text, rows)),
      onError: (error) => this.rowsFailed(error, name),
      onViewChanged: () => this.save(),
      announce: this.frame.announcer.say,
    };
  }

  private tenantName(): ((tenantId: string) => string) | null {
    if (!this.withTenant) return null;
    return (tenantId) =>
      this.loader.data?.tenants.find((tenant) => tenant.tenantId === tenantId)?.displayName ?? tenantId;
  }

  private sortBy(id: string): void {
    const column = positionColumns.find((name) => name === id);
    if (column === undefined) return;
    const sort = nextSort(this.state.sort, column);
    this.state = { ...this.state, sort };
    this.grids.get('licenses')?.setSort(sort);
    void this.loader.load(`Sorted ${sort.descending ? 'descending' : 'ascending'}.`);
  }

  /** Where a row leads: a license to its page or its holders, a finding to the people concerned. */
  private open(value: FindingNodeValue, column: string): void {
    switch (value.type) {
      case 'license':
        if (column === 'consumed') this.openRoster(value.row.tenantId, value.row.licenseId, null);
        else this.openLicense(value.row.tenantId, value.row.licenseId);
        return;
      case 'group': {
        const { tenantId, licenseId, kind, users } = value.group;
        if (users > 0) this.openRoster(tenantId, licenseId, kind);
        else if (licenseId !== null) this.openLicense(tenantId, licenseId);
        return;
      }
      case 'kind': {
        const people = this.loader.data?.groups.filter(
          ({ kind, users }) => kind === value.group.kind && users > 0,
        );
        const [first] = people ?? [];
        if (first === undefined)
          this.frame.announcer.say('No single users are concerned. Right opens the row.');
        else this.openRoster(null, null, first.kind);
        return;
      }
      case 'finding': {
        const { tenantId, userId, licenseId } = value.finding;
        if (userId !== null)
          void this.frame.notice.attempt(() => this.host.rpc.request('openUser', { tenantId, userId }));
        else if (licenseId !== null) this.openLicense(tenantId, licenseId);
        return;
      }
    }
  }

  private openRoster(tenantId: string | null, licenseId: string | null, kind: string | null): void {
    void this.frame.notice.attempt(() => this.host.rpc.request('openRoster', { tenantId, licenseId, kind }));
  }

  private openLicense(tenantId: PositionRow['tenantId'], licenseId: string): void {
    void this.frame.notice.attempt(() => this.host.rpc.request('openLicense', { tenantId, licenseId }));
  }

  private async exportCsv(table: ReconciliationTable, allColumns: boolean): Promise<void> {
    const { sort, showHidden, findings } = this.state;
    const kinds =
      findings.kind === null && findings.severity === null
        ? []
        : this.nodes
            .ofKinds(this.loader.data?.groups ?? [], findings)
            .flatMap(({ value }) => (value.type === 'kind' ? [value.group.kind] : []));
    const result = await this.host.rpc.request('exportCsv', {
      table,
      allColumns,
      sort,
      showHidden,
      query: { tenantId: null, licenseId: null, kinds },
      dimension: dimensionOf(this.state.dimension),
      licenseIds: layOutChart(this.loader.data?.rows ?? []).bars.map(({ row }) => row.licenseId),
    });
    if (result !== null) this.frame.announcer.say(`${countOf(result.rows, rowWords[table])} exported.`);
  }

  private async copy(text: string, rows: number): Promise<void> {
    await this.host.rpc.request('copy', { text });
    this.frame.announcer.say(`${countOf(rows, 'row')} copied.`);
  }

  private rowsFailed(error: unknown, grid: string): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    this.frame.notice.show(sentence, () => {
      this.frame.notice.hide();
      this.grids.get(grid)?.retry();
    });
  }

  private showFailure(text: string, retry: () => void): void {
    this.frame.setHead(this.frame.title, '', null, false);
    this.frame.showMessage({
      kind: 'error',
      icon: 'error',
      title: 'The position could not be loaded',
      text,
      action: { label: 'Retry', onClick: retry },
    });
  }

  private scrolled(scrollTop: number): void {
    this.state = { ...this.state, scrollTop: { ...this.state.scrollTop, [this.state.tab]: scrollTop } };
    this.save();
  }

  private save(): void {
    const grids = { ...this.state.grids };
    for (const [name, grid] of this.grids) {
      if (grid.element.isConnected) grids[name] = grid.state;
    }
    this.state = { ...this.state, grids };
    const state: ReconciliationState = { tenantId: this.tenantId, ...this.state };
    this.host.saveState(state);
  }
}
