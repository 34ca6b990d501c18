import type { Confidence } from './evaluation';
import { isSeveral, sourceBit, subjectBit } from './evidenceBits';
import type { EvidenceTally } from './evidenceTally';

/** How sure it is that there was use lately: two independent sources, one, or nothing but token refreshes. */
export function confidenceOfUse(tally: EvidenceTally): Confidence {
  if (!tally.recentStrong) return 'low';
  return rank(tally.recentGroups, tally.recentMeasurements);
}

/**
 * How sure it is that there was no use lately. Sources that show use do not agree and are left out.
 * @param accountQuiet sign-in activity is known and shows no sign-in lately, be it by having no entry at all
 */
export function confidenceOfNoUse(tally: EvidenceTally, accountQuiet: boolean): Confidence {
  let groups = tally.quietGroups & ~tally.recentGroups;
  let measurements = tally.quietMeasurements & ~tally.recentMeasurements;
  if (accountQuiet) {
    groups |= sourceBit.signInActivity;
    measurements |= subjectBit.account;
  }
  const onlyTokenRefreshes = tally.newestAccount !== '' && !tally.quietStrong && !isSeveral(groups);
  if (onlyTokenRefreshes) return 'low';
  // An account that signs in and uses nothing we can see may use what we can't.
  const disputed = (tally.recentGroups & sourceBit.signInActivity) !== 0;
  return disputed ? 'medium' : rank(groups, measurements);
}

function rank(groups: number, measurements: number): Confidence {
  return isSeveral(groups) && isSeveral(measurements) ? 'high' : 'medium';
}
