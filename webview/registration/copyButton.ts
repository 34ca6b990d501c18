import { createIconButton } from '../common/iconButton';

/** A small button beside something that is to be pasted elsewhere. @param what what is copied, for its name */
export function createCopyButton(what: string, onClick: () => void): HTMLElement {
  return createIconButton('copy', `Copy ${what}`, onClick);
}
