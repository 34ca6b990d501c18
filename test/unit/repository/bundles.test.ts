import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.resolve(__dirname, '..', '..', '..');
const { nodeOptions } = createRequire(__filename)(path.join(root, 'esbuild.js')) as {
  nodeOptions: esbuild.BuildOptions;
};

/** Packages in a bundle, by the bundle's name, as esbuild accounts for them. */
async function bundles(): Promise<Map<string, { packages: Set<string>; sources: string[] }>> {
  const { metafile } = await esbuild.build({
    ...nodeOptions,
    absWorkingDir: root,
    write: false,
    metafile: true,
    minify: true,
    sourcemap: false,
  });
  assert.ok(metafile);
  return new Map(
    Object.entries(metafile.outputs).map(([file, output]) => {
      const inputs = Object.keys(output.inputs);
      const packages = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
      const sources = inputs.filter((input) => !input.includes('node_modules/'));
      return [path.basename(file), { packages: new Set(packages), sources }];
    }),
  );
}

describe('Bundles', () => {
  let found: Awaited<ReturnType<typeof bundles>>;

  before(async () => {
    found = await bundles();
  });

  const packagesOf = (name: string): string[] => [...(found.get(name)?.packages ?? [])].sort();

  it('load nothing at activation that is for later', () => {
    assert.ok(found.has('extension.js'));
    const heavy = [
      '@azure/msal-node',
      '@azure/msal-common',
      'axios',
      'sql.js',
      'csv-stringify',
      'node-forge',
    ];
    assert.deepEqual(
      packagesOf('extension.js').filter((name) => heavy.includes(name)),
      [],
    );
  });

  it('keep the sign-in and HTTP libraries in the bundle that is loaded at first use', () => {
    for (const name of ['@azure/msal-node', 'axios']) {
      assert.ok(packagesOf('cloudServices.js').includes(name), `${name} is not in cloudServices.js`);
    }
    assert.ok(!packagesOf('cloudServices.js').includes('sql.js'));
  });

  it('keep what reads PKCS#12 files in the bundle that is loaded for such a file', () => {
    const holders = [...found].filter(([, { packages }]) => packages.has('node-forge'));
    assert.deepEqual(
      holders.map(([name]) => name).filter((name) => name.endsWith('.js')),
      ['certificateFile.js'],
    );
  });

  it('keep SQLite in the worker of the store alone', () => {
    assert.ok(packagesOf('storeWorker.js').includes('sql.js'));
    const others = [...found].filter(([name]) => name !== 'storeWorker.js' && name.endsWith('.js'));
    assert.deepEqual(
      others.filter(([, { packages }]) => packages.has('sql.js')).map(([name]) => name),
      [],
    );
  });

  it('keep the sample tenant out of what signs in and imports', () => {
    for (const name of ['cloudServices.js', 'httpWorker.js', 'storeWorker.js']) {
      const sample = found.get(name)?.sources.filter((file) => file.startsWith('src/sample/'));
      assert.deepEqual(sample, [], name);
    }
  });
});
