import type { ReconciliationTab } from '../../src/shared/reconciliationContract';
import { Announcer } from '../common/announcer';
import { createButton } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { attachMenu, type MenuEntry } from '../common/menu';
import { createMessagePane, type PaneMessage } from '../common/messagePane';
import { Notice } from '../common/notice';
import { Tabs, type TabDefinition } from '../common/tabs';
import { createToolButton } from '../common/toolButton';

/** What the frame tells the page. */
export interface PageFrameEvents {
  readonly onTab: (tab: ReconciliationTab) => void;
  readonly onRefresh: () => void;
  /** Entries of the menu of the tables that can be exported. */
  readonly exports: () => readonly MenuEntry[];
  readonly onExportHtml: () => void;
  readonly onScroll: (scrollTop: number) => void;
}

/** The head of the page, its tabs, and the place below that the tabs fill. */
export class PageFrame {
  readonly announcer = new Announcer();
  readonly notice = new Notice();
  private readonly heading = createElement('h1', { text: 'Reconciliation' });
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly progress = createElement('div', {
    class: 'progress-line',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly panel = createElement('div', { class: 'tab-panel', attributes: { id: 'panel' } });
  private readonly hidden = createElement('div');
  private readonly tabs: Tabs<ReconciliationTab>;
  private readonly csv = createToolButton('export', 'Export CSV', true);
  private readonly html = createToolButton('file', 'Export Report');
  private shown: HTMLElement | undefined;

  constructor(root: HTMLElement, events: PageFrameEvents) {
    this.tabs = new Tabs('Parts of the reconciliation', 'panel', events.onTab);
    attachMenu(this.csv, 'Export CSV', events.exports);
    this.html.addEventListener('click', events.onExportHtml);
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: events.onRefresh,
    });
    this.tabs.element.hidden = true;
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          this.heading,
          this.asOf,
          createElement('div', {
            class: 'actions',
            children: [refresh.element, this.html, this.csv],
          }),
        ],
      }),
      this.tabs.element,
      this.progress,
      this.notice.element,
      this.hidden,
      this.panel,
      this.announcer.element,
    );
    this.panel.addEventListener('scroll', () => events.onScroll(this.panel.scrollTop), { passive: true });
  }

  /** Whose numbers these are. */
  get title(): string {
    return this.heading.textContent;
  }

  /** @param warning that the numbers are old; null when they are not */
  setHead(title: string, asOf: string, warning: string | null, canExport: boolean): void {
    this.heading.textContent = title;
    this.asOf.textContent = asOf;
    if (warning !== null) {
      this.asOf.append(
        createElement('span', { class: 'age', children: [createIcon('warning', 'tone-warning'), warning] }),
      );
    }
    this.csv.disabled = !canExport;
    this.html.disabled = !canExport;
  }

  /** What is in no number, between the tabs and what they fill; the focus stays on its check box. */
  setHiddenLine(line: HTMLElement | null): void {
    const hadFocus = this.hidden.contains(document.activeElement);
    this.hidden.replaceChildren(...(line === null ? [] : [line]));
    if (hadFocus) this.hidden.querySelector('input')?.focus();
  }

  setBusy(busy: boolean): void {
    this.progress.classList.toggle('active', busy);
    this.panel.ariaBusy = String(busy);
  }

  showTabs(tabs: readonly TabDefinition<ReconciliationTab>[], selected: ReconciliationTab): void {
    this.tabs.element.hidden = false;
    this.tabs.show(tabs, selected);
  }

  /** Fills the place with something that scrolls; whoever was on a control is put back on the same one. */
  showPage(content: HTMLElement, tab: ReconciliationTab, scrollTop: number): void {
    const focused = this.focusedControl();
    this.fill(tab, 'tab-panel page', [content]);
    // Scrollable by keyboard also where nothing in it can have the focus.
    this.panel.tabIndex = 0;
    this.panel.scrollTop = scrollTop;
    focused();
  }

  /** Fills the place with a grid; true when it was not there before. */
  showGrid(grid: HTMLElement, details: HTMLElement, bar?: HTMLElement): boolean {
    if (this.shown === grid) return false;
    this.fill(bar === undefined ? 'licenses' : 'findings', 'tab-panel grid-panel', [
      ...(bar === undefined ? [] : [bar]),
      createElement('div', { class: 'grid-place', children: [grid] }),
      details,
    ]);
    this.panel.removeAttribute('tabindex');
    this.shown = grid;
    return true;
  }

  /** A message in place of everything. */
  showMessage(message: PaneMessage): void {
    this.tabs.element.hidden = true;
    this.shown = undefined;
    this.setHiddenLine(null);
    this.panel.className = 'tab-panel message';
    this.panel.removeAttribute('role');
    this.panel.removeAttribute('aria-labelledby');
    this.panel.removeAttribute('tabindex');
    this.panel.replaceChildren(createMessagePane(message));
  }

  private fill(tab: ReconciliationTab, name: string, children: readonly Node[]): void {
    this.shown = undefined;
    this.panel.className = name;
    this.panel.setAttribute('role', 'tabpanel');
    this.panel.setAttribute('aria-labelledby', this.tabs.tabId(tab));
    this.panel.replaceChildren(...children);
  }

  private focusedControl(): () => void {
    const controls = (): HTMLElement[] => [...this.panel.querySelectorAll<HTMLElement>('button, input')];
    const active = document.activeElement;
    const index = active instanceof HTMLElement ? controls().indexOf(active) : -1;
    if (index < 0) return () => undefined;
    return () => controls()[index]?.focus({ preventScroll: true });
  }
}
