import type { Locator } from 'playwright-core';
import { eventually } from './patience';

/** A tree in the side bar. Rows that do not fit on screen are not in the document. */
export class TreeView {
  constructor(private readonly root: Locator) {}

  /** The first row whose label and description match. */
  row(text: string | RegExp): Locator {
    return this.root.locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  rows(): Locator {
    return this.root.locator('.monaco-list-row');
  }

  /** Label and description of every row on screen, top to bottom. */
  async texts(): Promise<string[]> {
    const rows = await this.rows().evaluateAll((elements) =>
      elements.map((element) => ({
        index: Number(element.getAttribute('data-index')),
        text: [...element.querySelectorAll('.label-name, .label-description')]
          .map((part) => part.textContent)
          .join(' | '),
      })),
    );
    return rows.sort((a, b) => a.index - b.index).map(({ text }) => text);
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false')
      await row.locator('.monaco-tl-twistie').click();
  }

  /** Clicks an inline action, which shows when the mouse is over the row. */
  async runInlineAction(text: string | RegExp, action: string): Promise<void> {
    const row = this.row(text);
    const button = row.locator('.actions').getByRole('button', { name: action });
    // A tree that is being filled moves its rows away from under the mouse, and the action with them.
    await eventually(`the action “${action}”`, async () => {
      const before = await this.texts();
      await row.hover({ timeout: 3_000 });
      await button.waitFor({ timeout: 1_000 });
      // Long enough for rows that are on their way.
      await new Promise((resolve) => setTimeout(resolve, 300));
      if ((await this.texts()).join('\n') !== before.join('\n')) return false;
      await button.click({ timeout: 1_000 });
      return true;
    });
  }
}
