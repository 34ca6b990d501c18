import { createElement, createIcon } from './createElement';

/**
 * The document has a loader over a page that is laid out but not yet seen, so that it can measure itself and
 * scroll to where a person was. The page takes over once it has content.
 */
export function pageRoot(): HTMLElement {
  const root = document.getElementById('app');
  if (root === null) throw new Error('The document has no element for the page.');
  return root;
}

/** Shows the page in place of the loader. */
export function revealPage(): void {
  showNamesBadge();
  document.getElementById('loader')?.remove();
  pageRoot().classList.remove('loading');
}

/** Says in the head of the page that people's names are replaced, while they are; also in a head that is made anew. */
function showNamesBadge(): void {
  if (document.documentElement.dataset['names'] !== 'hidden') return;
  const badge = createElement('p', {
    class: 'names-badge',
    attributes: {
      title: 'Pseudonyms stand for people’s names. “Toggle Pseudonyms” shows the names again.',
    },
    children: [createIcon('eye-closed'), createElement('span', { text: 'Names hidden' })],
  });
  const place = (): void => {
    if (!badge.isConnected) document.querySelector('.page-head h1')?.after(badge);
  };
  place();
  new MutationObserver(place).observe(pageRoot(), { childList: true, subtree: true });
}
