import { isGuest, notPersonReason } from './accountKind';
import { confidenceOfNoUse, confidenceOfUse } from './confidence';
import type { UserEvidence, VerdictReason, VerdictResult } from './evaluation';
import { whyNotHeard, type EvaluationFrame } from './evaluationFrame';
import { isSuite, signInSources, sourceBit, sourcesNeededFor, subjectBit } from './evidenceBits';
import { EvidenceTally } from './evidenceTally';

const everySubject = ~0;
const userTally = new EvidenceTally();
const seatTally = new EvidenceTally();

/** What verdicts of a user and of the user's seats have in common. */
export interface UserView {
  readonly evidence: UserEvidence;
  /** Sources that are fresh and may speak of this user. */
  readonly sources: number;
  /** Sources with a row for this user. */
  readonly rows: number;
  readonly verdict: VerdictResult;
}

/**
 * The verdict of a user: by what a person said of the account, else by the newest date of any fresh source, else by
 * what the absence of dates proves.
 * @param heldSubjects what all seats of the user grant, as far as it can be observed
 */
export function userVerdict(frame: EvaluationFrame, evidence: UserEvidence, heldSubjects: number): UserView {
  const guest = isGuest(evidence.userType);
  const sources = guest ? frame.fresh & signInSources : frame.fresh;
  const tally = userTally;
  tally.count(evidence.signals, sources, everySubject, frame.recentSince, frame.today);
  const verdict =
    marked(evidence, tally.newest) ??
    dated(frame, tally, tally.newest) ??
    undated(frame, evidence, tally, whyUserUnheard(frame, evidence, heldSubjects, tally.rows), false);
  return { evidence, sources, rows: tally.rows, verdict };
}

/** Needed are sign-in activity where the tenant is licensed for it, or else the reports of every service held. */
function whyUserUnheard(
  frame: EvaluationFrame,
  evidence: UserEvidence,
  heldSubjects: number,
  rows: number,
): VerdictReason | null {
  if (evidence.isDeleted === true) return 'sourceMissing';
  if (isGuest(evidence.userType) || !(frame.notLicensed & sourceBit.signInActivity)) {
    return whyNotHeard(frame, sourceBit.signInActivity, rows);
  }
  const reports = sourcesNeededFor(heldSubjects) & ~sourceBit.signIns;
  if (reports === 0) return heldSubjects === 0 ? 'notObservable' : 'sourceMissing';
  return whyNotHeard(frame, reports, rows);
}

/**
 * The verdict of a seat, by the services that count for it.
 * @param subjects services of the license that are on for this user; 0 when none can be observed
 * @param judgedAlone true for a license that one service decides: then nothing else speaks
 */
export function seatVerdict(
  frame: EvaluationFrame,
  user: UserView,
  subjects: number,
  judgedAlone: boolean,
): VerdictResult {
  const { evidence } = user;
  const tally = seatTally;
  const counted = judgedAlone ? subjects : subjects | subjectBit.account;
  tally.count(evidence.signals, user.sources, subjects === 0 ? 0 : counted, frame.recentSince, frame.today);
  const service = tally.newestService || null;
  const byMark = marked(evidence, service);
  if (byMark !== null) return byMark;
  if (service !== null && service >= frame.recentSince) {
    return result('active', 'usedRecently', confidenceOfUse(tally), service);
  }
  const unheard = whySeatUnheard(frame, user, subjects, judgedAlone);
  if (unheard === null) {
    // Accounts synced before 2018 have no creation date: an old sign-in shows as well that they are not new.
    const known = service ?? (evidence.createdAt === null ? olderSignIn(frame, tally) : null);
    return dated(frame, tally, known) ?? undated(frame, evidence, tally, null, judgedAlone);
  }
  const maybePerson = service !== null || notPersonReason(evidence) === null;
  if (maybePerson && subjects !== 0 && !judgedAlone && user.sources & sourceBit.signInActivity) {
    // A sign-in stands in for services that are not heard of: nobody uses them without signing in.
    const newest = tally.newest;
    if (newest === null || newest < frame.recentSince) {
      return dated(frame, tally, newest) ?? undated(frame, evidence, tally, null, false);
    }
    if (isSuite(subjects)) return result('active', 'usedRecently', 'low', newest);
  }
  return undated(frame, evidence, tally, unheard, judgedAlone);
}

function olderSignIn(frame: EvaluationFrame, tally: EvidenceTally): string | null {
  return tally.newestAccount < frame.recentSince ? tally.newestAccount || null : null;
}

function whySeatUnheard(
  frame: EvaluationFrame,
  user: UserView,
  subjects: number,
  judgedAlone: boolean,
): VerdictReason | null {
  if (subjects === 0) return 'notObservable';
  let needed = sourcesNeededFor(subjects);
  // A service that nothing can show in this tenant drops out of a suite, unless it is all there is.
  const observable = needed & ~(frame.notLicensed & sourceBit.signIns);
  if (!judgedAlone && observable !== 0) needed = observable;
  if (isGuest(user.evidence.userType) && needed & ~signInSources) return 'sourceMissing';
  // Who never started the Office apps may be missing in their report, but the report itself must be there.
  const apps = subjects & subjectBit.officeApps ? sourceBit.appUsageReport & ~needed : 0;
  return (
    whyNotHeard(frame, needed | apps, user.rows | apps) ??
    (needed & sourceBit.signIns && !signInLogSuffices(frame, user.evidence.createdAt)
      ? 'historyTooShort'
      : null)
  );
}

/** The log must reach back to the threshold, or to the creation of the account. */
function signInLogSuffices(frame: EvaluationFrame, createdAt: string | null): boolean {
  return frame.signInsLongEnough || (createdAt !== null && createdAt.slice(0, 10) >= frame.signInsSince);
}

/** What a person says of an account goes before what its use looks like: a script signs in, too. */
function marked(evidence: UserEvidence, newest: string | null): VerdictResult | null {
  return evidence.markedNotPerson === true ? result('notPerson', 'markedNotPerson', null, newest) : null;
}

function dated(frame: EvaluationFrame, tally: EvidenceTally, newest: string | null): VerdictResult | null {
  if (newest === null) return null;
  return newest >= frame.recentSince
    ? result('active', 'usedRecently', confidenceOfUse(tally), newest)
    : result('inactive', 'notUsedRecently', confidenceOfNoUse(tally, accountQuiet(frame, tally)), newest);
}

/** No use is known: says what that means, in the order of the rules. */
function undated(
  frame: EvaluationFrame,
  evidence: UserEvidence,
  tally: EvidenceTally,
  unheard: VerdictReason | null,
  bySignInLog: boolean,
): VerdictResult {
  const last = tally.newestService || null;
  const notPerson = last === null ? notPersonReason(evidence) : null;
  if (notPerson !== null) return result('notPerson', notPerson, null, null);
  if (unheard !== null) return result('unknown', unheard, null, last);
  const { createdAt } = evidence;
  if (createdAt === null || createdAt === '') return result('unknown', 'creationDateUnknown', null, null);
  const confidence = confidenceOfNoUse(tally, !bySignInLog && accountQuiet(frame, tally));
  const created = createdAt.slice(0, 10);
  if (created > frame.grownSince) return result('new', 'youngAccount', confidence, null);
  const reason = bySignInLog && created < frame.signInsSince ? 'noUseInHistory' : 'noUseSinceCreation';
  return result('never', reason, confidence, null);
}

function accountQuiet(frame: EvaluationFrame, tally: EvidenceTally): boolean {
  return (frame.fresh & sourceBit.signInActivity) !== 0 && tally.newestAccount < frame.recentSince;
}

function result(
  verdict: VerdictResult['verdict'],
  reason: VerdictReason,
  confidence: VerdictResult['confidence'],
  lastActivityDate: string | null,
): VerdictResult {
  return { verdict, reason, confidence, lastActivityDate };
}
