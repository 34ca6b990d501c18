import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { renameOver, syncFolder, temporaryPathFor } from '../store/atomicFile';
import { errnoOf } from '../store/fileErrors';

/**
 * Writes pieces of text as one UTF-8 file: to a temporary file beside the target, renamed when it is complete, so
 * that what was there stays until then. The event loop gets a turn after every piece.
 * @throws `invalidArgument` for a relative path, `fileNotWritable`, `cancelled`
 */
export async function writeText(file: string, pieces: Iterable<string>, signal?: AbortSignal): Promise<void> {
  if (!path.isAbsolute(file)) {
    throw new LicenseError(
      'invalidArgument',
      `“${file}” is not an absolute path. Give the whole path of the file.`,
    );
  }
  const temporary = temporaryPathFor(file);
  try {
    const handle = await fs.open(temporary, 'wx');
    try {
      for (const piece of pieces) {
        throwIfAborted(signal);
        await handle.writeFile(piece, 'utf8');
        await nextTurn();
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    renameOver(temporary, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    await fs.rm(temporary, { force: true });
    const errno = errnoOf(error);
    if (isLicenseError(error) || errno === null) throw error;
    throw new LicenseError('fileNotWritable', `The file can't be written (${errno}).`, { path: file, errno });
  }
}
