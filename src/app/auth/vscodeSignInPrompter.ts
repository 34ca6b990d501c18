import * as vscode from 'vscode';
import type { DeviceCodePrompt, SignInPrompter } from '../../core/identity/identity';

/** How the device code is shown: in a dialog to a person, in the progress alone to a caller from code. */
export interface PrompterOptions {
  readonly connectionName: string;
  readonly interactive: boolean;
  readonly progress: vscode.Progress<{ message?: string }>;
}

const copyAndOpen = 'Copy Code and Open Page';

/**
 * Shows sign-in steps with VS Code's own means. The code and its page stay readable in the progress
 * notification until the sign-in is over, also when the dialog has been closed.
 */
export function createVscodeSignInPrompter(options: PrompterOptions): SignInPrompter {
  return {
    showDeviceCode: (prompt) => {
      options.progress.report({ message: `enter the code ${prompt.userCode} at ${prompt.verificationUri}` });
      if (options.interactive) void showDialog(options.connectionName, prompt);
    },
    openBrowser: async (url) => {
      options.progress.report({ message: 'waiting for the browser…' });
      return vscode.env.openExternal(vscode.Uri.parse(url, true));
    },
    askForRedirect: (redirectUri, signal) => askForRedirect(options.connectionName, redirectUri, signal),
  };
}

/**
 * Asks for the address on which the browser ended. It holds a code that is good for one sign-in within minutes and
 * only together with what this sign-in alone knows; it is neither logged nor kept.
 */
async function askForRedirect(
  connectionName: string,
  redirectUri: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await vscode.window.showInputBox(
      {
        title: `Sign in to “${connectionName}”`,
        prompt:
          'Sign in in the browser. It ends on an empty page: copy the whole address of that page and paste it here.',
        placeHolder: `${redirectUri}?code=…`,
        ignoreFocusOut: true,
        validateInput: (text) => redirectProblem(text.trim(), redirectUri),
      },
      cancellation.token,
    );
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

function redirectProblem(text: string, redirectUri: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith(redirectUri)) return `The address must begin with ${redirectUri}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.searchParams.has('code') || url?.searchParams.has('error')
    ? undefined
    : 'This is not the whole address: the answer of the sign-in is missing.';
}

async function showDialog(connectionName: string, prompt: DeviceCodePrompt): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    `Your sign-in code is ${prompt.userCode}`,
    {
      modal: true,
      detail: `To sign in “${connectionName}”, enter this code at ${prompt.verificationUri}. Only continue if you started this sign-in yourself.`,
    },
    copyAndOpen,
  );
  if (choice !== copyAndOpen) return;
  await vscode.env.clipboard.writeText(prompt.userCode);
  await vscode.env.openExternal(vscode.Uri.parse(prompt.verificationUri, true));
}

/** True when a browser on the person's machine can reach a listener of this extension host. */
export function isHostLocal(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}
