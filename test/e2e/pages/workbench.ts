import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { keepOnThisMachine } from '../../support/browser.mjs';
import { windowUrl, type VscodeHost } from '../../support/vscodeHost.mjs';
import { eventually } from './patience';
import { QuickInput } from './quickInput';
import { TreeView } from './treeView';

/** Options of a window. */
export interface WorkbenchOptions {
  readonly folder?: string;
  readonly width?: number;
  readonly height?: number;
}

/** One window of VS Code, driven as a person would: by what is on screen and by the keyboard. */
export class Workbench {
  readonly quickInput: QuickInput;
  /** Error messages and policy violations that webviews of this window wrote to the console. */
  readonly webviewProblems: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.quickInput = new QuickInput(page);
  }

  static async open(
    browser: Browser,
    host: VscodeHost,
    { folder, width = 1400, height = 900 }: WorkbenchOptions = {},
  ): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await keepOnThisMachine(context);
    const workbench = new Workbench(context, await context.newPage());
    workbench.watchWebviews();
    await workbench.page.goto(windowUrl(host, folder === undefined ? {} : { folder }));
    await workbench.ready();
    return workbench;
  }

  /** Reloads the window by its command, which lets the workbench save its state first. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.quickInput.runCommand('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 });
    // The extension host is up when the status bar no longer says that it is being reached.
    await this.page.locator('.part.statusbar').waitFor();
  }

  private watchWebviews(): void {
    this.page.on('console', (message) => {
      const { url, lineNumber } = message.location();
      // The workbench logs there what it and the extension host have to say; documents of webviews come from elsewhere.
      if (message.type() !== 'error' || isOfWorkbench(url) || isMissingInServer(message.text(), url)) return;
      this.webviewProblems.push(`${message.text()} (${url}:${lineNumber})`);
    });
    this.page.on('pageerror', (error) => {
      const text = error.stack ?? error.message;
      if (!isOfWorkbench(text)) this.webviewProblems.push(text);
    });
  }

  /** Opens a view container by its name in the activity bar. */
  async openContainer(title: string): Promise<void> {
    const tab = this.activityBarItem(title);
    await tab.waitFor();
    // A window that is being restored may open the container by itself; a click then closes it again.
    await eventually(`the container “${title}”`, async () => {
      if ((await tab.getAttribute('aria-expanded')) === 'true') return true;
      await tab.click();
      await this.sideBarTitle(title).waitFor({ timeout: 3_000 });
      return true;
    });
  }

  /** Drags the border of the side bar until it is this wide, in CSS pixels. */
  async resizeSideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('The side bar is not open.');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
  }

  activityBarItem(title: string): Locator {
    return this.page.locator('.part.activitybar').getByRole('tab', { name: title });
  }

  private sideBarTitle(title: string): Locator {
    return this.page.locator('.part.sidebar .title-label').filter({ hasText: title });
  }

  /** The welcome content of the view that is open in the side bar. */
  get welcomeView(): Locator {
    return this.page.locator('.part.sidebar .welcome-view-content');
  }

  welcomeButton(name: string): Locator {
    return this.page.locator('.part.sidebar .welcome-view').getByRole('button', { name, exact: true });
  }

  tree(): TreeView {
    return new TreeView(this.page.locator('.part.sidebar .customview-tree').first());
  }

  /** Runs a command by its full title in the palette. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** Notification whose text contains `text`. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-toast').filter({ hasText: text });
  }

  /** Clicks a button of a notification, and waits until it is gone: the same question may come again. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const notification = this.notification(text);
    const asked = await notification.elementHandle();
    await notification.getByRole('button', { name: button }).click();
    await asked?.waitForElementState('hidden');
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page
      .locator('.notifications-toasts .notification-toast')
      .first()
      .waitFor({ state: 'detached' });
  }

  /** The modal dialog on screen. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** The content of the open webview whose main region has this name. */
  webview(label: string): Promise<Frame> {
    return eventually(`the page “${label}”`, async () => {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame() || frame.isDetached()) continue;
        const main = frame.locator(`main[aria-label="${label}"]:not(.loading)`);
        if ((await main.count()) > 0 && (await main.isVisible())) return frame;
      }
      return undefined;
    });
  }

  /** The tab of an editor. */
  editorTab(title: string | RegExp): Locator {
    return this.page.locator('.part.editor .tabs-container').getByRole('tab', { name: title });
  }

  async closeAllEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.locator('.part.editor .tabs-container [role=tab]').first().waitFor({ state: 'detached' });
  }
}

/** True for the workbench's own script, and for its extension gallery, which cannot be reached from a test. */
function isOfWorkbench(origin: string): boolean {
  return (
    /\/vs\/code\/browser\/workbench\/workbench\.js/.test(origin) ||
    /^https:\/\/(?!.*vscode-cdn\.net)/.test(origin)
  );
}

/** True for files that the server does not have and the workbench does without, such as its service worker. */
function isMissingInServer(text: string, url: string): boolean {
  if (/^A bad HTTP response code \(404\) was received when fetching the script/.test(text)) return true;
  return (
    /^Failed to load resource/.test(text) &&
    !/\/webview\/browser\/pre\/|vscode-cdn\.net|vscode-resource/.test(url)
  );
}
