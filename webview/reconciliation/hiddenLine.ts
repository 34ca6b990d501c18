import type { HiddenLicenses } from '../../src/shared/reconciliationContract';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatCount, money } from '../common/displayFormats';
import { createNumber } from './figures';

/** How many licenses are in no number, and what they cost, with the choice to show them; null when there is none. */
export function createHiddenLine(
  hidden: HiddenLicenses,
  showHidden: boolean,
  onToggle: (show: boolean) => void,
): HTMLElement | null {
  const count = hidden.retired + hidden.unmanaged;
  if (count === 0 && hidden.excludedFromAlerts === 0) return null;
  const children: Node[] = [];
  if (count > 0) children.push(createElement('span', { children: hiddenText(hidden, count) }));
  if (hidden.excludedFromAlerts > 0) {
    const text = formatCount(hidden.excludedFromAlerts);
    const number = createNumber('hidden.excludedFromAlerts', hidden.excludedFromAlerts, text);
    children.push(createElement('span', { children: [number, ' excluded from alerts only'] }));
  }
  if (count > 0) {
    const box = createElement('input', { attributes: { type: 'checkbox', id: 'show-hidden' } });
    box.checked = showHidden;
    box.addEventListener('change', () => onToggle(box.checked));
    children.push(
      createElement('label', { class: 'check', children: [box, 'Show them, counted in nothing'] }),
    );
  }
  return createElement('div', { class: 'hidden-line', children: [createIcon('eye-closed'), ...children] });
}

function hiddenText(hidden: HiddenLicenses, count: number): (Node | string)[] {
  const parts: (Node | string)[] = [
    createNumber('hidden.licenses', count, countOf(count, 'license')),
    ' hidden, in no number: ',
    createNumber('hidden.retired', hidden.retired, formatCount(hidden.retired)),
    ' retired, ',
    createNumber('hidden.unmanaged', hidden.unmanaged, formatCount(hidden.unmanaged)),
    ' not managed; ',
  ];
  const lowerBound = hidden.costUnknown > 0;
  if (hidden.costs.length === 0) parts.push(lowerBound ? 'cost unknown' : 'no cost');
  hidden.costs.forEach(({ currency, monthlyMinor, annualMinor }, index) => {
    parts.push(
      index > 0 ? ' + ' : '',
      createNumber(
        `hidden.annual.${currency}`,
        annualMinor,
        money(annualMinor, currency, { lowerBound }),
        !lowerBound,
      ),
      ' a year (',
      createNumber(
        `hidden.monthly.${currency}`,
        monthlyMinor,
        money(monthlyMinor, currency, { lowerBound }),
        !lowerBound,
      ),
      ' a month)',
    );
  });
  return parts;
}
