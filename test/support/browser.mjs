// A Chromium driven by Playwright, prepared for VS Code's workbench.
import { chromium } from 'playwright-core';
import { provideChromium } from '../../scripts/chromium.mjs';

/** Starts Chromium. @returns {Promise<import('playwright-core').Browser>} */
export function launchChromium() {
  return chromium.launch({
    executablePath: provideChromium(),
    headless: true,
    args: [
      // Chromium's own sandbox does not work for root, as which build machines often run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Small in containers; the workbench needs more.
      '--disable-dev-shm-usage',
    ],
  });
}

/**
 * Refuses every request that would leave this machine: the workbench asks for its extension gallery at start, and a
 * test must not depend on what is out there.
 * @param {import('playwright-core').BrowserContext} context
 */
export async function keepOnThisMachine(context) {
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && !isLoopback(url.hostname),
    (route) => route.abort('internetdisconnected'),
  );
}

/** @param {string} host */
function isLoopback(host) {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]';
}
