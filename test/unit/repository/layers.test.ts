import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { ESLint } from 'eslint';

const root = path.resolve(__dirname, '..', '..', '..');

/** An import that the rules refuse, or allow, in a file of a layer. The file must be one that exists. */
interface Case {
  readonly file: string;
  readonly imports: string;
  readonly allowed: boolean;
}

const cases: readonly Case[] = [
  { file: 'src/core/foundation/errors.ts', imports: 'vscode', allowed: false },
  { file: 'src/core/foundation/errors.ts', imports: '../../app/compose', allowed: false },
  { file: 'src/core/foundation/errors.ts', imports: '../../sample/sampleOptions', allowed: false },
  { file: 'src/core/foundation/errors.ts', imports: '../../../webview/grid/columns', allowed: false },
  { file: 'src/core/foundation/errors.ts', imports: '../../shared/rpc', allowed: true },
  { file: 'src/core/foundation/errors.ts', imports: '../model/connection', allowed: true },
  { file: 'src/shared/rpc.ts', imports: 'vscode', allowed: false },
  { file: 'src/shared/rpc.ts', imports: '../core/model/connection', allowed: false },
  { file: 'src/shared/rpc.ts', imports: '../app/compose', allowed: false },
  { file: 'src/shared/rpc.ts', imports: '../sample/sampleOptions', allowed: false },
  { file: 'src/shared/rpc.ts', imports: '../../webview/grid/columns', allowed: false },
  { file: 'src/shared/rpc.ts', imports: './viewRows', allowed: true },
  { file: 'src/sample/sampleOptions.ts', imports: 'vscode', allowed: false },
  { file: 'src/sample/sampleOptions.ts', imports: '../app/compose', allowed: false },
  { file: 'src/sample/sampleOptions.ts', imports: '../../webview/grid/columns', allowed: false },
  { file: 'src/app/compose.ts', imports: 'vscode', allowed: true },
  { file: 'src/app/compose.ts', imports: '../core/model/connection', allowed: true },
  { file: 'src/app/compose.ts', imports: '../../webview/grid/columns', allowed: false },
  { file: 'src/extension.ts', imports: 'vscode', allowed: true },
  { file: 'webview/grid/columns.ts', imports: 'vscode', allowed: false },
  { file: 'webview/grid/columns.ts', imports: '../../src/core/model/connection', allowed: false },
  { file: 'webview/grid/columns.ts', imports: '../../src/app/compose', allowed: false },
  { file: 'webview/grid/columns.ts', imports: '../../src/sample/sampleOptions', allowed: false },
  { file: 'webview/grid/columns.ts', imports: 'node:fs', allowed: false },
  { file: 'webview/grid/columns.ts', imports: '../../src/shared/viewRows', allowed: true },
];

describe('Layers', function () {
  this.timeout(60_000);
  // Only the import rule is asked, on text that is not on disk: no types are needed.
  const eslint = new ESLint({
    cwd: root,
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
    overrideConfig: { languageOptions: { parserOptions: { project: null } } },
  });

  for (const { file, imports, allowed } of cases) {
    it(`${file} ${allowed ? 'may' : 'may not'} import ${imports}`, async () => {
      const code = `import * as thing from '${imports}';\nexport const kept = thing;\n`;
      const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
      assert.ok(result);
      assert.deepEqual(
        result.messages.map(({ ruleId }) => ruleId),
        allowed ? [] : ['no-restricted-imports'],
      );
    });
  }
});
