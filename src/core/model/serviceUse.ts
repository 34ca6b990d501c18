import type { EvaluationContext, SeatEvaluation, UserEvidence } from './evaluation';
import { frameOf, subjectsWithout } from './evaluationFrame';
import { sourceBit, subjectBit, subjectOf } from './evidenceBits';

/** The eleven applications; the Office apps and the account itself are no services of their own. */
const applicationBits = subjectBit.officeApps - 1;

/** Services that are only seen in the sign-in log. */
const signInServices = subjectBit.dynamics365 | subjectBit.powerBi | subjectBit.project | subjectBit.visio;

/** The services that a user's seats grant, as bits of `subjectBit`. Plans that are off in every path do not. */
export function grantedServices(
  seats: readonly Pick<SeatEvaluation, 'skuId' | 'disabledPlans'>[],
  context: EvaluationContext,
): number {
  const frame = frameOf(context);
  let granted = 0;
  for (const seat of seats) {
    const sku = frame.skus.get(seat.skuId);
    if (sku !== undefined) granted |= subjectsWithout(sku, seat.disabledPlans);
  }
  return granted & applicationBits;
}

/**
 * The services of which some source speaks for a user, as bits of `subjectBit`: it has a date or says that there was
 * no use. Of any other service it is unknown whether the user uses it. The sign-in log speaks of everybody.
 */
export function heardServices(evidence: Pick<UserEvidence, 'signals'>, context: EvaluationContext): number {
  const frame = frameOf(context);
  // A stale source still knows what was; how old it is, is shown beside the numbers.
  const speaking = frame.fresh | frame.stale;
  let heard = 0;
  for (const signal of evidence.signals) {
    if (sourceBit[signal.source] & speaking) heard |= subjectOf(signal);
  }
  if (speaking & sourceBit.signIns) heard |= signInServices;
  return heard & applicationBits;
}
