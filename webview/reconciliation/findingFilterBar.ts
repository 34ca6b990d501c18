import { findingKinds, findingTitle } from '../../src/shared/findingWords';
import type { FindingFilter } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { severities } from './findingColumns';

/** Which kinds and how urgent; the lists are the browser's own, which every screen reader knows. */
export class FindingFilterBar {
  readonly element: HTMLElement;
  private readonly kind: HTMLSelectElement;
  private readonly severity: HTMLSelectElement;
  private readonly count = createElement('span', { class: 'count' });

  constructor(onChange: (filter: FindingFilter) => void) {
    const changed = (): void =>
      onChange({ kind: this.kind.value || null, severity: this.severity.value || null });
    this.kind = createElement('select', { attributes: { id: 'finding-kind' } });
    this.severity = createElement('select', { attributes: { id: 'finding-severity' } });
    this.severity.append(option('', 'Any'), ...severities.map(({ value, label }) => option(value, label)));
    this.kind.addEventListener('change', changed);
    this.severity.addEventListener('change', changed);
    this.element = createElement('div', {
      class: 'toolbar',
      children: [
        label('finding-kind', 'Kind', this.kind),
        label('finding-severity', 'Urgency', this.severity),
        this.count,
      ],
    });
  }

  /** @param present kinds that there are */
  show(filter: FindingFilter, present: ReadonlySet<string>, count: string): void {
    const kinds = [...new Set([...findingKinds, ...present])].filter(
      (kind) => present.has(kind) || kind === filter.kind,
    );
    this.kind.replaceChildren(option('', 'All'), ...kinds.map((kind) => option(kind, findingTitle(kind))));
    this.kind.value = filter.kind ?? '';
    this.severity.value = filter.severity ?? '';
    this.count.textContent = count;
  }
}

function option(value: string, text: string): HTMLOptionElement {
  return createElement('option', { text, attributes: { value } });
}

function label(id: string, text: string, control: HTMLElement): HTMLElement {
  return createElement('span', {
    class: 'labelled',
    children: [createElement('label', { text, attributes: { for: id } }), control],
  });
}
