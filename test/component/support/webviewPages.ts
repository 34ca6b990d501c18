import type { Browser } from 'playwright-core';
import type { RpcContract } from '../../../src/shared/rpc';
import { launchChromium } from './chromium';
import { WebviewPage, type OpenPageOptions } from './webviewPage';
import { WebviewServer } from './webviewServer';

/** Opens a page; it is closed after the test. */
export type OpenPage = <C extends RpcContract>(options: OpenPageOptions<C>) => Promise<WebviewPage<C>>;

/** Gives the surrounding `describe` a browser and the built pages, and closes after each test what it opened. */
export function withWebviewPages(): OpenPage {
  let browser: Browser | undefined;
  let server: WebviewServer | undefined;
  let opened: { close(): Promise<void> }[] = [];
  before(async () => {
    server = await WebviewServer.start();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async () => {
    const pages = opened;
    opened = [];
    for (const page of pages) await page.close();
  });
  return async <C extends RpcContract>(options: OpenPageOptions<C>): Promise<WebviewPage<C>> => {
    if (browser === undefined || server === undefined) throw new Error('Pages are opened in tests only.');
    const page = await WebviewPage.open<C>(browser, server, options);
    opened.push(page);
    return page;
  };
}
