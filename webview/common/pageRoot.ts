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
  document.getElementById('loader')?.remove();
  pageRoot().classList.remove('loading');
}
