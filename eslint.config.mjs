import tseslint from 'typescript-eslint';

/** Imports go one way: shared <- core <- app <- extension.ts; shared <- webview; the sample stands alone. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});
const noVscode = { group: ['vscode'], message: "Only src/app and src/extension.ts import 'vscode'." };
const notFrom = (folder, why) => ({ regex: `^(\\.{1,2}/)+(.*/)?${folder}(/|$)`, message: why });

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '**/*.d.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json', './test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: forbid(
      noVscode,
      notFrom('(core|app|sample|webview)', 'src/shared imports nothing of the other layers.'),
    ),
  },
  {
    files: ['src/core/**/*.ts'],
    rules: forbid(noVscode, notFrom('(app|sample|webview)', 'src/core imports only src/shared and itself.')),
  },
  {
    files: ['src/sample/**/*.ts'],
    rules: forbid(noVscode, notFrom('(app|webview)', 'The sample tenant imports nothing of app or webview.')),
  },
  {
    files: ['src/app/**/*.ts'],
    rules: forbid(notFrom('webview', 'The host talks to webviews by messages only.')),
  },
  {
    files: ['webview/**/*.ts'],
    rules: forbid(
      noVscode,
      notFrom('(core|app|sample)', 'A webview imports only src/shared and its own code.'),
      { group: ['node:*', 'fs', 'path'], message: 'A webview has no Node.' },
    ),
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', 'esbuild.js', '*.mjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
