import type { Locator, Page } from 'playwright-core';

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

  /** Picks the entry that has exactly this label. */
  async choose(label: string): Promise<void> {
    const name = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    await this.widget
      .getByRole('option', { name: new RegExp(`^${name}(,|$)`) })
      .first()
      .click();
    await this.closed();
  }

  /** Accepts what is entered. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }
}
