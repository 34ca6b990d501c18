// Desktop VS Code, where there is one or one can be downloaded.
import { existsSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { canInstallPackages, installPackages, onPath } from './chromium.mjs';

const day = 86_400_000;

/** True when a window can be shown. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** The executable behind the `code` command on the PATH, if that is a desktop VS Code. */
export function installedVscode() {
  const command = onPath('code');
  if (command === undefined) return undefined;
  // …/bin/code is a script; the program lies beside `bin`, on macOS in another folder of the same application. A `code`
  // that belongs to a remote window or a server has no such program and is not taken.
  const bin = path.dirname(realpathSync(command));
  return [
    path.join(bin, '..', 'code'),
    path.join(bin, '..', 'Code.exe'),
    path.join(bin, '..', '..', '..', 'MacOS', 'Code'),
    path.join(bin, '..', '..', '..', 'MacOS', 'Electron'),
  ]
    .map((file) => path.normalize(file))
    .find((file) => existsSync(file) && statSync(file).isFile() && file !== realpathSync(command));
}

/** Whether Microsoft's download server answers. A "no" is remembered for a day, so that it costs its time-out once. */
async function canDownload() {
  const remembered = path.join(cacheFolder(), 'desktop-download-unreachable');
  if (existsSync(remembered) && Date.now() - statSync(remembered).mtimeMs < day) return false;
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(4_000),
    });
    if (answer.ok && Array.isArray(await answer.json())) {
      rmSync(remembered, { force: true });
      return true;
    }
  } catch {
    // Not reachable: the answer below.
  }
  mkdirSync(path.dirname(remembered), { recursive: true });
  writeFileSync(remembered, '');
  return false;
}

/**
 * The executable of a desktop VS Code, downloaded into the user's cache where that is possible; undefined where there is
 * none to be had. `VSCODE_HOST=served` or `desktop` decides it by hand.
 * @param {{ window: 'shown' | 'hidden' }} need A hidden window can do with a virtual display.
 * @returns {Promise<{ executable: string, launcher: readonly string[] } | undefined>}
 */
export async function provideDesktopVscode(need) {
  const wanted = process.env['VSCODE_HOST'];
  if (wanted === 'served') return undefined;
  if (wanted !== undefined && wanted !== '' && wanted !== 'desktop') {
    throw new Error(`VSCODE_HOST is “${wanted}”; it can be “desktop” or “served”.`);
  }
  // Electron refuses to run as root without flags that a person's window should not get.
  const shown = hasDisplay();
  if (!shown && need.window === 'shown') return undefined;
  const executable = installedVscode() ?? ((await canDownload()) ? await download() : undefined);
  if (executable === undefined) {
    if (wanted === 'desktop') throw new Error('VSCODE_HOST is “desktop”, but there is no desktop VS Code.');
    return undefined;
  }
  if (shown) return { executable, launcher: [] };
  if (onPath('xvfb-run') === undefined && canInstallPackages()) {
    installPackages([
      'xvfb',
      'xauth',
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
      'libxkbfile1',
      'libsecret-1-0',
    ]);
  }
  const virtualDisplay = onPath('xvfb-run');
  return virtualDisplay === undefined ? undefined : { executable, launcher: [virtualDisplay, '-a'] };
}

async function download() {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  const cachePath = path.join(cacheFolder(), 'desktop-vscode');
  console.log(`Providing desktop VS Code in ${cachePath}…`);
  return downloadAndUnzipVSCode({ cachePath, version: 'stable', reporter: new SilentReporter() });
}
