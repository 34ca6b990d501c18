// A Chromium for the tests that need a browser.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Finds a program on the PATH. @param {string} name */
export function onPath(name) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const extension of extensions) {
      const file = path.join(folder, name + extension);
      if (folder !== '' && isProgram(file)) return file;
    }
  }
  return undefined;
}

/** True when Debian packages can be installed. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** Installs Debian packages. @param {readonly string[]} names */
export function installPackages(names) {
  console.log(`Installing ${names.join(', ')} with apt-get…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const { status } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 900_000,
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed.`);
  }
}

/** Browsers that Playwright downloaded for another project, newest first. */
function playwrightBrowsers() {
  const folder =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    (process.platform === 'darwin'
      ? path.join(os.homedir(), 'Library', 'Caches', 'ms-playwright')
      : process.platform === 'win32'
        ? path.join(process.env['LOCALAPPDATA'] ?? '', 'ms-playwright')
        : path.join(os.homedir(), '.cache', 'ms-playwright'));
  if (!existsSync(folder)) return [];
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  const onMac = 'Contents/MacOS/';
  inside.push(`chrome-mac/Chromium.app/${onMac}Chromium`, `chrome-mac-arm64/Chromium.app/${onMac}Chromium`);
  return readdirSync(folder)
    .filter((entry) => entry.startsWith('chromium-'))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((entry) => inside.map((file) => path.join(folder, entry, file)));
}

/** Where Chrome, Chromium and Edge are installed without being on the PATH. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  return [process.env['ProgramFiles'], process.env['ProgramFiles(x86)']].flatMap((folder) =>
    folder === undefined
      ? []
      : [
          path.join(folder, 'Google/Chrome/Application/chrome.exe'),
          path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ],
  );
}

function findChromium() {
  const given = process.env['CHROME_PATH'];
  if (given) {
    if (!isProgram(given)) throw new Error(`CHROME_PATH is ${given}, which is not a program.`);
    return given;
  }
  for (const name of [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'msedge',
  ]) {
    const file = onPath(name);
    if (file !== undefined) return file;
  }
  return [...usualPlaces(), ...playwrightBrowsers()].find(isProgram);
}

/** Path of a Chromium; installs Debian's where none is found and that is possible. @returns {string} */
export function provideChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstallPackages()) {
    installPackages(['chromium']);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium was found. Install Chromium or Chrome, or set CHROME_PATH to one; `npx playwright-core install chromium` does as well.',
  );
}
