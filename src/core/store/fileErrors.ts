/** The code of a file system error (`ENOENT`, `EACCES` …), or null. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** True for a file system error with one of the codes. */
export function isErrno(error: unknown, ...codes: string[]): boolean {
  const code = errnoOf(error);
  return code !== null && codes.includes(code);
}

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread; only for the store's worker, whose thread serves nobody else meanwhile. @param ms milliseconds */
export function waitBriefly(ms: number): void {
  Atomics.wait(neverNotified, 0, 0, ms);
}
