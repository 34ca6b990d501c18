import { daysBetween } from './calendarDate';
import type { EvaluationContext, SeatEvaluation, UserEvaluation, UserEvidence } from './evaluation';
import { frameOf, subjectsWithout } from './evaluationFrame';
import { seatFromPaths, type HeldSeat } from './seats';
import { seatVerdict, userVerdict } from './verdicts';

/**
 * Judges one user and each seat the user holds; the rules are in `docs/activity-verdicts.md`. Pure: the same
 * evidence and context give the same result, in whatever order signals and paths come. The context is prepared
 * at its first use, so pass one object for all users of a tenant and do not change it.
 */
export function evaluateUser(evidence: UserEvidence, context: EvaluationContext): UserEvaluation {
  const frame = frameOf(context);
  const held: HeldSeat[] = [];
  let heldSubjects = 0;
  for (const [skuId, paths] of evidence.paths) {
    const seat = seatFromPaths(skuId, paths);
    if (seat === null) continue;
    held.push(seat);
    const sku = frame.skus.get(skuId);
    if (sku !== undefined) heldSubjects |= subjectsWithout(sku, seat.disabledPlans);
  }
  if (held.length > 1) held.sort((left, right) => (left.skuId < right.skuId ? -1 : 1));
  const user = userVerdict(frame, evidence, heldSubjects);
  const seats = held.map((seat): SeatEvaluation => {
    const sku = frame.skus.get(seat.skuId);
    const subjects = sku === undefined ? 0 : subjectsWithout(sku, seat.disabledPlans);
    const verdict = seatVerdict(sku?.ownFrame ?? frame, user, subjects, sku?.judgedAlone ?? false);
    return {
      verdict: verdict.verdict,
      reason: verdict.reason,
      confidence: verdict.confidence,
      lastActivityDate: verdict.lastActivityDate,
      skuId: seat.skuId,
      paths: seat.paths,
      direct: seat.direct,
      groupCount: seat.groupCount,
      disabledPlans: seat.disabledPlans,
    };
  });
  const { verdict, reason, confidence, lastActivityDate } = user.verdict;
  return {
    verdict,
    reason,
    confidence,
    lastActivityDate,
    daysSinceLastActivity: lastActivityDate === null ? null : daysBetween(lastActivityDate, context.today),
    seats,
  };
}
