import { isLicenseError, type LicenseError } from '../foundation/errors';
import type { ImportResult } from '../model/importRecords';
import type { ImportEnd, ImportSession } from '../store/store';
import type { ImportRequest } from './importRequest';

/**
 * Commits an import. When the file can't be written (a full disk, a folder that is read-only), what was read stays in
 * memory and a person is asked whether to try again, if there is one to ask; otherwise it is dropped.
 */
export async function commitWithRetry(
  session: ImportSession,
  end: ImportEnd,
  request: Pick<ImportRequest, 'onNotWritable' | 'signal'>,
): Promise<ImportResult> {
  for (;;) {
    try {
      return await session.commit(end);
    } catch (error) {
      const again =
        isLicenseError(error, 'storeNotWritable') &&
        (await wantsToRetry(error, request.onNotWritable, request.signal));
      if (again) continue;
      // The tenant's lease goes back; the history can't be written either, as a rule.
      await session.discard({ ...end, status: 'failed', datasets: [] }).catch(() => undefined);
      throw error;
    }
  }
}

async function wantsToRetry(
  error: LicenseError,
  ask: ImportRequest['onNotWritable'],
  signal: AbortSignal,
): Promise<boolean> {
  if (ask === undefined || signal.aborted) return false;
  let onAbort = (): void => undefined;
  const aborted = new Promise<false>((resolve) => {
    onAbort = () => resolve(false);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([ask(error), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
