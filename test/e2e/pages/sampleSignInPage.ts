import type { BrowserContext } from 'playwright-core';

/** Enters a device code on the sample tenant's page in another tab and approves, as a person would. */
export async function approveDeviceCode(context: BrowserContext, url: string, code: string): Promise<void> {
  const tab = await context.newPage();
  try {
    await tab.goto(url);
    await tab.getByRole('textbox').fill(code);
    await tab.getByRole('button', { name: 'Next' }).click();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByRole('heading', { name: 'You are signed in' }).waitFor();
  } finally {
    await tab.close();
  }
}
