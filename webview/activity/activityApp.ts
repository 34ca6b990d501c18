import type { ActivityPeriod } from '../../src/shared/activityAges';
import { activityPeriods } from '../../src/shared/activityAges';
import type {
  ActivityContract,
  ActivityData,
  ActivityDrill,
  ActivityExport,
  ActivityScope,
  ActivityState,
  ServiceCounts,
} from '../../src/shared/activityContract';
import { periodTitle } from '../../src/shared/serviceWords';
import { Announcer } from '../common/announcer';
import { asOfText, tenantTitle } from '../common/asOf';
import { createButton } from '../common/controls';
import { createElement } from '../common/createElement';
import { countOf } from '../common/displayFormats';
import { createDropdown } from '../common/formControls';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { Notice } from '../common/notice';
import { PageLoader } from '../common/pageLoader';
import { createActiveChart } from './activeChart';
import { restoreState } from './activityState';
import { periodPhrase } from './activityWords';
import { HeatMap } from './heatMap';
import {
  createDepartmentTable,
  createLicenseTable,
  createServiceTable,
  licensesGranting,
  type TableSubject,
} from './sections';
import { ServiceFilter } from './serviceFilter';

/** Departments shown before somebody asks for all. */
const firstDepartments = 12;

/** The Activity page in the browser: a filter of services, and how they are used. */
export class ActivityApp {
  private readonly announcer = new Announcer();
  private readonly title = createElement('h1', { text: 'Activity' });
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly notice = new Notice(true);
  private readonly content = createElement('div', { class: 'content' });
  private readonly results = createElement('div', { class: 'results' });
  private readonly filter: ServiceFilter;
  private readonly heatMap: HeatMap;
  private readonly period: ReturnType<typeof createDropdown<ActivityPeriod>>;
  private readonly scope: ReturnType<typeof createDropdown<ActivityScope>>;
  private readonly restored: ReturnType<typeof restoreState>;
  private readonly loader: PageLoader<ActivityData, string>;
  private tenantId: string | null = null;
  private allDepartments = false;

  constructor(
    private readonly host: HostConnection<ActivityContract>,
    private readonly root: HTMLElement,
  ) {
    this.restored = restoreState(host.savedState);
    this.loader = new PageLoader({
      notice: this.notice,
      load: (signal) => host.rpc.request('load', null, signal),
      show: (data, announcement) => {
        this.show(data);
        this.save();
        if (announcement !== '') this.announcer.say(announcement);
      },
      showFailure: (text, retry) =>
        this.showMessage({
          kind: 'error',
          icon: 'error',
          title: 'The activity could not be loaded',
          text,
          action: { label: 'Retry', onClick: retry },
        }),
    });
    this.filter = new ServiceFilter((services) => {
      this.changed(`${countOf(services.length, 'service')} shown.`);
    });
    this.filter.value = this.restored.services;
    this.heatMap = new HeatMap((service, age) =>
      this.openPeople({ service, scope: this.scope.value, people: { age } }),
    );
    this.period = createDropdown({
      label: 'Active within',
      choices: activityPeriods.map(({ id }) => ({ value: id, label: periodTitle(id) })),
      onChange: () => this.changed('Period changed.'),
    });
    this.period.value = this.restored.period;
    this.scope = createDropdown<ActivityScope>({
      label: 'People',
      choices: [
        { value: 'licensed', label: 'Who hold the service' },
        { value: 'everyone', label: 'Who hold or used it' },
      ],
      onChange: () => this.changed('People changed.'),
    });
    this.scope.value = this.restored.scope;
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: () => void this.loader.load('Data updated.'),
    });
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          this.title,
          this.asOf,
          createElement('div', { class: 'actions', children: [refresh.element] }),
        ],
      }),
      this.notice.element,
      this.content,
      this.announcer.element,
    );
    root.addEventListener('scroll', () => this.save(), { passive: true });
    host.rpc.on('dataChanged', () => this.loader.update('Data updated.'));
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    await this.loader.start(async () => {
      this.tenantId = (await this.host.rpc.request('start', null)).tenantId;
      return '';
    });
    this.root.scrollTop = this.restored.scrollTop;
  }

  private show(data: ActivityData): void {
    this.title.textContent = tenantTitle(data.tenants);
    this.asOf.textContent = asOfText(data.tenants);
    if (data.people === 0) {
      this.showMessage({
        kind: 'empty',
        icon: 'cloud-download',
        title: 'No users yet',
        text: 'Import the tenant to see which services people use and which they only hold.',
        action: {
          label: 'Import Now',
          onClick: () => void this.notice.attempt(() => this.host.rpc.request('runImport', null)),
        },
      });
      return;
    }
    this.filter.showSources(data.services);
    if (!this.content.contains(this.results)) {
      this.content.className = 'content';
      this.content.replaceChildren(
        this.filter.element,
        createElement('div', {
          class: 'choices',
          children: [this.period.element, this.scope.element],
        }),
        this.results,
      );
      // The library's lists take a value only while they are in the document.
      const chosen = { period: this.period.value, scope: this.scope.value };
      this.period.value = chosen.period;
      this.scope.value = chosen.scope;
    }
    this.fill(data);
  }

  /** Shows the results anew and leaves the choices above them as they are. */
  private fill(data: ActivityData): void {
    const chosen = this.filter.value;
    const entries = chosen.flatMap(
      (service) => data.services.find((entry) => entry.service === service) ?? [],
    );
    if (entries.length === 0) {
      this.results.replaceChildren(
        createElement('p', { class: 'summary', text: 'Choose at least one service.' }),
      );
      return;
    }
    const focused = this.focusedControl();
    const subject = this.subject(data, entries);
    this.heatMap.show(entries, this.scope.value);
    const parts = [
      this.section('services', 'Active users', [
        createActiveChart({ ...subject, evaluatedOn: data.evaluatedOn }),
        createServiceTable(subject),
      ]),
      this.section(null, 'Last use by service', [this.heatMap.element]),
      this.section('licenses', 'Activity by license type', [
        createElement('p', {
          class: 'summary',
          text: `Active ${periodPhrase(subject.period)} in each service that a license grants, and the share of its seats.`,
        }),
        createLicenseTable(subject),
        ...this.omitted(subject),
      ]),
      this.section('departments', 'By department', this.departments(subject)),
    ];
    // The heat map stays where it is: taking it out would lose the focus on a cell.
    const old = this.heatMap.element.closest('section');
    if (old !== null && this.results.contains(old)) {
      [...this.results.children].forEach((child, index) => {
        const part = parts[index];
        if (child !== old && part !== undefined) child.replaceWith(part);
      });
    } else this.results.replaceChildren(...parts);
    focused();
  }

  private subject(data: ActivityData, entries: readonly ServiceCounts[]): TableSubject {
    return {
      data,
      entries,
      scope: this.scope.value,
      period: this.period.value,
      onOpen: (drill) => this.openPeople(drill),
      onLicense: ({ tenantId, licenseId }) =>
        void this.notice.attempt(() => this.host.rpc.request('openLicense', { tenantId, licenseId })),
    };
  }

  private departments(subject: TableSubject): HTMLElement[] {
    const { departments, moreDepartments } = subject.data;
    const limit = this.allDepartments ? departments.length : firstDepartments;
    const hidden = Math.max(0, departments.length - limit);
    const more = createButton({
      label: `Show ${countOf(hidden, 'more department')}`,
      onClick: () => {
        this.allDepartments = true;
        this.changed('All departments shown.');
      },
    });
    return [
      createElement('p', {
        class: 'summary',
        text: `Active ${periodPhrase(subject.period)}${subject.scope === 'licensed' ? ', and the share of those who hold the service' : ''}.`,
      }),
      createDepartmentTable(subject, limit),
      ...(hidden > 0 ? [createElement('p', { class: 'more', children: [more.element] })] : []),
      ...(moreDepartments > 0
        ? [
            createElement('p', {
              class: 'summary',
              text: `The ${departments.length} largest departments; ${countOf(moreDepartments, 'smaller one')} not listed.`,
            }),
          ]
        : []),
    ];
  }

  /** Names the licenses that have no row, since none of the services shown is theirs. */
  private omitted(subject: TableSubject): HTMLElement[] {
    const listed = licensesGranting(subject);
    const others = subject.data.licenses.filter((license) => !listed.includes(license));
    if (others.length === 0) return [];
    const names = others.map(({ name }) => name).join(', ');
    return [createElement('p', { class: 'note', text: `Without any of the services shown: ${names}.` })];
  }

  /** @param table what its Export button writes; null for none */
  private section(
    table: ActivityExport['table'] | null,
    title: string,
    children: readonly HTMLElement[],
  ): HTMLElement {
    const id = `section-${title.toLowerCase().replaceAll(' ', '-')}`;
    if (table === null) {
      const old = this.heatMap.element.closest('section');
      if (old !== null) return old;
    }
    const exportButton = createButton({
      label: 'Export CSV',
      icon: 'export',
      onClick: () => void this.notice.attempt(() => this.exportCsv(table ?? 'services')),
    });
    exportButton.element.setAttribute('aria-label', `Export CSV: ${title}`);
    return createElement('section', {
      attributes: { 'aria-labelledby': id },
      children: [
        createElement('div', {
          class: 'section-head',
          children: [createElement('h2', { text: title, attributes: { id } }), exportButton.element],
        }),
        ...children,
      ],
    });
  }

  /** Tables are built anew; whoever was on a button is put back there. */
  private focusedControl(): () => void {
    const active = document.activeElement;
    const buttons = (): HTMLElement[] => [
      ...this.results.querySelectorAll<HTMLElement>('button, vscode-button'),
    ];
    const index = active instanceof HTMLElement ? buttons().indexOf(active) : -1;
    return () => {
      if (index >= 0) buttons()[index]?.focus({ preventScroll: true });
    };
  }

  private changed(announcement: string): void {
    const { data } = this.loader;
    if (data !== undefined) this.fill(data);
    this.save();
    this.announcer.say(announcement);
  }

  private openPeople(drill: ActivityDrill): void {
    void this.notice.attempt(() => this.host.rpc.request('openPeople', drill));
  }

  private async exportCsv(table: ActivityExport['table']): Promise<void> {
    const result = await this.host.rpc.request('exportCsv', {
      table,
      services: this.filter.value,
      scope: this.scope.value,
      period: this.period.value,
    });
    if (result !== null) this.announcer.say(`${countOf(result.rows, 'row')} exported.`);
  }

  private showMessage(message: Parameters<typeof createMessagePane>[0]): void {
    this.content.className = 'content message';
    this.content.replaceChildren(createMessagePane(message));
  }

  private save(): void {
    const state: ActivityState = {
      tenantId: this.tenantId,
      services: this.filter.value,
      scope: this.scope.value,
      period: this.period.value,
      scrollTop: this.root.scrollTop,
    };
    this.host.saveState(state);
  }
}
