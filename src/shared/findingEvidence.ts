/** How a sentence writes counts and days. */
export interface FindingFormats {
  readonly count: (value: number) => string;
  /** @param iso `YYYY-MM-DD` */
  readonly day: (iso: string) => string;
}

const plainNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const plainFormats: FindingFormats = { count: (value) => plainNumber.format(value), day: (iso) => iso };

interface Input {
  readonly kind: string;
  readonly seats?: number | null;
  readonly evidence?: unknown;
}

/** Fields of an evidence, read with care: it may come from a newer version of the product. */
class Facts {
  constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    readonly formats: FindingFormats,
  ) {}

  number(name: string): number | null {
    const value = this.fields[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  text(name: string): string | null {
    const value = this.fields[name];
    return typeof value === 'string' && value !== '' ? value : null;
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  texts(name: string): readonly string[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }

  facts(name: string): Facts {
    return new Facts(record(this.fields[name]), this.formats);
  }

  list(name: string): readonly Facts[] {
    const value: unknown = this.fields[name];
    return Array.isArray(value) ? value.map((item) => new Facts(record(item), this.formats)) : [];
  }

  count(name: string): string | null {
    const value = this.number(name);
    return value === null ? null : this.formats.count(value);
  }

  day(name: string): string | null {
    const value = this.text(name);
    return value === null ? null : this.formats.day(value.slice(0, 10));
  }

  /** `1 unit`, `2 units`. */
  counted(value: number, one: string, many = `${one}s`): string {
    return `${this.formats.count(value)} ${value === 1 ? one : many}`;
  }
}

/** The sentence that an evidence allows; null when it says nothing that is understood. */
export function evidenceWords(finding: Input, formats: FindingFormats = plainFormats): string | null {
  const facts = new Facts(record(parsed(finding.evidence)), formats);
  switch (facts.text('about')) {
    case 'position':
      return position(finding, facts);
    case 'seat':
      return seat(finding.kind, facts);
    case 'containment':
      return containment(facts);
    case 'downgrade':
      return downgrade(facts.facts('advice'));
    case 'paths':
      return paths(finding.kind, facts);
    case 'assignmentError':
      return assignmentError(facts);
    case 'count':
      return count(facts);
    case 'date':
      return date(finding, facts.facts('alert'));
    case 'purchaseEnd': {
      const day = facts.day('endingDate');
      return day === null ? null : `A purchase ends on ${day}; from the day after its units have no price.`;
    }
    case 'price':
      return lookUp(priceProblems, facts.text('problem'));
    case 'source':
      return source(facts);
    default:
      return null;
  }
}

function position({ kind, seats }: Input, facts: Facts): string | null {
  const [entitled, enabled, consumed] = [
    facts.count('entitled'),
    facts.count('enabled'),
    facts.count('consumed'),
  ];
  if (entitled === null || enabled === null || consumed === null) return null;
  const found = seats ?? null;
  const grace = facts.number('inGrace') ?? 0;
  const inGrace = grace > 0 ? `, ${facts.formats.count(grace)} of them in grace` : '';
  if (kind === 'shortfall') {
    const trueUp =
      facts.text('limit') === 'subjectToTrueUp' ? ' Subject to true-up: a forecast, not a breach.' : '';
    const missing = found === null ? '' : `: ${facts.formats.count(found)} missing`;
    return `${consumed} in use, ${entitled} entitled${inGrace}${missing}.${trueUp}`;
  }
  if (kind === 'shortfallAfterGrace') {
    const ends = facts.day('graceEnds');
    const when = ends === null ? 'When the grace period ends' : `When the grace period ends on ${ends}`;
    const missing = found === null ? '' : `: ${facts.formats.count(found)} more will be missing`;
    return `${when}, ${enabled} units are left for ${consumed} in use${missing}.`;
  }
  const buffer = facts.number('buffer') ?? 0;
  const kept = buffer > 0 ? `, ${facts.formats.count(buffer)} kept free on purpose` : '';
  const spare = found === null ? '' : `: ${facts.formats.count(found)} held by nobody`;
  return `${enabled} units, ${consumed} in use${kept}${spare}.`;
}

const seatReasons: Readonly<Record<string, string>> = {
  noUseSinceCreation: 'no use was seen since the account was created',
  noUseInHistory: 'no use was seen for as long as the sign-in log reaches back',
  notUsedRecently: 'not used within the inactivity period',
};

function seat(kind: string, facts: Facts): string | null {
  const last = facts.day('lastActivityDate');
  const use = last === null ? null : `last used on ${last}`;
  const reason = lookUp(seatReasons, facts.text('reason'));
  const confidence = facts.text('confidence');
  const sure = confidence === null ? '' : `, ${confidence} confidence`;
  let sentence: string;
  if (kind === 'disabledAccount') sentence = `The account is disabled${suffix(use)}`;
  else if (kind === 'guest') sentence = `A guest of another organization${suffix(use)}`;
  else if (kind === 'mailboxNeedsNone') {
    sentence =
      'A shared, room or equipment mailbox of 50 GB at most, without an archive, to which nobody signs in';
  } else if (kind === 'neverActive') sentence = `${capital(reason ?? 'never used')}${sure}`;
  else if (kind === 'inactive') sentence = `${capital(use ?? reason ?? 'not used lately')}${sure}`;
  else return null;
  return [
    `${sentence}.`,
    seatPaths(facts),
    ...facts.texts('checks').flatMap((check) => lookUp(checks, check) ?? []),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const checks: Readonly<Record<string, string>> = {
  archive: 'It has an archive mailbox: check before you take it away.',
  largeMailbox: 'The mailbox is larger than one without a license may be.',
  holdUnknown: 'Whether it is on hold cannot be seen.',
};

/** Every path has to go before the seat is free; the usual single direct one needs no word. */
function seatPaths(facts: Facts): string {
  const groups = facts.number('groupCount') ?? 0;
  if (groups === 0) return '';
  const byGroups = facts.counted(groups, 'group');
  return facts.flag('direct') ? `Assigned directly and by ${byGroups}.` : `Assigned by ${byGroups}.`;
}

function containment(facts: Facts): string | null {
  const inside = facts.text('insidePartNumber');
  if (inside === null) return null;
  const missing = facts.texts('missingPlans');
  return missing.length === 0
    ? `Everything in it is in ${inside}, which the same person holds.`
    : `Nearly all of it is in ${inside}, which the same person holds; missing there: ${listed(missing)}.`;
}

const needReasons: Readonly<Record<string, string>> = {
  used: 'in use',
  notHeard: 'use not known',
  keepsData: 'keeps data',
  mailboxSize: 'mailbox too large',
  archive: 'has an archive',
  hold: 'may be on hold',
  frontline: 'only for frontline workers',
};

function downgrade(advice: Facts): string | null {
  const targets = advice.texts('toPartNumbers');
  if (targets.length === 0) return null;
  const lost = advice.texts('wouldLose');
  const needed = advice.list('neededBecause').flatMap((need) => {
    const plan = need.text('plan');
    const reason = lookUp(needReasons, need.text('reason'));
    return plan === null ? [] : [reason === null ? plan : `${plan} (${reason})`];
  });
  const unseen = advice.texts('cannotObserve');
  const kept = advice.texts('kept');
  const answered = advice.texts('answered');
  const uses = kept.length === 0 ? 'What this person uses' : `What this person uses (${listed(kept)})`;
  const unused = lost.filter((plan) => !answered.includes(plan));
  return [
    `${uses} is in ${targets.join(' + ')}, which costs less.`,
    unused.length === 0 ? '' : `Would be lost and is not used: ${listed(unused)}.`,
    answered.length === 0
      ? ''
      : `Would be lost, cannot be observed, and nobody needs it as somebody said: ${listed(answered)}.`,
    needed.length === 0 ? '' : `Speaks against it: ${listed(needed)}.`,
    unseen.length === 0 ? '' : `Use cannot be observed: ${listed(unseen)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function paths(kind: string, facts: Facts): string | null {
  const groups = facts.number('groupCount');
  if (groups === null) return null;
  const byGroups = groups === 0 ? '' : `by ${facts.counted(groups, 'group')}`;
  const how = [facts.flag('direct') ? 'directly' : '', byGroups].filter((part) => part !== '').join(' and ');
  if (how === '') return null;
  return kind === 'productGone'
    ? `The tenant no longer has this product; it is still assigned ${how}.`
    : `Assigned ${how}: one seat all the same.`;
}

/** @see https://learn.microsoft.com/graph/api/resources/licenseassignmentstate */
const assignmentErrors: Readonly<Record<string, string>> = {
  CountViolation: 'no unit is free',
  MutuallyExclusiveViolation: 'a plan conflicts with another license',
  DependencyViolation: 'a plan needs another one',
  ProhibitedInUsageLocationViolation: 'not available in the usage location',
  UniquenessViolation: 'an address is not unique',
};

function assignmentError(facts: Facts): string {
  const errors = facts.list('errors').map((error) => {
    const name = error.text('error');
    const why = name === null ? 'reason not given' : (lookUp(assignmentErrors, name) ?? name);
    return error.text('groupId') === null ? `assigned directly, ${why}` : `by a group, ${why}`;
  });
  const what = errors.length === 0 ? '' : `: ${listed([...new Set(errors)])}`;
  const holds = facts.flag('holdsSeat') ? 'The seat is held by another path' : 'The person has no seat';
  return `The assignment failed${what}. ${holds}.`;
}

const mismatchReasons: Readonly<Record<string, string>> = {
  assignmentErrors: 'assignments in error that it still counts',
  usersNotListed: 'users deleted lately or not readable',
  readAtDifferentTimes: 'users and products read at different times',
  countDelayed: 'its count follows with a delay',
};

function count(facts: Facts): string | null {
  const [consumed, seats] = [facts.count('consumed'), facts.count('seats')];
  if (consumed === null || seats === null) return null;
  const reasons = facts.texts('reasons').flatMap((reason) => lookUp(mismatchReasons, reason) ?? []);
  const likely = reasons.length === 0 ? '' : ` Likely: ${listed(reasons)}.`;
  return `Microsoft counts ${consumed}, the assignments show ${seats}.${likely}`;
}

const dateWords: Readonly<Record<string, string>> = {
  renews: 'renews',
  ends: 'ends',
  renewsOrEnds: 'renews or ends (whether it is billed again is not known)',
  graceEnds: 'leaves its grace period',
};
const termWords: Readonly<Record<string, string>> = {
  monthly: 'monthly',
  annual: 'annual',
  threeYear: 'three-year',
};

function date({ seats }: Input, alert: Facts): string | null {
  const day = alert.day('date');
  if (day === null) return null;
  const what = lookUp(dateWords, alert.text('what')) ?? 'reaches a date of its life cycle';
  const left = alert.number('daysLeft');
  const near =
    left === null ? '' : left === 0 ? ', today' : left > 0 ? `, in ${alert.counted(left, 'day')}` : '';
  const term = lookUp(termWords, alert.text('term'));
  const units =
    seats === undefined || seats === null || seats === 0 ? '' : ` of ${alert.counted(seats, 'unit')}`;
  const article = term === 'annual' ? 'An' : 'A';
  return `${term === null ? 'A' : `${article} ${term}`} subscription${units} ${what} on ${day}${near}.`;
}

const priceProblems: Readonly<Record<string, string>> = {
  noPurchase: 'No purchase is entered, so its cost is unknown.',
  ended: 'All its purchases have ended, so its cost is unknown.',
  notYetEffective: 'Its first purchase starts later, so its cost is unknown today.',
  onceWithoutEnd: 'It was paid once, without a last day over which to spread the amount.',
  severalCurrencies: 'It was bought in several currencies, and no exchange rate is set.',
};

const sourceNames: Readonly<Record<string, string>> = {
  signInActivity: 'The last sign-in of each user',
  activeUserReport: 'The report of active users',
  emailReport: 'The report of email activity',
  appUsageReport: 'The report of Microsoft 365 Apps usage',
  mailboxReport: 'The report of mailboxes',
  oneDriveReport: 'The report of OneDrive',
  signIns: 'The sign-in log',
};

function source(facts: Facts): string | null {
  const id = facts.text('source');
  if (id === null) return null;
  const name = lookUp(sourceNames, id) ?? `The source “${id}”`;
  const day = facts.day('asOfDate');
  switch (facts.text('status')) {
    case 'missing':
      return `${name} was not imported.`;
    case 'concealed':
      return `${name} conceals the names of users, so nothing can be told from it.`;
    case 'notLicensed':
      return `${name} needs a license that the tenant does not have (Entra ID P1).`;
    case 'stale':
      return day === null ? `${name} is too old.` : `${name} is as of ${day}, which is too old.`;
    default:
      return `${name} cannot be used.`;
  }
}

function suffix(text: string | null): string {
  return text === null ? '' : `; ${text}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A list of names, cut where it gets too long to read. */
function listed(items: readonly string[]): string {
  const most = 6;
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

function lookUp(words: Readonly<Record<string, string>>, key: string | null): string | null {
  return key !== null && Object.hasOwn(words, key) ? (words[key] ?? null) : null;
}

function parsed(evidence: unknown): unknown {
  if (typeof evidence !== 'string') return evidence;
  try {
    return JSON.parse(evidence) as unknown;
  } catch {
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
