import { isLicenseError, LicenseError } from './errors';

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LicenseError('cancelled', 'The operation was cancelled.');
}

/** True when an operation ended because someone asked it to. */
export function isCancellation(error: unknown): boolean {
  return (
    isLicenseError(error, 'cancelled') ||
    isLicenseError(error, 'signInCancelled') ||
    (error instanceof Error && (error.name === 'AbortError' || error.name === 'CanceledError'))
  );
}

/** Waits; rejects with `cancelled` as soon as the signal is aborted. @param ms milliseconds */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new LicenseError('cancelled', 'The operation was cancelled.'));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new LicenseError('cancelled', 'The operation was cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise, or `cancelled` as soon as the signal is aborted; for calls that may not watch a signal themselves. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new LicenseError('cancelled', 'The operation was cancelled.'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
