import { isLicenseError, LicenseError } from '../foundation/errors';
import { errnoOf } from './fileErrors';

/** The folder or the file can't be written; nothing stored is lost and the same call may be repeated. */
export function storeNotWritable(path: string, cause: unknown): LicenseError {
  if (isLicenseError(cause)) return cause;
  const errno = errnoOf(cause) ?? 'unknown';
  return new LicenseError('storeNotWritable', `The data file can't be written (${errno}).`, { path, errno });
}

/** The file is no database, or a broken one. It is left as it is. @param backup path of the previous generation */
export function storeDamaged(file: string, why: string, backup: string | null): LicenseError {
  return new LicenseError('storeDamaged', `The data file is damaged: ${why}`, { file, why, backup });
}

/** The file comes from a newer version of the extension: it can be read, not written. */
export function storeNewer(file: string, schemaVersion: number, known: number): LicenseError {
  return new LicenseError('storeNewer', 'The data file was written by a newer version of the extension.', {
    file,
    schemaVersion,
    knownSchemaVersion: known,
  });
}
