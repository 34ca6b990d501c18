import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import {
  accountKinds,
  longestMark,
  markKinds,
  patternProblem,
  type AccountPattern,
  type MarkKind,
  type PatternField,
} from '../../core/model/accountMarks';
import type { AccountMarks } from '../../core/store/accountMarks';
import { markTitle } from '../../shared/markWords';
import { previewText } from './markText';

const details: Readonly<Record<MarkKind, string>> = {
  serviceAccount: 'Scripts, scanners, applications: its licenses stay, its use is not judged',
  sharedMailbox: 'Needs no license up to 50 GB without an archive; says so where it has one',
  room: 'A room’s mailbox: needs no license up to 50 GB without an archive',
  equipment: 'A mailbox of equipment: needs no license up to 50 GB without an archive',
  other: 'Anything else that is not a person',
  person: 'A person, whatever patterns and mailbox reports say',
};

/** Asks what accounts are. */
export async function askKind<K extends MarkKind>(title: string, kinds: readonly K[]): Promise<K> {
  const picked = await vscode.window.showQuickPick(
    kinds.map((mark) => ({ label: markTitle(mark), detail: details[mark], mark })),
    { title, placeHolder: 'What is it?', matchOnDetail: true },
  );
  if (picked === undefined) throw nothingChanged();
  return picked.mark;
}

/** Asks what single accounts are, and why. */
export async function askMark(
  title: string,
): Promise<{ readonly kind: MarkKind; readonly reason: string | null }> {
  const kind = await askKind(title, markKinds);
  return { kind, reason: await askReason(`${title}: ${markTitle(kind)}`) };
}

/** Asks why; it can be left open. */
export async function askReason(title: string): Promise<string | null> {
  const answer = await vscode.window.showInputBox({
    title,
    prompt: 'Why? Others will see it (optional)',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim().length > longestMark.reason
        ? `Enter at most ${longestMark.reason} characters.`
        : undefined,
  });
  if (answer === undefined) throw nothingChanged();
  return answer.trim() || null;
}

/** Asks for a pattern, saying at every keystroke whom it fits, and for what its accounts are. */
export async function askPattern(
  marks: Pick<AccountMarks, 'previewPattern'>,
  tenant: { readonly tenantId: string; readonly displayName: string },
  namesHidden: boolean,
): Promise<AccountPattern> {
  const field = await askField(tenant.displayName);
  const isName = field === 'displayName';
  const typed = await vscode.window.showInputBox({
    title: `${tenant.displayName}: Mark Accounts by Pattern`,
    prompt: isName
      ? '* stands for any text. Users who come later are marked as well.'
      : '* stands for any text; without an @ only what is before it counts. Users who come later are marked as well.',
    placeHolder: isName ? 'Meeting room *' : 'svc-*',
    ignoreFocusOut: true,
    validateInput: async (value) => {
      const problem = patternProblem(value);
      if (problem !== null) return problemMessage(value, problem);
      try {
        const preview = await marks.previewPattern(tenant.tenantId, { field, pattern: value });
        return {
          message: previewText(preview, namesHidden),
          severity: preview.active > 0 ? severity.Warning : severity.Info,
        };
      } catch {
        // What is wrong is said when the pattern is kept.
        return undefined;
      }
    },
  });
  if (typed === undefined) throw nothingChanged();
  const pattern = typed.trim();
  const title = `${tenant.displayName}: ${pattern}`;
  const kind = await askKind(title, accountKinds);
  return { field, pattern, kind, reason: await askReason(title) };
}

const severity = vscode.InputBoxValidationSeverity;

function problemMessage(
  value: string,
  problem: NonNullable<ReturnType<typeof patternProblem>>,
): vscode.InputBoxValidationMessage | undefined {
  // Nothing is wrong with an empty field that somebody has not begun to fill.
  if (problem === 'empty') {
    return value === ''
      ? { message: 'For example svc-*, *-admin or room.*@contoso.com', severity: severity.Info }
      : { message: 'Enter a pattern.', severity: severity.Error };
  }
  const message =
    problem === 'tooLong'
      ? `Enter at most ${longestMark.pattern} characters.`
      : 'This would fit everybody. Enter some letters as well.';
  return { message, severity: severity.Error };
}

async function askField(tenant: string): Promise<PatternField> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: 'User principal name',
        description: 'svc-*, *-scanner, room.*@contoso.com',
        field: 'userPrincipalName' as const,
      },
      { label: 'Display name', description: 'Meeting room *', field: 'displayName' as const },
    ],
    { title: `${tenant}: Mark Accounts by Pattern`, placeHolder: 'Compare the pattern with what?' },
  );
  if (picked === undefined) throw nothingChanged();
  return picked.field;
}

/** The failure of a person who went back. */
export function nothingChanged(): LicenseError {
  return new LicenseError('cancelled', 'Nothing was changed.');
}
