import { createElement, createIcon } from '../common/createElement';
import { createUnknown } from '../common/unknownValue';
import type { VerdictLook } from '../common/verdictWords';

/** A name and what is known; null is unknown. */
export type Fact = readonly [name: string, value: string | null];

let sections = 0;

/** A part of the page with a heading; a wide one takes the whole width. */
export function createUserSection(title: string, body: HTMLElement, wide = false): HTMLElement {
  const id = `part${++sections}`;
  return createElement('section', {
    class: wide ? 'user-section wide' : 'user-section',
    attributes: { 'aria-labelledby': id },
    children: [createElement('h2', { text: title, attributes: { id } }), body],
  });
}

/** A headline of the summary: a title, what holds, and a sentence about it. */
export function createTile(title: string, value: string, note: string, look?: VerdictLook): HTMLElement {
  return createElement('section', {
    class: 'tile',
    attributes: { 'aria-label': title },
    children: [
      createElement('h2', { text: title }),
      createElement('p', {
        class: 'tile-value',
        children: [
          ...(look === undefined || look.icon === '' ? [] : [createIcon(look.icon, `tone-${look.tone}`)]),
          value,
        ],
      }),
      createElement('p', { class: 'tile-note', text: note }),
    ],
  });
}

/** Names and values in two columns. */
export function createFacts(facts: readonly Fact[]): HTMLElement {
  return createElement('dl', {
    class: 'facts',
    children: facts.flatMap(([name, value]) => [
      createElement('dt', { text: name }),
      createElement('dd', { children: [value ?? createUnknown()] }),
    ]),
  });
}

/** Yes, no, or null for unknown. */
export function flagWord(value: unknown): string | null {
  return value === 1 ? 'Yes' : value === 0 ? 'No' : null;
}
