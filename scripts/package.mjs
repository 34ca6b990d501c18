// `npm run package`: builds for production and makes the VSIX in `out/`. Fails when it grows too large.
import { installDependencies } from './prerequisites.mjs';

installDependencies();
const { buildForProduction, packageVsix } = await import('./vsix.mjs');
try {
  await buildForProduction();
  await packageVsix({ verbose: true });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
