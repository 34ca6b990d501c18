import type { EvaluationContext, UserEvidence } from './evaluation';
import { frameOf } from './evaluationFrame';
import { sourceBit, subjectBit, subjectOf } from './evidenceBits';

/** Services that are only seen in the sign-in log. */
const signInSubjects = subjectBit.dynamics365 | subjectBit.powerBi | subjectBit.project | subjectBit.visio;

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
