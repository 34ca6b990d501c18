// Packages the extension through vsce.
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packagedReadme } from './packagedReadme.mjs';
import { root } from './prerequisites.mjs';
import { runToEnd } from './processGroup.mjs';

/** Bytes. */
export const vsixSizeLimit = 2_500_000;

/** Runs the production build. */
export async function buildForProduction() {
  const { code } = await runToEnd(process.execPath, ['esbuild.js', '--production'], {
    cwd: root,
    timeoutMs: 300_000,
  });
  if (code !== 0) throw new Error('The build failed.');
}

/** The files that belong into the package, as `.vscodeignore` has them. @returns {Promise<string[]>} */
export async function packagedFiles() {
  const { listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  return files.sort();
}

/**
 * Packages what lies in `dist/`. vsce works on a copy of the files, so that the packaged README and manifest can leave
 * out what only the repository needs.
 * @param {{ file?: string, verbose?: boolean }} [options]
 * @returns {Promise<string>} Path of the VSIX.
 */
export async function packageVsix(options = {}) {
  const { createVSIX } = await import('@vscode/vsce');
  const out = path.join(root, 'out');
  const file = options.file ?? path.join(out, 'm365-license-manager.vsix');
  const copy = path.join(out, 'package');
  rmSync(copy, { recursive: true, force: true });
  rmSync(file, { force: true });
  mkdirSync(path.dirname(file), { recursive: true });

  const files = await packagedFiles();
  for (const entry of files) cpSync(path.join(root, entry), path.join(copy, entry));
  /** @type {Record<string, unknown>} */
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packaged = Object.fromEntries(
    Object.entries(manifest).filter(([key]) => !['scripts', 'devDependencies', 'private'].includes(key)),
  );
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(packaged, undefined, 2));
  const readme = packagedReadme(readFileSync(path.join(root, 'README.md'), 'utf8'));
  writeFileSync(path.join(copy, 'README.md'), readme);

  // vsce says so when it finds none.
  cpSync(path.join(root, '.vscodeignore'), path.join(copy, '.vscodeignore'));
  await createVSIX({
    cwd: copy,
    packagePath: file,
    // Everything is bundled.
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  if (options.verbose) {
    for (const entry of files)
      console.log(`${String(statSync(path.join(copy, entry)).size).padStart(10)}  ${entry}`);
  }
  const { size } = statSync(file);
  console.log(`${path.relative(root, file)}: ${files.length} files, ${size.toLocaleString('en-US')} bytes`);
  if (size > vsixSizeLimit) {
    throw new Error(
      `The VSIX has ${size.toLocaleString('en-US')} bytes; the limit is ${vsixSizeLimit.toLocaleString('en-US')}.`,
    );
  }
  return file;
}
