import type { MarkListProblem } from '../../core/marks/markListReader';
import type { MarkChanges, PatternPreview } from '../../core/store/accountMarks';
import { formatCount } from '../host/formats';

/** A count with the word for it. */
export function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`;
}

/** Whom a pattern fits, in a sentence or two. */
export function previewText({ users, active, examples }: PatternPreview, namesHidden: boolean): string {
  if (users === 0) return 'No user fits yet.';
  const names = namesHidden ? [] : examples.map(({ userPrincipalName }) => userPrincipalName);
  const more = users - names.length;
  const list =
    names.length === 0 ? '' : `: ${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  const fits = `${counted(users, 'user fits', 'users fit')}${list}.`;
  if (active === 0) return fits;
  return `${fits} ${counted(active, 'is', 'are')} in use: look whether they are people.`;
}

/** What became of marks, in a sentence. */
export function markedText({ changed, unknown }: MarkChanges, taken: boolean): string {
  if (changed === 0) return taken ? 'None of them was marked.' : 'Nothing was marked.';
  const what = taken
    ? counted(changed, 'mark was removed', 'marks were removed')
    : counted(changed, 'account is marked', 'accounts are marked');
  return unknown === 0 || taken ? `${what}.` : `${what}; ${unknownText(unknown)}.`;
}

/** How many names nobody has. */
export function unknownText(unknown: number): string {
  return `${counted(unknown, 'name is that of no user', 'names are those of no user')} in the data`;
}

const problems: Readonly<Record<MarkListProblem['problem'], string>> = {
  notText: 'is not text. Save the list as CSV',
  tooLarge: 'is larger than 32 MB',
  tooManyRows: 'has more than 200,000 accounts',
  noRows: 'names no account',
  noNameColumn: 'has no column “userPrincipalName”',
  notCsv: 'is not CSV: a quotation mark is missing',
  noName: 'no user principal name',
  unknownKind: 'not a kind of account (serviceAccount, sharedMailbox, room, equipment, other, person)',
  noKind: 'no kind of account',
  reasonTooLong: 'the reason has more than 500 characters',
};

const ofFile: readonly MarkListProblem['problem'][] = [
  ...(['notText', 'tooLarge', 'tooManyRows', 'noRows', 'noNameColumn', 'notCsv'] as const),
];

/** What is wrong with a list, the first few lines of it. */
export function listProblemsText(found: readonly MarkListProblem[]): string {
  const [first] = found;
  if (first !== undefined && ofFile.includes(first.problem)) return `The file ${problems[first.problem]}.`;
  const lines = found
    .slice(0, 5)
    .map(
      ({ line, problem, value }) => `line ${line}: ${value === '' ? '' : `“${value}” `}${problems[problem]}`,
    );
  const more = found.length - lines.length;
  const rest = more > 0 ? `; and ${formatCount(more)} more` : '';
  return `Nothing was marked, because the list has mistakes: ${lines.join('; ')}${rest}.`;
}
