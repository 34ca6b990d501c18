// Where large tools are kept that are not dependencies of the product, so that a fresh clone need not fetch them again.
import os from 'node:os';
import path from 'node:path';

/** The per-user cache folder; `M365_LICENSES_CACHE` moves it. */
export function cacheFolder() {
  const given = process.env['M365_LICENSES_CACHE'];
  if (given) return path.resolve(given);
  const name = 'm365-license-manager';
  switch (process.platform) {
    case 'win32':
      return path.join(process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), name);
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Caches', name);
    default:
      return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), name);
  }
}
