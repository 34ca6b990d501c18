import type { EvaluationContext, UserEvidence } from './evaluation';
import { frameOf } from './evaluationFrame';
import { signInSources, sourceBit, subjectBit, subjectOf } from './evidenceBits';

/** Services that are only seen in the sign-in log. */
const signInSubjects = subjectBit.dynamics365 | subjectBit.powerBi | subjectBit.project | subjectBit.visio;

/** All bits of `subjectBit` are below it. */
const halfSize = 8192;

/** Subjects as bits of `subjectBit`. */
export interface ObservedUse {
  readonly used: number;
  /** Not used lately for certain; what is in neither is unknown. */
  readonly unused: number;
}

/**
 * Which services fresh sources show in use by a user, and which they show not in use. Services of the sign-in log
 * are not in use when the log reaches back far enough and does not have them.
 */
export function observedUse(
  evidence: Pick<UserEvidence, 'signals'>,
  context: EvaluationContext,
): ObservedUse {
  const frame = frameOf(context);
  let used = 0;
  let quiet = 0;
  for (const signal of evidence.signals) {
    if (!(frame.fresh & sourceBit[signal.source])) continue;
    if (signal.date !== null && signal.date >= frame.recentSince) used |= subjectOf(signal);
    else quiet |= subjectOf(signal);
  }
  const logSpeaks = (frame.fresh & sourceBit.signIns) !== 0 && frame.signInsLongEnough;
  if (logSpeaks) quiet |= signInSubjects;
  return { used: used & ~subjectBit.account, unused: quiet & ~used & ~subjectBit.account };
}

/**
 * Whether somebody signed in to the account itself lately; null when no fresh source of sign-ins can tell.
 */
export function signedInLately(
  evidence: Pick<UserEvidence, 'signals'>,
  context: EvaluationContext,
): boolean | null {
  const frame = frameOf(context);
  for (const signal of evidence.signals) {
    if (!(sourceBit[signal.source] & signInSources & frame.fresh)) continue;
    if (signal.date !== null && signal.date >= frame.recentSince) return true;
  }
  return frame.fresh & sourceBit.signInActivity ? false : null;
}

/**
 * {@link observedUse} and {@link signedInLately} as one number for the file: what is used in the lower half, what is
 * not in the upper; the bit of the account tells about sign-ins.
 */
export function packObservedUse({ used, unused }: ObservedUse, signedIn: boolean | null): number {
  const lower = used | (signedIn === true ? subjectBit.account : 0);
  const upper = unused | (signedIn === false ? subjectBit.account : 0);
  return lower + upper * halfSize;
}

/** The inverse of {@link packObservedUse}; null, from a file of an older version, is nothing known. */
export function unpackObservedUse(
  packed: number | null,
): ObservedUse & { readonly signedIn: boolean | null } {
  const lower = (packed ?? 0) % halfSize;
  const upper = Math.floor((packed ?? 0) / halfSize);
  const { account } = subjectBit;
  return {
    used: lower & ~account,
    unused: upper & ~account,
    signedIn: lower & account ? true : upper & account ? false : null,
  };
}
