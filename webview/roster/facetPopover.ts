import type { FacetCounts } from '../../src/shared/rosterContract';
import type { RosterFacet } from '../../src/shared/rosterFilter';
import type { Cell } from '../../src/shared/viewRows';
import { createElement, createIcon } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createTextButton } from '../common/textButton';
import { moveFocus } from '../common/menu';
import { Popover } from '../common/popover';
import { facetName, facetValueName } from './filterWords';

/** What a facet asks of the page. */
export interface FacetEvents {
  /** The counts as they are now. */
  readonly counts: (facet: RosterFacet) => Promise<FacetCounts>;
  readonly chosen: (facet: RosterFacet) => readonly Cell[];
  readonly onToggle: (facet: RosterFacet, value: Cell, on: boolean) => void;
  readonly onClear: (facet: RosterFacet) => void;
  /** Whether the facet tells anything here: of one tenant, that of the tenant does not. */
  readonly isUseful: (facet: RosterFacet) => boolean;
  readonly onError: (error: unknown) => void;
}

/** The facets of the bar, in its order. */
export const facetBar: readonly RosterFacet[] = [
  'tenantId',
  'licenseId',
  'verdict',
  'status',
  'service',
  'path',
  'department',
  'country',
  'companyName',
  'isGuest',
  'markedAs',
];

/** From this many values on there is a field to find one. */
const searchFrom = 9;

/** A button of the facet bar with the values of one facet under it, each with its count. */
export class FacetPopover {
  readonly button: HTMLButtonElement;
  private readonly label = createElement('span');
  private readonly popover: Popover;
  private readonly list = createElement('div', { class: 'facet-values', attributes: { role: 'group' } });
  private readonly note = createElement('p', { class: 'popover-note' });
  private readonly search = createElement('input', {
    class: 'facet-search',
    attributes: { type: 'search', placeholder: 'Find a value …' },
  });
  private counts: FacetCounts | undefined;
  private asked = 0;

  constructor(
    private readonly facet: RosterFacet,
    private readonly events: FacetEvents,
  ) {
    const name = facetName(facet);
    this.button = createElement('button', {
      class: 'facet-button',
      attributes: { type: 'button' },
      children: [this.label, createIcon('chevron-down')],
    });
    this.list.setAttribute('aria-label', name);
    this.search.setAttribute('aria-label', `Find a value of ${name}`);
    this.search.addEventListener('input', () => this.fill());
    this.list.addEventListener('keydown', (event) => moveFocus(event, this.boxes()));
    this.popover = new Popover({
      anchor: this.button,
      label: `Filter by ${name}`,
      role: 'dialog',
      class: 'facet-popover',
      onOpen: (element) => this.opened(element),
    });
    this.button.addEventListener('click', () => this.popover.toggle());
    this.show();
  }

  /** The filter or the data changed: says how many values are chosen, and counts anew where the list is open. */
  show(): void {
    const count = this.events.chosen(this.facet).length;
    this.label.textContent = count === 0 ? facetName(this.facet) : `${facetName(this.facet)} (${count})`;
    this.button.classList.toggle('on', count > 0);
    this.button.hidden = count === 0 && !this.events.isUseful(this.facet);
    if (this.popover.isOpen) void this.load();
  }

  private opened(element: HTMLElement): void {
    this.search.value = '';
    this.search.hidden = true;
    this.counts = undefined;
    this.list.replaceChildren();
    this.note.textContent = 'Counting …';
    element.append(
      createElement('div', {
        class: 'popover-head',
        children: [
          createElement('h2', { text: facetName(this.facet) }),
          createTextButton('Clear', () => this.events.onClear(this.facet)),
        ],
      }),
      this.search,
      this.list,
      this.note,
    );
    void this.load();
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    try {
      const counts = await this.events.counts(this.facet);
      if (asked !== this.asked) return;
      const first = this.counts === undefined;
      this.counts = counts;
      this.fill();
      this.popover.place();
      if (first) (this.search.hidden ? this.boxes()[0] : this.search)?.focus();
    } catch (error) {
      if (asked !== this.asked) return;
      this.popover.close();
      this.events.onError(error);
    }
  }

  private fill(): void {
    const { values, distinct } = this.counts ?? { values: [], distinct: 0 };
    const chosen = this.events.chosen(this.facet);
    const focused = (document.activeElement as HTMLElement | null)?.dataset['value'];
    this.search.hidden = values.length < searchFrom && this.search.value === '';
    const counted = values.map(({ value, count, label }) => ({
      value,
      count,
      name: facetValueName(this.facet, value, label),
    }));
    // What was chosen stays in sight although nobody has it any more.
    const gone = chosen
      .filter((value) => !values.some((each) => each.value === value))
      .map((value) => ({ value, count: 0, name: facetValueName(this.facet, value) }));
    const wanted = this.search.value.trim().toLowerCase();
    const shown = [...counted, ...gone].filter(({ name }) => name.toLowerCase().includes(wanted));
    this.list.replaceChildren(
      ...shown.map(({ value, count, name }) => this.createValue(value, name, count, chosen.includes(value))),
    );
    const boxes = this.boxes();
    const at = boxes.findIndex((box) => box.dataset['value'] === focused);
    boxes.forEach((box, index) => (box.tabIndex = index === Math.max(0, at) ? 0 : -1));
    if (at >= 0) boxes[at]?.focus();
    this.note.textContent = this.noteText(values.length, distinct, shown.length);
    this.note.hidden = this.note.textContent === '';
  }

  private noteText(listed: number, distinct: number, shown: number): string {
    if (distinct > listed) {
      return `The ${formatCount(listed)} most frequent of ${formatCount(distinct)} values. The filter field finds the others.`;
    }
    return shown === 0 ? (listed === 0 ? 'No user has a value here.' : 'No value matches.') : '';
  }

  private createValue(value: Cell, name: string, count: number, checked: boolean): HTMLElement {
    const box = createElement('input', {
      attributes: { type: 'checkbox', 'data-value': JSON.stringify(value) },
    });
    box.checked = checked;
    box.addEventListener('change', () => this.events.onToggle(this.facet, value, box.checked));
    return createElement('label', {
      class: 'facet-value',
      children: [
        box,
        createElement('span', {
          class: value === null ? 'facet-name muted' : 'facet-name',
          text: name,
          attributes: { title: name },
        }),
        createElement('span', { class: 'facet-count', text: formatCount(count) }),
      ],
    });
  }

  private boxes(): HTMLInputElement[] {
    return [...this.list.querySelectorAll('input')];
  }
}
