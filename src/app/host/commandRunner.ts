import * as vscode from 'vscode';
import { isCancellation } from '../../core/foundation/abort';
import { isLicenseError, LicenseError } from '../../core/foundation/errors';
import { describeError } from './messages';
import type { LogChannel } from './log';

/** What a command handler gets: its argument as the caller gave it. */
export type CommandHandler = (argument: unknown) => Promise<object>;

/**
 * Registers commands behind one wrapper: it logs, shows the failure of what a person started with a next
 * step, and hands callers from code an `Error` whose message is the sentence and whose `reason` is the word.
 */
export class CommandRunner implements vscode.Disposable {
  private readonly registrations: vscode.Disposable[] = [];

  constructor(private readonly log: LogChannel) {}

  register(name: string, handler: CommandHandler): void {
    const id = `m365Licenses.${name}`;
    this.registrations.push(
      vscode.commands.registerCommand(id, async (argument: unknown) => {
        try {
          return await handler(argument);
        } catch (error) {
          return this.fail(name, argument, error);
        }
      }),
    );
  }

  /** A plain object comes from code, which gets the error; anything else is a person's click or palette call. */
  private fail(name: string, argument: unknown, error: unknown): undefined {
    const sentence = describeError(error);
    const cancelled = isCancellation(error);
    if (cancelled) this.log.info(`${name}: cancelled`);
    else this.log.error(`${name}: ${sentence}${detailsOf(error)}`, error);
    if (isArgumentObject(argument)) {
      const reason = isLicenseError(error) ? error.reason : 'unexpected';
      throw Object.assign(new Error(sentence), { reason });
    }
    if (!cancelled) void this.show(sentence, error);
    return undefined;
  }

  private async show(sentence: string, error: unknown): Promise<void> {
    const signIn = isLicenseError(error, 'signInRequired') ? ['Sign In'] : [];
    const choice = await vscode.window.showErrorMessage(sentence, ...signIn, 'Show Log');
    if (choice === 'Show Log') this.log.show();
    if (choice === 'Sign In' && isLicenseError(error)) {
      const connectionId = error.details['connectionId'];
      await vscode.commands.executeCommand(
        'm365Licenses.signIn',
        ...(typeof connectionId === 'string' ? [new InteractiveArgument({ connectionId })] : []),
      );
    }
  }

  dispose(): void {
    for (const registration of this.registrations.splice(0)) registration.dispose();
  }
}

/** A command argument that comes from a click in our own user interface: prompts and messages are welcome. */
export class InteractiveArgument {
  constructor(readonly fields: Readonly<Record<string, unknown>>) {}
}

/** True when a caller from code passed an argument object, so that nothing is asked that it already says. */
export function isArgumentObject(argument: unknown): argument is Record<string, unknown> {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    (Object.getPrototypeOf(argument) === Object.prototype || Object.getPrototypeOf(argument) === null)
  );
}

/** The fields of an argument: a plain object's own, an {@link InteractiveArgument}'s, none otherwise. */
export function argumentFields(argument: unknown): Record<string, unknown> {
  if (argument instanceof InteractiveArgument) return { ...argument.fields };
  if (isArgumentObject(argument)) return argument;
  return {};
}

/** The facts for the log. The claims of a challenge are for Entra ID alone. */
function detailsOf(error: unknown): string {
  if (!isLicenseError(error)) return '';
  const { claims: _, ...details } = error.details;
  return Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : '';
}

/** The failure of an argument that does not fit, in one sentence. */
export function invalidArgument(message: string): LicenseError {
  return new LicenseError('invalidArgument', message);
}
