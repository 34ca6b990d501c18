import type { Frame, Page } from 'playwright-core';
import { eventually } from './patience';
import type { Workbench } from './workbench';

/** Somebody who has a keyboard and no mouse: keys go to whatever has the focus, and nothing is ever clicked. */
export class KeyboardPerson {
  private readonly page: Page;

  constructor(private readonly workbench: Workbench) {
    this.page = workbench.page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts in a whole text at once, where typing letter by letter would be answered letter by letter. */
  async paste(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Runs a command by its full title in the palette. */
  async command(title: string): Promise<void> {
    const { quickInput } = this.workbench;
    const first = this.page.locator('.quick-input-widget .monaco-list-row.focused');
    await eventually(`the command “${title}”`, async () => {
      if (!(await quickInput.input.isVisible())) await this.press('F1');
      await quickInput.input.waitFor({ timeout: 2_000 });
      await this.press('Control+a');
      await this.type(`>${title}`);
      await first.filter({ hasText: title }).waitFor({ timeout: 2_000 });
      return true;
    });
    await this.press('Enter');
    await quickInput.closed();
  }

  /** Goes down the tree until the row with the focus matches. */
  async goToTreeRow(text: string | RegExp, most = 60): Promise<void> {
    const focused = this.page.locator('.part.sidebar .customview-tree .monaco-list-row.focused');
    await this.press('Home');
    for (let step = 0; step < most; step += 1) {
      const label = (await focused.count()) === 0 ? '' : await focused.first().innerText();
      if (typeof text === 'string' ? label.includes(text) : text.test(label)) return;
      await this.press('ArrowDown');
    }
    throw new Error(`No row of the tree says ${String(text)}.`);
  }

  /** Waits for a page of ours, and for the focus to be in it: it comes by itself when the page opens. */
  async opened(label: string): Promise<Frame> {
    const frame = await this.workbench.webview(label);
    try {
      await eventually(`the focus in “${label}”`, () => frame.evaluate(() => document.hasFocus()), 5_000);
    } catch {
      await this.command('View: Focus Active Editor Group');
      await eventually(`the focus in “${label}”`, () => frame.evaluate(() => document.hasFocus()));
    }
    return frame;
  }

  /**
   * Presses a key until the element with the focus has this name (its label, or its text) or matches this selector.
   * @param key `Tab`, or an arrow within a list
   */
  async goTo(
    frame: Frame,
    target: { readonly name?: string | RegExp; readonly selector?: string },
    key = 'Tab',
    most = 80,
  ): Promise<void> {
    const passed: string[] = [];
    for (let step = 0; step <= most; step += 1) {
      const { name, matches } = await frame.evaluate((selector) => {
        let element = document.activeElement === document.body ? null : document.activeElement;
        const host = element;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const text = [host, element]
          .map(
            (one) =>
              one?.getAttribute('aria-label') ||
              (one as HTMLElement | null)?.innerText ||
              one?.textContent ||
              '',
          )
          .find((one) => one.trim() !== '');
        return {
          name: (text ?? '').replace(/\s+/g, ' ').trim(),
          matches: selector !== '' && host?.matches(selector) === true,
        };
      }, target.selector ?? '');
      const named =
        target.name !== undefined &&
        (typeof target.name === 'string' ? name === target.name : target.name.test(name));
      if (matches || named) return;
      passed.push(name.slice(0, 40));
      await this.press(key);
    }
    throw new Error(
      `Pressing ${key} does not lead to ${JSON.stringify({ ...target, name: String(target.name) })}: ${passed.join(' → ')}`,
    );
  }
}
