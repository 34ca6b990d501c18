import { Announcer } from '../common/announcer';
import { createButton, createFilterField, type FilterFieldControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { createMessagePane, type PaneMessage } from '../common/messagePane';

/** What a person can do in the page, apart from the grid. */
export interface RosterViewEvents {
  readonly onFilter: (text: string) => void;
  readonly onRefresh: () => void;
  readonly onExport: () => void;
  readonly onRemoveChip: (id: string) => void;
}

/** A filter besides the text, shown as something one can take away. */
export interface FilterChip {
  readonly id: string;
  readonly label: string;
}

/** The frame of the roster: head, toolbar, and the place where the grid or a message stands. */
export class RosterView {
  readonly announcer = new Announcer();
  readonly filter: FilterFieldControl;
  private readonly title = createElement('h1');
  private readonly asOf = createElement('p', { class: 'as-of' });
  private readonly count = createElement('p', { class: 'count' });
  private readonly chips = createElement('div', { class: 'chips' });
  private readonly progress = createElement('div', { class: 'progress-line' });
  private readonly notice = createElement('div', { class: 'notice', attributes: { role: 'alert' } });
  private readonly content = createElement('div', { class: 'content' });
  private readonly exportButton;

  constructor(
    root: HTMLElement,
    private readonly events: RosterViewEvents,
  ) {
    this.filter = createFilterField({
      label: 'Filter users',
      placeholder: 'Filter by name, license, title …',
      maxLength: 200,
      onInput: events.onFilter,
    });
    this.exportButton = createButton({ label: 'Export CSV', icon: 'export', onClick: events.onExport });
    const refresh = createButton({
      label: 'Refresh',
      icon: 'refresh',
      iconOnly: true,
      onClick: events.onRefresh,
    });
    this.notice.hidden = true;
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
          createElement('div', { class: 'actions', children: [refresh.element, this.exportButton.element] }),
        ],
      }),
      createElement('div', {
        class: 'toolbar',
        attributes: { role: 'search' },
        children: [this.filter.element, this.chips, this.count],
      }),
      this.notice,
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

  setBusy(busy: boolean): void {
    this.progress.classList.toggle('active', busy);
  }

  setExportable(exportable: boolean): void {
    this.exportButton.setDisabled(!exportable);
  }

  setChips(chips: readonly FilterChip[]): void {
    this.chips.replaceChildren(
      ...chips.map((chip) => {
        const remove = createElement('button', {
          class: 'chip-remove',
          attributes: { type: 'button', 'aria-label': `Remove the filter ${chip.label}`, title: 'Remove' },
          children: [createIcon('close')],
        });
        remove.addEventListener('click', () => {
          this.filter.focus(); // the button is about to go, the focus must not go with it
          this.events.onRemoveChip(chip.id);
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
    );
    this.chips.hidden = chips.length === 0;
  }

  /** A failure beside content that stays; null takes it away. */
  setNotice(text: string | null, retry?: () => void): void {
    this.notice.hidden = text === null;
    this.notice.replaceChildren();
    if (text === null) return;
    this.notice.append(createIcon('error'), createElement('p', { text }));
    if (retry !== undefined) this.notice.append(createButton({ label: 'Retry', onClick: retry }).element);
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
