import * as vscode from 'vscode';
import type { Disposable } from '../../core/foundation/disposables';
import { toErrorRecord } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';

/** The extension's one log channel, created when the first line is written. */
export class LogChannel implements Logger, Disposable {
  private channel: vscode.LogOutputChannel | undefined;

  private get output(): vscode.LogOutputChannel {
    this.channel ??= vscode.window.createOutputChannel('License Manager for Microsoft 365', { log: true });
    return this.channel;
  }

  trace(message: string): void {
    this.output.trace(message);
  }

  debug(message: string): void {
    this.output.debug(message);
  }

  info(message: string): void {
    this.output.info(message);
  }

  warn(message: string): void {
    this.output.warn(message);
  }

  error(message: string, error?: unknown): void {
    if (error === undefined) this.output.error(message);
    else
      this.output.error(
        message,
        error instanceof Error ? (error.stack ?? error.message) : toErrorRecord(error).message,
      );
  }

  /** Brings the log to the front. */
  show(): void {
    this.output.show();
  }

  dispose(): void {
    this.channel?.dispose();
    this.channel = undefined;
  }
}
