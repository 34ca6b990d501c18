// `npm run build:integration`: what the launch configuration “Integration Tests” needs.
import { installDependencies } from './prerequisites.mjs';

installDependencies();
const { buildForProduction, packageVsix } = await import('./vsix.mjs');
const { bundleIntegrationTests } = await import('../test/integration/runner.mjs');
await buildForProduction();
await packageVsix();
await bundleIntegrationTests();
