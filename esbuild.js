// Builds every bundle of the extension. `--production` minifies, `--watch` rebuilds on change.
'use strict';
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const root = __dirname;
const dist = path.join(root, 'dist');

/** Source modules that become bundles of their own, loaded only when first needed. */
const lazyBundles = {
  cloudServices: 'src/core/cloudServices.ts',
  certificateFile: 'src/core/identity/certificateFile.ts',
};

/** Leaves `import('…/cloudServices')` as a run-time import of the separate bundle. */
const lazyBundlePlugin = {
  name: 'lazy-bundles',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    const targets = new Map(
      Object.entries(lazyBundles).map(([name, file]) => [path.join(root, file).replace(/\.ts$/, ''), name]),
    );
    build.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const name = targets.get(path.resolve(args.resolveDir, args.path));
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

/** Tells the watch task of VS Code when a build begins and ends. */
const reportPlugin = {
  name: 'report',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onStart(() => {
      if (watch) console.log('[watch] build started');
    });
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (watch) console.log('[watch] build finished');
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  logLevel: watch ? 'silent' : 'warning',
  metafile: true,
  plugins: [lazyBundlePlugin, reportPlugin],
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  outdir: dist,
  entryPoints: {
    extension: 'src/extension.ts',
    ...lazyBundles,
    storeWorker: 'src/core/store/storeWorker.ts',
    httpWorker: 'src/core/graph/httpWorker.ts',
    sampleWorker: 'src/sample/sampleWorker.ts',
  },
};

/** @type {import('esbuild').BuildOptions} */
const webview = {
  ...common,
  platform: 'browser',
  format: 'esm',
  target: 'chrome120',
  splitting: true,
  outdir: path.join(dist, 'webview'),
  entryPoints: {
    roster: 'webview/roster/main.ts',
    user: 'webview/user/main.ts',
    reconciliation: 'webview/reconciliation/main.ts',
    connection: 'webview/connection/main.ts',
    doctor: 'webview/doctor/main.ts',
    registration: 'webview/registration/main.ts',
    license: 'webview/license/main.ts',
    activity: 'webview/activity/main.ts',
  },
};

/** Leaves out entries whose source does not exist, so that a slice can be built while another is written. */
function existing(/** @type {import('esbuild').BuildOptions} */ options) {
  const entryPoints = Object.fromEntries(
    Object.entries(/** @type {Record<string, string>} */ (options.entryPoints)).filter(([, file]) =>
      fs.existsSync(path.join(root, file)),
    ),
  );
  return { ...options, entryPoints };
}

function copyAssets() {
  fs.mkdirSync(path.join(dist, 'webview'), { recursive: true });
  fs.copyFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'), path.join(dist, 'sql-wasm.wasm'));
  for (const file of ['codicon.css', 'codicon.ttf']) {
    fs.copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), path.join(dist, 'webview', file));
  }
}

async function main() {
  if (!watch) fs.rmSync(dist, { recursive: true, force: true });
  copyAssets();
  const options = [node, webview].map(existing).filter((o) => Object.keys(o.entryPoints).length > 0);
  if (watch) {
    for (const context of await Promise.all(options.map((o) => esbuild.context(o)))) await context.watch();
  } else {
    await Promise.all(options.map((o) => esbuild.build(o)));
  }
}

module.exports = { nodeOptions: node, webviewOptions: webview };

// The tests read the options to see what goes into which bundle.
if (require.main === module) main().catch(() => process.exit(1));
