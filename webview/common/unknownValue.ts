import { createElement, createHiddenText } from './createElement';

/** A value that is not known: a dash for the eye, a word for the ear. */
export function createUnknown(): HTMLElement {
  return createElement('span', {
    class: 'muted',
    attributes: { title: 'unknown' },
    children: [
      createElement('span', { text: '–', attributes: { 'aria-hidden': 'true' } }),
      createHiddenText('unknown'),
    ],
  });
}
