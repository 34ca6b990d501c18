import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { packagedReadme } from '../../../scripts/packagedReadme.mjs';

const root = path.resolve(__dirname, '..', '..', '..');

describe('Package', () => {
  it('holds what the product needs, and nothing else', async () => {
    assert.ok(existsSync(path.join(root, 'dist', 'extension.js')), 'npm run build first');
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const expected = [
      /^package(\.nls)?\.json$/,
      /^(README|CHANGELOG)\.md$/,
      /^LICENSE$/,
      /^dist\/[\w-]+\.js$/,
      /^dist\/sql-wasm\.wasm$/,
      /^dist\/webview\/[\w-]+\.(js|css|ttf)$/,
      /^media\/[\w/-]+\.(svg|png)$/,
    ];
    assert.deepEqual(
      files.filter((file) => !expected.some((pattern) => pattern.test(file))),
      [],
    );
    const needed = [
      ...['package.json', 'package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media/icon.png'],
      ...['extension', 'cloudServices', 'certificateFile', 'httpWorker', 'storeWorker', 'sampleWorker'].map(
        (name) => `dist/${name}.js`,
      ),
      ...['roster', 'reconciliation'].flatMap((name) => [
        `dist/webview/${name}.js`,
        `dist/webview/${name}.css`,
      ]),
      ...['dist/sql-wasm.wasm', 'dist/webview/codicon.css', 'dist/webview/codicon.ttf'],
    ];
    assert.deepEqual(
      needed.filter((file) => !files.includes(file)),
      [],
    );
  });

  it('has a README without what only the repository has', () => {
    const readme = packagedReadme(readFileSync(path.join(root, 'README.md'), 'utf8'));
    assert.match(readme, /^# License Manager for Microsoft 365/);
    assert.doesNotMatch(readme, /!\[[^\]]*\]\((?!https:)/);
    assert.doesNotMatch(readme, /\]\((?!https?:|#|mailto:|command:)/);
  });
});

describe('Packaged README', () => {
  it('leaves out pictures with their tables and keeps the rest', () => {
    const text = packagedReadme(
      '# Title\n\nSee [the docs](docs/a.md) and [the web](https://example.com).\n\n![Picture](docs/p.png)\n\n| A |\n| - |\n| ![B](b.png) |\n\nEnd.\n',
    );
    assert.equal(text, '# Title\n\nSee the docs and [the web](https://example.com).\n\nEnd.\n');
  });
});
