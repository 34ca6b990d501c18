import * as v from 'valibot';
import * as vscode from 'vscode';
import type { EvaluationSettings } from '../../core/model/evaluation';
import { usualNoticeDays } from '../../core/model/term';

const section = 'm365Licenses';
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730));

/** How to sign in: `auto` takes the browser where the extension runs on the person's own machine. */
export type SignInMethod = 'auto' | 'browser' | 'deviceCode';

/** A value of the settings file; anything that is not what the manifest allows falls back to the default. */
function read<T>(key: string, schema: v.GenericSchema<unknown, T>, fallback: T): T {
  const result = v.safeParse(schema, vscode.workspace.getConfiguration(section).get(key));
  return result.success ? result.output : fallback;
}

/** Thresholds of the verdicts and of dates, in days. */
export function evaluationSettings(): EvaluationSettings {
  return {
    inactivityDays: read('inactivity.days', days, 30),
    graceDays: read('inactivity.graceDays', days, 30),
    noticeDays: read('renewal.noticeDays', days, usualNoticeDays),
  };
}

/** The `m365Licenses.signIn.method` setting. */
export function signInMethod(): SignInMethod {
  return read('signIn.method', v.picklist(['auto', 'browser', 'deviceCode']), 'auto');
}

/** How many parts of an import are read side by side. */
export function importConcurrency(): number {
  return read('import.maxConcurrency', v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)), 4);
}

/** Whether CSV files start with a UTF-8 byte order mark. */
export function exportByteOrderMark(): boolean {
  return read('export.byteOrderMark', v.boolean(), false);
}

/** Client ID that replaces the preset of the multi-tenant app; null when not set. */
export function multiTenantClientId(): string | null {
  return read('multiTenantApp.clientId', v.pipe(v.string(), v.trim(), v.uuid()), '') || null;
}

/** Fires when one of the settings that change verdicts or findings has changed. */
export function onDidChangeEvaluationSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (
      event.affectsConfiguration(`${section}.inactivity`) ||
      event.affectsConfiguration(`${section}.renewal`)
    ) {
      listener();
    }
  });
}

/** Whether people's names are replaced by pseudonyms on screen and in exports. */
export function pseudonymsSetting(): boolean {
  return read('privacy.pseudonyms', v.boolean(), false);
}

/** Writes the `m365Licenses.privacy.pseudonyms` setting for all windows. */
export async function savePseudonymsSetting(on: boolean): Promise<void> {
  await vscode.workspace
    .getConfiguration(section)
    .update('privacy.pseudonyms', on, vscode.ConfigurationTarget.Global);
}

/** Fires when the setting that hides names has changed. */
export function onDidChangePseudonyms(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.privacy.pseudonyms`)) listener();
  });
}
