import { markedRecipientType, type AppliedMark, type MarkRules } from '../model/accountMarks';
import type { ActivitySignal, Application, SeatPath, UserEvidence } from '../model/evaluation';
import type { AssignmentError } from '../model/findingFacts';
import { signInSignals } from '../model/signInSignals';
import { JsonCells } from './jsonCells';

/** A user with everything that was imported about the user, as an evaluation needs it. */
export interface EvaluationInput {
  readonly userKey: number;
  readonly userId: string;
  readonly evidence: UserEvidence;
  /** What people said of the account; null for nothing. */
  readonly mark: AppliedMark | null;
  /** What the result was made of the last time; null for a new user. */
  readonly evaluationDigest: string | null;
  readonly searchWords: readonly (string | null)[];
  /** Cells of the reports that the roster shows; null where the report has no row for the user. */
  readonly activations: string | null;
  readonly platforms: readonly (number | null)[];
  readonly mailboxBytes: number | null;
  readonly hasArchive: boolean | null;
  readonly department: string | null;
  readonly country: string | null;
  readonly companyName: string | null;
  readonly oneDriveBytes: number | null;
  /** Assignments of a living user that are in error. */
  readonly errors: readonly AssignmentError[];
}

/** What the keys in a row of evidence stand for. */
export interface EvidenceKeys {
  /** Products that take part in seats; paths to others are left out. */
  readonly judgedSkus: ReadonlyMap<number, string>;
  readonly planSets: ReadonlyMap<number, readonly string[]>;
  /** What people said of accounts. */
  readonly marks: MarkRules;
}

const activeUserApplications: readonly Application[] = [
  'exchange',
  'oneDrive',
  'sharePoint',
  'skypeForBusiness',
  'teams',
  'yammer',
];

/** Reads a row of {@link eachEvidence}, already parsed. */
export function evidenceOf(
  row: readonly unknown[],
  { judgedSkus, planSets, marks }: EvidenceKeys,
): EvaluationInput {
  const cells = new JsonCells(row);
  const isDeleted = row[5] !== null;
  // A deleted account holds nothing: its licenses went back when it was deleted.
  const { paths, errors } = isDeleted ? noPaths : pathsOf(cells.text(39), judgedSkus, planSets);
  const userPrincipalName = cells.text(1) ?? '';
  const mark = marks.of(userPrincipalName, cells.text(10));
  return {
    userKey: Number(row[0]),
    userId: cells.text(37) ?? '',
    evidence: {
      userPrincipalName,
      accountEnabled: cells.flag(2),
      userType: cells.text(3),
      createdAt: cells.text(4),
      recipientType: (mark && markedRecipientType[mark.kind]) ?? cells.text(33),
      markedNotPerson: mark !== null && mark.kind !== 'person',
      isDeleted,
      signals: signalsOf(cells),
      paths,
    },
    mark,
    evaluationDigest: cells.text(9),
    searchWords: [cells.text(1), ...[10, 11, 12, 13, 14, 15, 16, 17, 18].map((index) => cells.text(index))],
    activations: cells.text(35),
    platforms: [cells.number(27), cells.number(28), cells.number(29), cells.number(30)],
    mailboxBytes: cells.number(32),
    hasArchive: cells.flag(38),
    department: cells.text(15),
    country: cells.text(17),
    companyName: cells.text(16),
    oneDriveBytes: bytesOf(cells.text(34)),
    errors,
  };
}

type PathCells = readonly [
  productKey: number,
  groupKey: number,
  state: string,
  planSetKey: number,
  error?: string | null,
  groupId?: string | null,
];

interface HeldPaths {
  readonly paths: ReadonlyMap<string, readonly SeatPath[]>;
  readonly errors: readonly AssignmentError[];
}

const noErrors: readonly AssignmentError[] = [];
const noPaths: HeldPaths = { paths: new Map(), errors: noErrors };
const noPlans: readonly string[] = [];

function pathsOf(
  cell: string | null,
  judgedSkus: ReadonlyMap<number, string>,
  planSets: ReadonlyMap<number, readonly string[]>,
): HeldPaths {
  if (cell === null || cell === '[]') return noPaths;
  const paths = new Map<string, SeatPath[]>();
  let errors: AssignmentError[] | null = null;
  for (const cells of JSON.parse(cell) as PathCells[]) {
    const [productKey, groupKey, state, planSetKey] = cells;
    const skuId = judgedSkus.get(productKey);
    if (skuId === undefined) continue;
    const path: SeatPath = {
      groupId: groupKey === 0 ? null : String(groupKey),
      state,
      disabledPlans: planSets.get(planSetKey) ?? noPlans,
    };
    const known = paths.get(skuId);
    if (known === undefined) paths.set(skuId, [path]);
    else known.push(path);
    if (cells.length === 4) continue;
    (errors ??= []).push({ skuId, groupId: cells[5] ?? null, state, error: cells[4] ?? null });
  }
  return { paths, errors: errors ?? noErrors };
}

/** The second half of the OneDrive cell. */
function bytesOf(cell: string | null): number | null {
  const bytes = cell?.split(' ')[1] ?? '';
  return bytes === '' ? null : Number(bytes);
}

function signalsOf(cells: JsonCells): ActivitySignal[] {
  const signals = signInSignals({
    lastSignInAt: cells.text(6),
    lastNonInteractiveSignInAt: cells.text(7),
    lastSuccessfulSignInAt: cells.text(8),
  });
  const add = (
    source: ActivitySignal['source'],
    application: Application | null,
    cell: string | null,
  ): void => {
    if (cell !== null) signals.push({ source, application, date: cell === '' ? null : cell });
  };
  activeUserApplications.forEach((application, index) =>
    add('activeUserReport', application, cells.text(19 + index)),
  );
  add('emailReport', 'outlook', cells.text(25));
  add('appUsageReport', null, cells.text(26));
  add('mailboxReport', 'exchange', cells.text(31));
  add('oneDriveReport', 'oneDrive', cells.text(34)?.split(' ')[0] ?? null);
  for (const use of cells.text(36)?.split(';') ?? []) {
    const [application, date] = use.split(' ');
    add('signIns', application === '-' ? null : (application as Application), date ?? null);
  }
  return signals;
}
