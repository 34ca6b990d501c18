import type {
  LicenseContract,
  LicenseData,
  LicenseSection,
  LicenseState,
  RosterJump,
} from '../../src/shared/licenseContract';
import { Announcer } from '../common/announcer';
import { createButton } from '../common/controls';
import { createElement } from '../common/createElement';
import { formatDay, formatMoment } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { Notice } from '../common/notice';
import { PageLoader } from '../common/pageLoader';
import { shownTables } from '../common/shownTables';
import { DowngradeSection } from './downgradeSection';
import { createFindings } from './findingsView';
import { createHistory } from './historyView';
import { restoreState, type RestoredState } from './licenseState';
import { chipsOf, reasonsOf } from './licenseWords';
import { createJump, PageSection } from './pageSection';
import { createPosition } from './positionView';
import { PurchasesSection } from './purchasesSection';
import { createComparison, createSeats } from './seatsView';
import { createPaths, createPlans, createSubscriptions } from './supplyView';
import { TermsSection } from './termsSection';

/** One license on a page: what it is, what is used, what it costs, and what people decided about it. */
export class LicenseApp {
  private readonly announcer = new Announcer();
  private readonly title = createElement('h1');
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly chips = createElement('ul', { class: 'chips', attributes: { 'aria-label': 'Status' } });
  private readonly reasons = createElement('div', { class: 'reasons' });
  private readonly notice = new Notice();
  private readonly content = createElement('div', { class: 'license-content' });
  private readonly links = createElement('nav', {
    class: 'page-links',
    attributes: { 'aria-label': 'On this page' },
  });
  private readonly sections = {
    position: new PageSection('position', 'Position'),
    findings: new PageSection('findings', 'Findings'),
    history: new PageSection('history', 'Units over time'),
    seats: new PageSection('seats', 'Users by use'),
    comparison: new PageSection(
      'comparison',
      'License differentiation',
      'How this license is used beside the tenant’s other licenses of the same family.',
    ),
    subscriptions: new PageSection(
      'subscriptions',
      'Subscriptions and dates',
      'The units of a license come from its subscriptions, each with a term of its own.',
    ),
    paths: new PageSection(
      'paths',
      'Paths',
      'By which ways people get the license. Several ways are one seat.',
    ),
    plans: new PageSection('plans', 'Service plans'),
  };
  private readonly purchases: PurchasesSection;
  private readonly terms: TermsSection;
  private readonly downgrades: DowngradeSection;
  private readonly restored: RestoredState;
  private licenseId = '';
  private readonly loader: PageLoader<LicenseData, string>;
  private isRestored = false;
  private loaded: Promise<void> = Promise.resolve();
  private loads = 0;
  private wanted: LicenseSection | null = null;

  constructor(
    private readonly host: HostConnection<LicenseContract>,
    private readonly root: HTMLElement,
  ) {
    this.restored = restoreState(host.savedState);
    const { rpc } = host;
    this.loader = new PageLoader({
      notice: this.notice,
      load: (signal) => rpc.request('load', null, signal),
      show: (data, announcement) => {
        this.show(data);
        this.keepState();
        if (announcement !== '') this.announcer.say(announcement);
      },
      showFailure: (sentence, retry) => this.showFailure(sentence, retry),
    });
    this.purchases = new PurchasesSection({
      check: (draft) => this.quietly(() => rpc.request('checkPurchase', draft)),
      save: (draft) => this.saved('The purchase has been saved.', () => rpc.request('savePurchase', draft)),
      remove: (purchaseId) => void this.notice.attempt(() => this.removePurchase(purchaseId)),
      importPriceBook: () => void this.notice.attempt(() => rpc.request('importPriceBook', null)),
      keepState: () => this.keepState(),
    });
    this.terms = new TermsSection({
      check: (draft) => this.quietly(() => rpc.request('checkTerms', draft)),
      save: (draft) => this.saved('The terms have been saved.', () => rpc.request('saveTerms', draft)),
      keepState: () => this.keepState(),
    });
    this.downgrades = new DowngradeSection({
      save: (answers) =>
        this.notice.attempt(async () => {
          await rpc.request('saveDowngradeAnswers', answers);
          this.announcer.say('The answers have been saved.');
        }),
      openLicense: (licenseId) => void this.notice.attempt(() => rpc.request('openLicense', { licenseId })),
      showUsers: () => void this.showUsers({ findingKind: 'downgrade' }),
    });
    rpc.on('dataChanged', () => {
      if (this.loader.data !== undefined) void this.load('Data updated.');
    });
    rpc.on('navigate', ({ section }) => {
      this.wanted = section;
      if (this.loader.data !== undefined) this.revealed();
    });
    this.build();
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    await this.loader.start(async () => {
      this.licenseId = (await this.host.rpc.request('start', null)).licenseId;
      return '';
    });
  }

  /** The page can be seen: goes where somebody asked for. */
  revealed(): void {
    const { wanted } = this;
    this.wanted = null;
    if (wanted === null || this.loader.data === undefined) return;
    if (wanted === 'terms') this.terms.section.reveal();
    else if (wanted === 'downgrades') this.downgrades.section.reveal();
    else if (wanted === 'findings') this.sections.findings.reveal();
    else {
      this.purchases.section.reveal();
      if (wanted === 'newPurchase' && this.purchases.draft === null) this.purchases.edit(null);
    }
  }

  private build(): void {
    const button = (label: string, icon: string, onClick: () => void): HTMLElement =>
      createButton({ label, icon, onClick }).element;
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: () => void this.load('Data updated.'),
    });
    this.content.append(...this.ordered().map(({ element }) => element));
    this.root.replaceChildren(
      createElement('header', {
        class: 'page-head of-one',
        children: [
          this.title,
          this.asOf,
          createElement('div', {
            class: 'actions',
            children: [
              refresh.element,
              button('Export CSV', 'export', () => void this.notice.attempt(() => this.exportTables())),
              button('Users', 'organization', () => void this.showUsers({ verdict: null })),
              button('Purchase', 'add', () => {
                this.purchases.section.reveal();
                this.purchases.edit(null);
              }),
            ],
          }),
        ],
      }),
      this.chips,
      this.reasons,
      this.links,
      this.notice.element,
      this.content,
      this.announcer.element,
    );
    this.root.addEventListener('scroll', () => this.keepState(), { passive: true });
  }

  private ordered(): PageSection[] {
    const { position, findings, history, seats, comparison, subscriptions, paths, plans } = this.sections;
    return [
      ...[position, findings, history, this.purchases.section, this.terms.section],
      ...[this.downgrades.section, subscriptions, seats, comparison, paths, plans],
    ];
  }

  private load(announcement: string): Promise<void> {
    this.loads += 1;
    this.loaded = this.loader.load(announcement);
    return this.loaded;
  }

  private show(data: LicenseData): void {
    const { head, sections } = { head: data.head, sections: this.sections };
    const focused = this.focusedKey();
    this.title.textContent = head.productName ?? head.skuPartNumber;
    this.asOf.textContent = [
      head.skuPartNumber,
      head.tenantName,
      head.lastImportAt === null ? 'never imported' : `imported ${formatMoment(head.lastImportAt)}`,
      ...(head.evaluatedOn === null ? [] : [`activity as of ${formatDay(head.evaluatedOn)}`]),
    ].join(' · ');
    this.chips.replaceChildren(
      ...chipsOf(head).map(({ text, tone, detail }) =>
        createElement('li', { class: `chip ${tone}`, text, attributes: { title: detail } }),
      ),
    );
    const notes = data.terms.note === '' ? [] : [data.terms.note];
    this.reasons.replaceChildren(
      ...[...reasonsOf(head), ...notes].map((text) => createElement('p', { class: 'as-typed', text })),
    );
    sections.position.show(
      ...(data.position === null
        ? [
            createElement('p', {
              class: 'muted',
              text: 'The position has not been worked out yet. Import the tenant.',
            }),
          ]
        : createPosition(head, data.position)),
    );
    sections.findings.show(...createFindings(data, (findingKind) => void this.showUsers({ findingKind })));
    sections.history.show(...createHistory(data.history, head.lastImportAt));
    this.purchases.show(data);
    this.terms.show(data, this.isRestored ? null : this.restored.terms);
    this.downgrades.show(data);
    sections.subscriptions.show(
      ...createSubscriptions(data, (subscriptionId, recurringBilling) => {
        void this.notice.attempt(async () => {
          await this.host.rpc.request('saveRecurringBilling', { subscriptionId, recurringBilling });
          this.announcer.say('Saved.');
        });
      }),
    );
    const actions = {
      showUsers: (verdict: RosterJump['verdict']): void => void this.showUsers({ verdict }),
      openLicense: (licenseId: string): void =>
        void this.notice.attempt(() => this.host.rpc.request('openLicense', { licenseId })),
    };
    sections.seats.show(...createSeats(data, actions));
    sections.comparison.show(...createComparison(data, actions));
    sections.paths.show(...createPaths(data, (path) => void this.showUsers({ path })));
    sections.plans.show(...createPlans(data.plans));
    this.links.replaceChildren(
      ...this.ordered()
        .filter(({ element }) => !element.hidden)
        .map((section) =>
          createJump(section.title, `link-${section.id}`, `Go to ${section.title}`, () => section.reveal()),
        ),
    );
    if (focused !== null) {
      this.root
        .querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)
        ?.focus({ preventScroll: true });
    }
    this.restore();
  }

  /** Puts back what a person had begun, and where. */
  private restore(): void {
    if (this.isRestored) return;
    this.isRestored = true;
    const { purchase, scrollTop } = this.restored;
    if (purchase !== null) this.purchases.edit(purchase, false);
    this.root.scrollTop = scrollTop;
  }

  /** The page is built anew; whoever was on a link or a choice is put back there. */
  private focusedKey(): string | null {
    const active = document.activeElement;
    return active instanceof HTMLElement ? (active.dataset['key'] ?? null) : null;
  }

  private async showUsers(jump: Partial<RosterJump>): Promise<void> {
    const whole: RosterJump = { verdict: null, path: null, findingKind: null, ...jump };
    await this.notice.attempt(() => this.host.rpc.request('openRoster', whole));
  }

  private async exportTables(): Promise<void> {
    const tables = shownTables(this.content);
    const written = await this.host.rpc.request('exportTables', { tables });
    if (written !== null) this.announcer.say(`${written.table} exported.`);
  }

  private async removePurchase(purchaseId: string): Promise<void> {
    const { removed } = await this.host.rpc.request('removePurchase', { purchaseId });
    if (!removed) return;
    if (this.purchases.draft?.purchaseId === purchaseId) this.purchases.edit(null);
    await this.load('The purchase has been removed.');
  }

  /** Saves, loads anew when that worked, and says so. */
  private async saved<T extends { readonly saved: boolean }>(
    announcement: string,
    save: () => Promise<T>,
  ): Promise<T | null> {
    const before = this.loads;
    try {
      const result = await save();
      if (result.saved) {
        // The host has told of the change by now; where it has, everything is loaded already.
        if (this.loads === before) await this.load('');
        else await this.loaded;
        this.announcer.say(announcement);
      }
      return result;
    } catch (error) {
      this.notice.tell(error);
      return null;
    }
  }

  /** For checks while typing: a failure is no news there. */
  private async quietly<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch {
      return null;
    }
  }

  private showFailure(text: string, retry: () => void): void {
    this.root.replaceChildren(
      createMessagePane({
        kind: 'error',
        icon: 'error',
        title: 'The license could not be loaded',
        text,
        action: {
          label: 'Retry',
          onClick: () => {
            this.build();
            retry();
          },
        },
      }),
    );
  }

  private keepState(): void {
    if (this.licenseId === '' || this.loader.data === undefined) return;
    const state: LicenseState = {
      licenseId: this.licenseId,
      scrollTop: this.root.scrollTop,
      purchase: this.purchases.draft,
      terms: this.terms.draft,
    };
    this.host.saveState(state);
  }
}
