import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './patience';

/** The input at the top of the window: command palette, picks, prompts and the file dialogs. */
export class QuickInput {
  private readonly widget: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
  }

  get input(): Locator {
    return this.widget.locator('.quick-input-filter input');
  }

  async openPalette(): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.input.waitFor();
  }

  async waitFor(): Promise<void> {
    await this.input.waitFor();
  }

  async fill(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Runs a command by its full title. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette();
    const option = this.option(title);
    await eventually(`the command “${title}”`, async () => {
      // The palette lists what is there when something is typed: an extension that is still being read comes later.
      await this.fill('>');
      await this.fill(`>${title}`);
      await option.waitFor({ timeout: 2_000 });
      return true;
    });
    await option.click();
    await option.waitFor({ state: 'detached' });
  }

  /** Picks the entry that has exactly this label. */
  async choose(label: string): Promise<void> {
    await this.option(label).click();
  }

  private option(label: string): Locator {
    const name = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.widget.getByRole('option', { name: new RegExp(`^${name}(,|$)`) }).first();
  }

  /** Answers the workbench's own save dialog with an absolute path. */
  async saveAs(file: string): Promise<void> {
    await this.input.waitFor();
    // The dialog writes its proposal when it has read the folder, over what is there.
    await eventually('the proposed file', async () =>
      (await this.input.inputValue()).includes(path.extname(file)),
    );
    // While the dialog still looks at the path it takes no Enter, and says so to nobody.
    await eventually('the dialog to take the path', async () => {
      if (await this.widget.isHidden()) return true;
      if ((await this.input.inputValue()) !== file) await this.input.fill(file);
      await this.accept();
      await this.widget.waitFor({ state: 'hidden', timeout: 3_000 });
      return true;
    });
  }

  /** Accepts what is entered. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }
}
