/**
 * Waits until `probe` gives a value other than undefined, null or false. Pages are polled, never slept on.
 * Rejects with the last error of the probe, or a sentence that says what was waited for.
 */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | null | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${timeoutMs / 1000} s`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
