import type { RosterFilter } from '../../src/shared/rosterFilter';
import { Announcer } from '../common/announcer';
import { createButton, createFilterField, type FilterFieldControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { attachMenu, type MenuEntry } from '../common/menu';
import { createMessagePane, type PaneMessage } from '../common/messagePane';
import type { Notice } from '../common/notice';
import { createTextButton } from '../common/textButton';
import { createToolButton } from '../common/toolButton';
import type { FilterChip } from './filterWords';

/** What a person can do in the page, apart from the grid. */
export interface RosterViewEvents {
  readonly onFilter: (text: string) => void;
  readonly onRefresh: () => void;
  readonly onExport: (all: boolean) => void;
  readonly onChip: (without: RosterFilter) => void;
  readonly onCopy: (withHeaders: boolean) => void;
  readonly onMark: (marked: boolean) => void;
  readonly onClearSelection: () => void;
  /** Entries of the menu of views. */
  readonly views: () => readonly MenuEntry[];
}

/** The frame of the roster: head, toolbar, facets, and the place where the grid or a message stands. */
export class RosterView {
  readonly announcer = new Announcer();
  readonly filter: FilterFieldControl;
  private readonly title = createElement('h1', { text: 'Users' });
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly count = createElement('p', { class: 'count' });
  private readonly chips = createElement('div', { class: 'chips' });
  private readonly selection = createElement('div', { class: 'selection-bar' });
  private readonly selected = createElement('span', { class: 'selected-count' });
  private readonly progress = createElement('div', { class: 'progress-line' });
  private readonly content = createElement('div', { class: 'content' });
  private readonly viewLabel = createElement('span');
  private readonly exportButton = createToolButton('export', 'Export CSV', true);

  /** @param tools buttons of the facets and of the columns, in their order */
  constructor(
    root: HTMLElement,
    notice: Notice,
    private readonly events: RosterViewEvents,
    tools: readonly HTMLElement[],
  ) {
    this.filter = createFilterField({
      label: 'Filter users',
      placeholder: 'Filter by name, license, title …',
      maxLength: 200,
      onInput: events.onFilter,
    });
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: events.onRefresh,
    });
    attachMenu(this.exportButton, 'Export CSV', () => [
      { kind: 'item', label: 'As Shown', icon: 'table', onClick: () => events.onExport(false) },
      { kind: 'item', label: 'All Columns', icon: 'list-flat', onClick: () => events.onExport(true) },
    ]);
    const views = createElement('button', {
      class: 'facet-button view-button',
      attributes: { type: 'button' },
      children: [createIcon('eye'), this.viewLabel, createIcon('chevron-down')],
    });
    attachMenu(views, 'Views', events.views);
    this.selection.append(
      this.selected,
      createTextButton('Copy', () => events.onCopy(false)),
      createTextButton('Copy with Headers', () => events.onCopy(true)),
      createTextButton('Not a Person…', () => events.onMark(true)),
      createTextButton('Remove Mark', () => events.onMark(false)),
      createTextButton('Clear', () => events.onClearSelection()),
    );
    this.selection.hidden = true;
    document.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'f') {
        event.preventDefault();
        this.filter.focus();
      }
    });
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          this.title,
          this.asOf,
          createElement('div', { class: 'actions', children: [refresh.element, this.exportButton] }),
        ],
      }),
      createElement('div', {
        class: 'toolbar',
        attributes: { role: 'search' },
        children: [
          views,
          this.filter.element,
          createElement('div', {
            class: 'facet-bar',
            attributes: { role: 'group', 'aria-label': 'Filters and columns' },
            children: tools,
          }),
          createElement('div', {
            class: 'result-line',
            children: [this.count, this.selection, this.chips],
          }),
        ],
      }),
      notice.element,
      this.progress,
      this.content,
      this.announcer.element,
    );
  }

  setTenant(title: string, asOf: string): void {
    this.title.textContent = title;
    this.asOf.textContent = asOf;
  }

  setCount(text: string): void {
    this.count.textContent = text;
  }

  /** The name of the view on screen. */
  setViewName(name: string): void {
    this.viewLabel.textContent = name;
  }

  /** How many rows are selected; nothing is said of none. */
  setSelected(text: string | null): void {
    this.selection.hidden = text === null;
    this.selected.textContent = text ?? '';
  }

  setBusy(busy: boolean): void {
    this.progress.classList.toggle('active', busy);
  }

  setExportable(exportable: boolean): void {
    this.exportButton.disabled = !exportable;
  }

  setChips(chips: readonly FilterChip[], clear: () => void): void {
    this.chips.replaceChildren(
      ...chips.map((chip) => {
        const remove = createElement('button', {
          class: 'chip-remove',
          attributes: { type: 'button', 'aria-label': `Remove the filter ${chip.label}`, title: 'Remove' },
          children: [createIcon('close')],
        });
        remove.addEventListener('click', () => {
          this.filter.focus(); // the button is about to go, the focus must not go with it
          this.events.onChip(chip.without);
        });
        return createElement('span', {
          class: 'chip',
          children: [
            createElement('span', {
              class: 'chip-label',
              text: chip.label,
              attributes: { title: chip.label },
            }),
            remove,
          ],
        });
      }),
      ...(chips.length < 2 ? [] : [createTextButton('Clear All', clear)]),
    );
    this.chips.hidden = chips.length === 0;
  }

  /** Shows the grid; true if something else was shown before. */
  showGrid(grid: HTMLElement): boolean {
    if (this.content.firstChild === grid) return false;
    this.content.replaceChildren(grid);
    return true;
  }

  showMessage(message: PaneMessage): void {
    this.content.replaceChildren(createMessagePane(message));
  }
}
