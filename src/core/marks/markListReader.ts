import { parse } from 'csv-parse/sync';
import { longestMark, markKinds, type MarkKind } from '../model/accountMarks';
import type { NamedMark } from '../store/accountMarks';

/** The most bytes that a list may have. */
export const maxMarkListBytes = 32 * 1024 * 1024;

const mostRows = 200_000;
const longestName = 1_024;

/** What is wrong with a list, by the line of the file (from 1). */
export interface MarkListProblem {
  readonly line: number;
  readonly problem:
    | 'notText'
    | 'tooLarge'
    | 'tooManyRows'
    | 'noRows'
    | 'noNameColumn'
    | 'notCsv'
    | 'noName'
    | 'unknownKind'
    | 'noKind'
    | 'reasonTooLong';
  /** What stands there, shortened. */
  readonly value: string;
}

/** A list of accounts as a file has it. */
export interface MarkList {
  readonly marks: readonly NamedMark[];
  readonly problems: readonly MarkListProblem[];
  /** False when every account of the file needs a kind from elsewhere. */
  readonly hasKinds: boolean;
}

/** What a list does not say of its accounts. */
export interface MarkListDefaults {
  readonly kind: MarkKind | null;
  readonly reason: string | null;
}

interface Columns {
  readonly name: number;
  readonly kind: number;
  readonly reason: number;
}

const headers: Readonly<Record<keyof Columns, readonly string[]>> = {
  name: ['userprincipalname', 'upn', 'principalname', 'username', 'account'],
  kind: ['markedas', 'kind', 'type'],
  reason: ['markreason', 'reason', 'note'],
};

/**
 * Reads a list of accounts: CSV in UTF-8 or UTF-16, separated by commas, semicolons or tabs, with a header that names
 * the columns (`userPrincipalName`, `markedAs`, `reason`, in any order; others are passed over), or without one, a
 * name on each line. Every line is checked; it never throws.
 */
export function readMarkList(bytes: Uint8Array, defaults: MarkListDefaults): MarkList {
  if (bytes.length > maxMarkListBytes) return refused('tooLarge', 1);
  const text = decoded(bytes);
  if (text === null || text.includes('\0')) return refused('notText', 1);
  const lines = linesOf(text);
  if (lines === null) return refused('notCsv', 1);
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [first] = filled;
  if (first === undefined) return refused('noRows', 1);
  const columns = columnsOf(first.cells);
  if (columns === null) return refused('noNameColumn', first.line, first.cells.join(', '));
  const rows = columns.isHeader ? filled.slice(1) : filled;
  const [tooMany] = rows.slice(mostRows);
  if (tooMany !== undefined) return refused('tooManyRows', tooMany.line);
  if (rows.length === 0) return refused('noRows', first.line);
  const problems: MarkListProblem[] = [];
  const marks: NamedMark[] = [];
  for (const { line, cells } of rows) {
    const report = (problem: MarkListProblem['problem'], value = ''): void =>
      void problems.push({ line, problem, value: value.trim().slice(0, 60) });
    const name = (cells[columns.name] ?? '').trim();
    const typed = columns.kind < 0 ? '' : (cells[columns.kind] ?? '').trim();
    const kind = typed === '' ? defaults.kind : kindOf(typed);
    const reason = columns.reason < 0 ? '' : (cells[columns.reason] ?? '').trim();
    if (name === '' || name.length > longestName) report('noName', name);
    else if (reason.length > longestMark.reason) report('reasonTooLong', reason);
    else if (kind === null) report(typed === '' ? 'noKind' : 'unknownKind', typed);
    else marks.push({ userPrincipalName: name, kind, reason: reason || defaults.reason });
  }
  return { marks, problems, hasKinds: columns.kind >= 0 };
}

function refused(problem: MarkListProblem['problem'], line: number, value = ''): MarkList {
  return { marks: [], problems: [{ line, problem, value: value.slice(0, 60) }], hasKinds: false };
}

/** Spreadsheets write UTF-16 as “Unicode text”, and Windows-1252 as plain “CSV”. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  for (const each of [encoding, 'windows-1252']) {
    try {
      return new TextDecoder(each, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding.
    }
  }
  return null;
}

function linesOf(text: string): { readonly line: number; readonly cells: readonly string[] }[] | null {
  const declared = /^sep=([,;\t])\r?\n/.exec(text);
  const head = declared === null ? (text.split(/\r?\n/, 1)[0] ?? '') : '';
  const delimiter = declared?.[1] ?? [';', '\t'].find((each) => head.includes(each)) ?? ',';
  try {
    const records = parse(text.slice(declared?.[0].length ?? 0), {
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      info: true,
    }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    const shift = declared === null ? 0 : 1;
    return records.map(({ record, info }) => ({ line: info.lines + shift, cells: record }));
  } catch {
    return null;
  }
}

/** Null when neither a header nor a name is there. */
function columnsOf(cells: readonly string[]): (Columns & { readonly isHeader: boolean }) | null {
  const words = cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const at = (column: keyof Columns): number => words.findIndex((word) => headers[column].includes(word));
  const name = at('name');
  if (name >= 0) return { name, kind: at('kind'), reason: at('reason'), isHeader: true };
  const address = cells.findIndex((cell) => /^[^\s@]+@[^\s@]+$/.test(cell.trim()));
  return address < 0 ? null : { name: address, kind: -1, reason: -1, isHeader: false };
}

/** A kind by its word of the file or of the screens. */
function kindOf(typed: string): MarkKind | null {
  const word = typed.toLowerCase().replace(/[^a-z]/g, '');
  return markKinds.find((kind) => kind.toLowerCase() === word || aliases[kind].includes(word)) ?? null;
}

const aliases: Readonly<Record<MarkKind, readonly string[]>> = {
  serviceAccount: ['service', 'serviceprincipal', 'svc'],
  sharedMailbox: ['shared'],
  room: ['roommailbox', 'meetingroom'],
  equipment: ['equipmentmailbox', 'device'],
  other: ['othernotaperson', 'notaperson', 'notperson'],
  person: ['user', 'human'],
};
