import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { isLicenseError, LicenseError } from '../../core/foundation/errors';
import type { Recovery, RecoveryChoice, Store } from '../../core/store/store';
import type { LogChannel } from './log';

/**
 * Explains a damaged data file and what can be done about it, and does what the person chooses. Says so when the
 * file is not damaged.
 * @param wanted the choice of a caller from code, which is asked nothing
 * @throws `cancelled`, and what the store throws
 */
export async function recoverDataFile(
  store: Store,
  log: LogChannel,
  wanted?: RecoveryChoice,
): Promise<Recovery | undefined> {
  const damage = await damageOf(store);
  if (damage === undefined) {
    if (wanted === undefined) {
      void vscode.window.showInformationMessage('The data file is in order; there is nothing to recover.');
    }
    return undefined;
  }
  const choice = wanted ?? (await ask(damage));
  const recovery = await store.recover(choice);
  log.info(`The damaged data file is kept as ${recovery.damagedFile ?? 'it was'}.`);
  if (wanted === undefined) void showOutcome(choice, recovery);
  return recovery;
}

interface Damage {
  readonly file: string;
  readonly why: string;
  readonly backup: string | null;
}

async function damageOf(store: Store): Promise<Damage | undefined> {
  try {
    await store.open();
    return undefined;
  } catch (error) {
    if (!isLicenseError(error, 'storeDamaged')) throw error;
    const { file, why, backup } = error.details;
    return {
      file: String(file),
      why: String(why),
      backup: typeof backup === 'string' ? backup : null,
    };
  }
}

async function ask(damage: Damage): Promise<RecoveryChoice> {
  const restore = 'Go On with the Previous State';
  const empty = 'Begin with an Empty File';
  const backup = damage.backup === null ? null : await describeFile(damage.backup);
  const choices = backup === null ? [empty] : [restore, empty];
  const choice = await vscode.window.showWarningMessage(
    'The data file is damaged.',
    {
      modal: true,
      detail: [
        `What was found: ${damage.why}`,
        `The file: ${(await describeFile(damage.file)) ?? damage.file}`,
        backup === null
          ? 'There is no previous state to go back to.'
          : `The previous state, from before the last change: ${backup}`,
        'Either way the damaged file is kept beside the new one under another name. After an empty start, add the connections again and import; secrets and sign-ins are stored elsewhere.',
      ].join('\n\n'),
    },
    ...choices,
  );
  if (choice === undefined) throw new LicenseError('cancelled', 'Nothing was recovered.');
  return choice === restore ? 'backup' : 'empty';
}

/** Name, size and date of a file; null when there is none. */
async function describeFile(file: string): Promise<string | null> {
  try {
    const { size, mtime } = await fs.stat(file);
    return `${path.basename(file)}, ${size.toLocaleString()} bytes, written ${mtime.toLocaleString()}`;
  } catch {
    return null;
  }
}

async function showOutcome(choice: RecoveryChoice, recovery: Recovery): Promise<void> {
  const kept = [recovery.damagedFile, recovery.backupFile].filter((file) => file !== null);
  const names = kept.map((file) => path.basename(file)).join(' and ');
  const copy = 'Copy Path';
  const answer = await vscode.window.showInformationMessage(
    choice === 'backup'
      ? `The previous state is back; import again to bring it up to date. The damaged file is kept as ${names}.`
      : `There is a new, empty data file. What was there before is kept as ${names}.`,
    ...(kept.length > 0 ? [copy] : []),
  );
  if (answer === copy) await vscode.env.clipboard.writeText(kept.join('\n'));
}
