import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/foundation/disposables';
import type { SecretVault } from '../../core/identity/identity';
import { onDidChangePseudonyms, pseudonymsSetting, savePseudonymsSetting } from './settings';

const vaultKey = 'privacy/pseudonymKey';

/** What readers of people's names must know. */
export interface HiddenNames {
  /** True while names are replaced on screen and in exports. */
  readonly isOn: boolean;
  /** The key of the pseudonyms while names are hidden, else null. It must not reach a page, a file or the log. */
  key(): Promise<string | null>;
  readonly onDidChange: vscode.Event<void>;
}

/**
 * The mode in which names of people are replaced by pseudonyms, with the entry in the status bar that shows that it
 * is on. The key is made at first use and stays, so that a person has the same pseudonym in every file of this
 * machine.
 */
export class PseudonymMode implements HiddenNames, Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private readonly statusBarItem: vscode.StatusBarItem;
  private loading: Promise<string> | undefined;
  private on = pseudonymsSetting();

  readonly onDidChange = this.changes.event;

  constructor(private readonly vault: SecretVault) {
    this.statusBarItem = vscode.window.createStatusBarItem(
      'm365Licenses.pseudonyms',
      vscode.StatusBarAlignment.Right,
    );
    this.statusBarItem.name = 'M365 Licenses: Pseudonyms';
    this.statusBarItem.text = '$(eye-closed) Names Hidden';
    this.statusBarItem.tooltip =
      'M365 Licenses shows and exports pseudonyms in place of people’s names. Click to show names again.';
    this.statusBarItem.accessibilityInformation = {
      label: 'M365 Licenses: names of people are hidden. Press to show them again.',
      role: 'button',
    };
    this.statusBarItem.command = 'm365Licenses.togglePseudonyms';
    this.subscription = onDidChangePseudonyms(() => this.update());
    this.showWhetherOn();
  }

  get isOn(): boolean {
    return this.on;
  }

  async key(): Promise<string | null> {
    if (!this.on) return null;
    this.loading ??= this.loadKey().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Switches the setting. Readers are told before it resolves. */
  async set(on: boolean): Promise<void> {
    await savePseudonymsSetting(on);
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
    this.statusBarItem.dispose();
    this.changes.dispose();
  }

  private update(): void {
    const on = pseudonymsSetting();
    if (on === this.on) return;
    this.on = on;
    this.showWhetherOn();
    this.changes.fire();
  }

  private showWhetherOn(): void {
    if (this.on) this.statusBarItem.show();
    else this.statusBarItem.hide();
  }

  private async loadKey(): Promise<string> {
    const kept = await this.vault.get(vaultKey);
    if (kept !== undefined) return kept;
    await this.vault.set(vaultKey, randomBytes(32).toString('base64url'));
    // Another window may have made one at the same time; what is kept now is everybody's.
    const key = await this.vault.get(vaultKey);
    if (key === undefined) throw new Error('The secret storage does not keep the key of the pseudonyms.');
    return key;
  }
}
