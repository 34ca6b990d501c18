import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { RpcServer, type RpcMethods } from '../../../src/app/panels/rpcServer';
import { describeError } from '../../../src/app/host/messages';
import { silentLogger } from '../../../src/core/foundation/logger';
import type { RpcContract } from '../../../src/shared/rpc';
import { themes, type ThemeName } from './themes';
import type { WebviewServer } from './webviewServer';

/** How a page is opened. */
export interface OpenPageOptions<C extends RpcContract> {
  readonly page:
    'roster' | 'user' | 'reconciliation' | 'connection' | 'doctor' | 'registration' | 'license' | 'activity';
  readonly methods: RpcMethods<C>;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Saved state, as after a window reload. */
  readonly state?: object;
  readonly forcedColors?: boolean;
  /** True while people's names are replaced, which the page shows. */
  readonly namesHidden?: boolean;
  readonly beforeLoad?: (server: RpcServer<C>) => void;
}

/** A page of ours in Chromium with our own host behind it: the real protocol on both sides. */
export class WebviewPage<C extends RpcContract> {
  readonly problems: string[] = [];

  private constructor(
    readonly page: Page,
    readonly host: RpcServer<C>,
  ) {}

  static async open<C extends RpcContract>(
    browser: Browser,
    server: WebviewServer,
    options: OpenPageOptions<C>,
  ): Promise<WebviewPage<C>> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1100, height: options.height ?? 700 },
      reducedMotion: 'reduce',
      ...(options.forcedColors === true && { forcedColors: 'active' as const }),
    });
    const page = await context.newPage();
    const listeners = new Set<(message: unknown) => unknown>();
    await page.exposeFunction('sendToHost', (message: unknown) => {
      for (const listener of listeners) listener(message);
    });
    const host = new RpcServer<C>(
      {
        postMessage: async (message) => {
          await page.evaluate((m) => window.postMessage(m, '*'), message);
          return true;
        },
        onDidReceiveMessage: (listener) => {
          listeners.add(listener);
          return { dispose: () => listeners.delete(listener) };
        },
      },
      options.methods,
      { logger: silentLogger, describeError },
    );
    const opened = new WebviewPage<C>(page, host);
    page.on('console', (message) => {
      if (message.type() === 'error') opened.problems.push(message.text());
    });
    page.on('pageerror', (error) => opened.problems.push(error.message));
    // esbuild, which runs these tests, marks functions with this helper; the page does not have it.
    await page.addInitScript('globalThis.__name = (value) => value;');
    await page.addInitScript(imitateHost, { theme: themes[options.theme ?? 'dark'], state: options.state });
    options.beforeLoad?.(host);
    const names = options.namesHidden === true ? '?names=hidden' : '';
    await page.goto(`${server.origin}/pages/${options.page}${names}`);
    try {
      await page.waitForSelector('#app:not(.loading)', { timeout: 10_000 });
    } catch (error) {
      throw new Error(`The page did not appear: ${opened.problems.join('; ')}`, { cause: error });
    }
    return opened;
  }

  /**
   * Serious and critical findings of axe, as `rule: target`.
   * @param within selector of the part to look at; everything when left out
   */
  async accessibilityFindings(within?: string): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(
      (part) =>
        (window as unknown as { axe: typeof axe }).axe.run(part ?? document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          rules: {
            // axe reads the theme's colors, while with forced colors the browser paints with the system's.
            'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches },
          },
        }),
      within,
    );
    return violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
      .flatMap((violation) =>
        violation.nodes.map(
          (node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`,
        ),
      );
  }

  /** What the page saved last. */
  state(): Promise<unknown> {
    return this.page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown);
  }

  /** Closes the page; anything on the console and any violation of the policy is a failure. */
  async close(): Promise<void> {
    this.host.dispose();
    const violations = await this.page.evaluate(
      () => (window as unknown as { violations: string[] }).violations,
    );
    await this.page.context().close();
    assert.deepEqual([...this.problems, ...violations], []);
  }
}

interface Imitation {
  readonly theme: { readonly kind: string; readonly colors: Readonly<Record<string, string>> };
  readonly state: object | undefined;
}

/** Runs in the page before anything else: what VS Code's webview frame gives a page. */
function imitateHost({ theme, state }: Imitation): void {
  const violations: string[] = [];
  const target = window as unknown as {
    violations: string[];
    sendToHost: (message: unknown) => void;
    acquireVsCodeApi: () => object;
  };
  target.violations = violations;
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
  if (state !== undefined && sessionStorage.getItem('state') === null) {
    sessionStorage.setItem('state', JSON.stringify(state));
  }
  target.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => target.sendToHost(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
    setState: (value: unknown) => sessionStorage.setItem('state', JSON.stringify(value)),
  });
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    for (const [name, value] of Object.entries(theme.colors)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.documentElement.style.setProperty(
      'scrollbar-color',
      'var(--vscode-scrollbarSlider-background) transparent',
    );
    document.body.classList.add(theme.kind);
    document.body.dataset['vscodeThemeKind'] = theme.kind;
  });
}
