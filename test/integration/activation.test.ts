import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';

const extensionId = 'license-manager.m365-license-manager';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('Activation', () => {
  const found = vscode.extensions.getExtension(extensionId);

  it('finds the extension in the host', () => {
    assert.ok(found, `${extensionId} is not there`);
  });

  it('loads one bundle and none of the parts that are for later', async () => {
    assert.ok(found);
    await found.activate();
    assert.equal(found.isActive, true);
    const dist = path.join(found.extensionPath, 'dist');
    const loaded = Object.keys(require.cache)
      .filter((file) => file.startsWith(dist + path.sep))
      .map((file) => path.relative(dist, file));
    assert.deepEqual(loaded, ['extension.js']);
  });

  it('registers every command of the manifest', async () => {
    assert.ok(found);
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared = (found.packageJSON as Manifest).contributes.commands.map(({ command }) => command);
    assert.ok(declared.length > 0);
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });
});
