import type { LicensePosition } from '../../src/shared/licensePosition';
import type {
  EntitlementLimitName,
  LicenseHead,
  LifecycleStage,
  PaymentFrequencyName,
  SeatVerdict,
} from '../../src/shared/licenseContract';
import { countOf, formatCount, formatDay } from '../common/displayFormats';

/** Verdicts as the page says them. */
export const verdictWords: Readonly<
  Record<SeatVerdict, { readonly title: string; readonly meaning: string }>
> = {
  active: { title: 'Active', meaning: 'Used within the inactivity period' },
  inactive: { title: 'Inactive', meaning: 'Last used longer ago than the inactivity period' },
  never: { title: 'Never active', meaning: 'No use at all, and older than the grace period' },
  new: { title: 'New', meaning: 'No use yet, but younger than the grace period' },
  unknown: { title: 'Unknown', meaning: 'The data says too little; never counted as waste' },
  notPerson: { title: 'Not a person', meaning: 'Shared, room and equipment mailboxes, service accounts' },
};

/** Stages of a license's life. */
export const stageWords: Readonly<Record<LifecycleStage, string>> = {
  active: 'Active',
  inStock: 'In Stock',
  purchased: 'Purchased',
  received: 'Received',
  retired: 'Retired',
};

/** What may be used. */
export const limitWords: Readonly<
  Record<EntitlementLimitName, { readonly title: string; readonly detail: string }>
> = {
  asPurchased: { title: 'As purchased', detail: 'More seats than units is a shortfall' },
  unlimited: { title: 'Unlimited', detail: 'No number of seats is too many' },
  subjectToTrueUp: {
    title: 'Subject to true-up',
    detail: 'More may be used until the true-up; a shortfall is a forecast',
  },
};

/** How often an amount is paid. */
export const frequencyWords: Readonly<Record<PaymentFrequencyName, string>> = {
  once: 'Once',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  semiAnnually: 'Semi-annually',
  annually: 'Annually',
  every18Months: 'Every 18 months',
  biannually: 'Biannually (every two years)',
  triennially: 'Triennially',
};

/** The term of a subscription, as it was observed. */
export function termText(term: string): string {
  switch (term) {
    case 'monthly':
      return 'Monthly';
    case 'annual':
      return 'Annual';
    case 'threeYear':
      return 'Three years';
    case 'mixed':
      return 'Different terms';
    default:
      return 'Not known yet';
  }
}

/** The state of a subscription in words; a value that Microsoft adds later is shown as it is. */
export function subscriptionStatusText(status: string | null): string {
  switch (status?.toLowerCase()) {
    case undefined:
      return 'unknown';
    case 'enabled':
      return 'Enabled';
    case 'warning':
      return 'In grace';
    case 'suspended':
      return 'Suspended';
    case 'lockedout':
      return 'Locked out';
    case 'deleted':
      return 'Deleted';
    default:
      return status ?? '';
  }
}

/** Why a license has no price, and what to do. */
export function priceProblemText(problem: string | null): string {
  switch (problem) {
    case 'ended':
      return 'All purchases have ended. Add the one that holds now.';
    case 'notYetEffective':
      return 'The first purchase starts later. Until then the license has no price.';
    case 'onceWithoutEnd':
      return 'A single payment without a last day gives no price. Enter the last day of the purchase.';
    case 'severalCurrencies':
      return 'Bought in several currencies. Give a rate between them with “Set Exchange Rates…” to have one price.';
    default:
      return 'No price yet. Add a purchase, or import a price book.';
  }
}

/** A mark under the name of a license. */
export interface Chip {
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'caution' | 'bad';
  readonly detail: string;
}

/** What is special about a license, in a few marks. */
export function chipsOf(head: LicenseHead): Chip[] {
  const chips: Chip[] = [];
  const add = (text: string, tone: Chip['tone'], detail: string): void =>
    void chips.push({ text, tone, detail });
  const capability = head.capabilityStatus?.toLowerCase();
  if (capability === 'enabled') add('Enabled', 'good', 'The product is in force');
  else if (capability === 'warning')
    add('In grace', 'caution', 'The term has ended; people keep working for now');
  else if (capability === 'suspended') add('Suspended', 'bad', 'Nobody can use it; it can be reactivated');
  else if (capability === 'lockedout') add('Locked out', 'bad', 'The product has been cancelled');
  else if (head.capabilityStatus !== null) add(head.capabilityStatus, 'plain', 'As the service says');
  if (head.isTrial === true) add('Trial', 'caution', 'Ends by itself');
  if (head.isFree) add('Free', 'plain', 'Costs nothing and is in no total');
  if (head.appliesTo !== null && head.appliesTo !== 'User') {
    add(`For the ${head.appliesTo.toLowerCase()}`, 'plain', 'Not assigned to people');
  }
  const stage = stageWords[head.lifecycleStatus as LifecycleStage] as string | undefined;
  if (head.lifecycleStatus === 'retired') {
    add('Retired', 'bad', 'Superseded or retired by hand: in no number');
  } else if (head.lifecycleStatus !== 'active') {
    add(stage ?? head.lifecycleStatus, 'plain', 'Stage of its life');
  }
  const until = (day: string | null): string => (day === null ? '' : ` until ${formatDay(day)}`);
  if (head.participation === 'unmanaged') {
    add(
      `Not managed${until(head.managedUntil)}`,
      'caution',
      reasonText('Out of every number', head.managedReason),
    );
  } else if (head.participation === 'excludedFromAlerts') {
    add(`No alerts${until(head.alertsUntil)}`, 'caution', reasonText('Causes no alert', head.alertsReason));
  }
  if (head.entitlementLimit === 'unlimited') add('Unlimited', 'plain', limitWords.unlimited.detail);
  if (head.entitlementLimit === 'subjectToTrueUp') {
    add('Subject to true-up', 'plain', limitWords.subjectToTrueUp.detail);
  }
  return chips;
}

/** Why a license is not managed or causes no alert, in the words of whoever decided it. */
export function reasonsOf(head: LicenseHead): string[] {
  const { participation, managedReason, alertsReason } = head;
  if (participation === 'unmanaged' && managedReason !== null) return [`Not managed: ${managedReason}`];
  if (participation === 'excludedFromAlerts' && alertsReason !== null) return [`No alerts: ${alertsReason}`];
  return [];
}

function reasonText(what: string, reason: string | null): string {
  return reason === null ? what : `${what}: ${reason}`;
}

/** A signed number of units. */
export function signedCount(units: number): string {
  return units < 0 ? `−${formatCount(-units)}` : units > 0 ? `+${formatCount(units)}` : '0';
}

/** The position in a sentence or two. */
export function positionSentence(position: LicensePosition, limit: string): string {
  const { entitled, consumed, inGrace, suspended, lockedOut, shortfallNow, shortfallSoon, seats } = position;
  const parts = [`${countOf(consumed, 'unit')} of ${formatCount(entitled)} in use.`];
  if (limit === 'unlimited') parts.push('The limit is unlimited, so nothing can be short.');
  else if (shortfallNow > 0) {
    parts.push(
      limit === 'subjectToTrueUp'
        ? `At the true-up ${countOf(shortfallNow, 'unit')} will have to be bought, as it stands.`
        : `${countOf(shortfallNow, 'unit is', 'units are')} missing today.`,
    );
  } else parts.push('Nothing is short today.');
  if (inGrace > 0) {
    parts.push(
      shortfallSoon > 0
        ? `When the grace ends, ${formatCount(shortfallSoon)} more will be missing.`
        : `${countOf(inGrace, 'unit is', 'units are')} in grace and will go; nothing more will be missing then.`,
    );
  }
  const frozen = suspended + lockedOut;
  if (frozen > 0)
    parts.push(`${countOf(frozen, 'unit is', 'units are')} suspended or locked out and count for nothing.`);
  if (seats !== null && seats !== consumed) {
    parts.push(`Microsoft counts ${formatCount(consumed)}, the assignments show ${countOf(seats, 'seat')}.`);
  }
  return parts.join(' ');
}

const applicationNames: Readonly<Record<string, string>> = {
  exchange: 'Exchange',
  teams: 'Teams',
  oneDrive: 'OneDrive',
  outlook: 'Outlook',
  sharePoint: 'SharePoint',
  skypeForBusiness: 'Skype for Business',
  yammer: 'Yammer (Viva Engage)',
  dynamics365: 'Dynamics 365',
  powerBi: 'Power BI',
  project: 'Project',
  visio: 'Visio',
};

/** A service by the name that people know. */
export function applicationName(application: string): string {
  return applicationNames[application] ?? application;
}

/** Assignment errors of Microsoft Graph in plain words; others as they come. */
export function assignmentErrorText(error: string | null): string {
  switch (error) {
    case 'CountViolation':
      return 'Not enough units';
    case 'MutuallyExclusiveViolation':
      return 'A plan excludes one of another license';
    case 'DependencyViolation':
      return 'A plan needs another plan that is off';
    case 'ProhibitedInUsageLocationViolation':
      return 'Not available in the person’s usage location';
    case 'UniquenessViolation':
      return 'A proxy address is used twice';
    case null:
    case 'None':
      return 'No reason given';
    default:
      return error;
  }
}
