import type { Page } from 'playwright-core';

/** Enters a device code on the sample tenant's page and approves, as a person would. */
export async function approveDeviceCode(tab: Page, code: string): Promise<void> {
  await tab.getByRole('textbox').fill(code);
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.getByRole('button', { name: 'Continue' }).click();
  await tab.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await tab.close();
}
