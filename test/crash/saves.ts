/** Every third save is of a connection; the others are imports. */
export function isConnectionSave(save: number): boolean {
  return save % 3 === 0;
}
