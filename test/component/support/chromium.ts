import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Starts the system's Chromium. Its absence is an error, never a reason to skip. */
export async function launchChromium(): Promise<Browser> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  const found = [
    process.env['CHROMIUM'],
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
  ].find((file) => file !== undefined && existsSync(file));
  if (found === undefined) {
    throw new Error(`No Chromium found (${names.join(', ')} on the PATH, or its path in CHROMIUM).`);
  }
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
