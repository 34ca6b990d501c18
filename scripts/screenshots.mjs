// `npm run screenshots`: makes the pictures in docs/images from the real product, in the light and the dark theme.
import { installDependencies, root } from './prerequisites.mjs';

installDependencies();
const { buildForProduction, packageVsix } = await import('./vsix.mjs');
const { runToEnd } = await import('./processGroup.mjs');
await buildForProduction();
await packageVsix();
const { code } = await runToEnd(process.execPath, ['--require', 'tsx/cjs', 'test/e2e/takeScreenshots.ts'], {
  cwd: root,
  timeoutMs: 600_000,
});
process.exitCode = code ?? 1;
