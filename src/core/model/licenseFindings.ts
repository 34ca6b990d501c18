import { roundDown, roundHalfUp, times, type Fraction } from './fraction';
import type { Finding, FindingEvidence, MismatchReason } from './finding';
import type { FindingContext, LicenseFacts } from './findingFacts';
import { signedPosition } from './signedPosition';
import { dateAlert, endsSoon } from './term';
import { notCountedReason, type NotCountedReason } from './reconciliationTotals';

/** Why a license is left out of totals; null when it counts. */
export function licenseNotCounted(license: LicenseFacts): NotCountedReason | null {
  const { enabled, warning, consumed } = license.units;
  return notCountedReason({
    skuPartNumber: license.skuPartNumber,
    appliesTo: license.appliesTo,
    entitled: enabled + warning,
    consumed,
    priced: license.price.price !== null,
  });
}

/** What is to be said of one license. */
export function licenseFindings(
  license: LicenseFacts,
  seats: number,
  errorsWithoutSeat: number,
  context: FindingContext,
): readonly Finding[] {
  const found: Finding[] = [];
  const { units, buffer, limit } = license;
  const position = signedPosition(units, buffer);
  const { price, problem } = license.price;
  const monthly = price?.monthly ?? null;
  const add = (
    kind: Finding['kind'],
    count: number,
    monthlyMinor: number | null,
    evidence: FindingEvidence,
  ): void => {
    found.push({
      kind,
      userId: null,
      skuId: license.skuId,
      skuPartNumber: license.skuPartNumber,
      seats: count,
      monthlyMinor,
      currency: monthlyMinor === null ? null : (price?.currency ?? null),
      bucket: kind === 'unassigned' ? 'unassigned' : null,
      evidence,
    });
  };
  const positionEvidence: FindingEvidence = {
    about: 'position',
    entitled: position.entitled,
    enabled: units.enabled,
    inGrace: units.warning,
    consumed: units.consumed,
    buffer,
    limit,
    graceEnds: graceEnds(license),
  };
  if (limit !== 'unlimited') {
    if (position.shortfallNow > 0) {
      add('shortfall', position.shortfallNow, costOf(monthly, position.shortfallNow), positionEvidence);
    }
    if (position.shortfallSoon > 0) {
      add(
        'shortfallAfterGrace',
        position.shortfallSoon,
        costOf(monthly, position.shortfallSoon),
        positionEvidence,
      );
    }
  }
  const notCounted = licenseNotCounted(license);
  if (notCounted === null && position.unassigned > 0) {
    // Savings are rounded down.
    const minor = monthly === null ? null : roundDown(times(monthly, position.unassigned));
    add('unassigned', position.unassigned, minor, positionEvidence);
  }
  if (notCounted === null && problem !== null && (seats > 0 || position.entitled > 0)) {
    add('priceMissing', seats, null, { about: 'price', problem });
  }
  // Without users there is nothing to compare.
  if (isPerUser(license) && context.usersAsOf !== null && units.consumed !== seats) {
    add('countMismatch', Math.abs(units.consumed - seats), 0, {
      about: 'count',
      consumed: units.consumed,
      seats,
      reasons: mismatchReasons(units.consumed - seats, errorsWithoutSeat, context),
    });
  }
  const noticeDays = license.noticeDays ?? context.noticeDays;
  for (const subscription of license.subscriptions) {
    const alert = dateAlert(subscription, context.today, noticeDays, position.unassigned);
    if (alert === null || notCounted === 'free') continue;
    const units = subscription.totalLicenses ?? 0;
    add('renewalDue', units, costOf(monthly, units), { about: 'date', alert });
  }
  for (const { purchaseId, endingDate } of license.purchaseEnds) {
    if (!endsSoon(endingDate, context.today, noticeDays)) continue;
    add('renewalDue', 0, 0, { about: 'purchaseEnd', purchaseId, endingDate });
  }
  return found;
}

/** Whether people hold the license; others are shown in the position and take part in no finding about seats. */
export function isPerUser(license: Pick<LicenseFacts, 'appliesTo'>): boolean {
  return license.appliesTo === null || license.appliesTo.toLowerCase() === 'user';
}

function costOf(monthly: Fraction | null, units: number): number | null {
  return monthly === null ? null : roundHalfUp(times(monthly, units));
}

function graceEnds(license: LicenseFacts): string | null {
  const dates = license.subscriptions
    .filter(({ status }) => status?.toLowerCase() === 'warning')
    .flatMap(({ nextLifecycleAt }) => nextLifecycleAt?.slice(0, 10) ?? []);
  return dates.sort()[0] ?? null;
}

function mismatchReasons(
  difference: number,
  errorsWithoutSeat: number,
  context: FindingContext,
): readonly MismatchReason[] {
  const reasons: MismatchReason[] = [];
  if (difference > 0 && errorsWithoutSeat > 0) reasons.push('assignmentErrors');
  if (context.usersAsOf !== context.productsAsOf) reasons.push('readAtDifferentTimes');
  reasons.push(difference > 0 ? 'usersNotListed' : 'countDelayed');
  return reasons;
}
