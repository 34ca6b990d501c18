import type { Frame, Locator } from 'playwright-core';
import { eventually } from './patience';
import type { Workbench } from './workbench';

/** The Users Roster as it is on screen. */
export class RosterPage {
  private constructor(readonly frame: Frame) {}

  static async of(workbench: Workbench): Promise<RosterPage> {
    const page = new RosterPage(await workbench.webview('Users'));
    await page.grid.waitFor();
    return page;
  }

  get grid(): Locator {
    return this.frame.getByRole('grid', { name: 'Users' });
  }

  async filter(text: string): Promise<void> {
    const field = this.frame.getByRole('search').getByRole('textbox');
    await field.fill(text);
  }

  /** Waits for the sentence that tells how many users there are. */
  async count(pattern: RegExp): Promise<string> {
    const count = this.frame.locator('.toolbar .count');
    return eventually(`the count ${String(pattern)}`, async () => {
      const text = (await count.textContent()) ?? '';
      return pattern.test(text) ? text : undefined;
    });
  }

  header(title: string): Locator {
    return this.grid.getByRole('columnheader', { name: title });
  }

  /** Clicks a header until the column is sorted as wanted. */
  async sort(title: string, direction: 'ascending' | 'descending'): Promise<void> {
    const header = this.header(title);
    for (let clicks = 0; clicks < 2; clicks += 1) {
      if ((await header.getAttribute('aria-sort')) === direction) break;
      await header.click();
      await eventually(`${title} sorted`, async () => (await header.getAttribute('aria-sort')) !== null);
    }
    await eventually(
      `${title} sorted ${direction}`,
      async () => (await header.getAttribute('aria-sort')) === direction,
    );
  }

  /** Text of a column in the rows on screen, top to bottom, once all of them are loaded. */
  async columnTexts(title: string, wanted: number): Promise<string[]> {
    const index = await this.header(title).getAttribute('aria-colindex');
    return eventually(`${wanted} rows`, async () => {
      const rows = await this.grid.locator('.grid-body [role=row]:not(.placeholder)').evaluateAll(
        (elements, column) =>
          elements.map((element) => ({
            row: Number(element.getAttribute('aria-rowindex')),
            text: element.querySelector(`[aria-colindex="${column}"]`)?.textContent ?? '',
          })),
        index,
      );
      const texts = rows.sort((a, b) => a.row - b.row).slice(0, wanted);
      return texts.length === wanted && texts[0]?.row === 2 ? texts.map(({ text }) => text) : undefined;
    });
  }

  /** Exports the users on screen, with the columns on screen or with all. */
  async exportCsv(columns: 'As Shown' | 'All Columns'): Promise<void> {
    await this.frame.getByRole('button', { name: 'Export CSV' }).click();
    await this.frame.getByRole('menuitem', { name: columns }).click();
  }
}
