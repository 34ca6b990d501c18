import { createElement, createHiddenText } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { countText, percentOf, spokenCount, type WorthyCount } from './activityWords';

/** What a cell shows and what it leads to. */
export interface CountCell {
  readonly count: WorthyCount;
  /** People of whom the count is a share; null to show none. */
  readonly of: number | null;
  /** Whom the link opens, as read aloud: `Exchange, active in the last 30 days`. */
  readonly what: string;
  /** Why the count is not exact; null where it is. */
  readonly reason: string | null;
  readonly onOpen: () => void;
}

/** A count that opens the people behind it, with its share of all. */
export function createCountCell({ count, of, what, reason, onOpen }: CountCell): HTMLElement {
  const text = countText(count);
  const percent = of === null || count.worth === 'unknown' ? null : percentOf(count.value, of);
  const share = createElement('span', {
    class: 'share',
    text: percent === null ? '' : `${formatCount(percent)}%`,
  });
  if (count.worth === 'unknown' || count.value === 0) {
    return createElement('span', {
      class: 'count-cell',
      attributes: { title: reason ?? undefined },
      children: [
        createElement('span', {
          class: 'muted',
          text,
          attributes: count.worth === 'unknown' ? { 'aria-hidden': 'true' } : {},
        }),
        ...(count.worth === 'unknown' ? [createHiddenText('unknown')] : []),
        share,
      ],
    });
  }
  const button = createElement('button', {
    class: 'link',
    text,
    attributes: {
      type: 'button',
      title: reason ?? undefined,
      'aria-description': `${what}: ${spokenCount(count)}. Opens them in the Users Roster.`,
    },
  });
  button.addEventListener('click', onOpen);
  return createElement('span', { class: 'count-cell', children: [button, share] });
}
