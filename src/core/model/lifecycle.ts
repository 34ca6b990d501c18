import type { SourceType } from './connection';
import { MoneyByCurrency, recurringCost, type RecurringCost } from './money';
import type { LicenseCost } from './unitPrice';

/** Stage of a license's life; all but `retired` count. */
export type LifecycleStatus = 'active' | 'inStock' | 'purchased' | 'received' | 'retired';

/** A connection of a tenant, as far as supersession asks. Connections that were removed are left out. */
export interface SupersedingConnection {
  readonly connectionId: string;
  readonly sourceType: SourceType;
  /** Whether an import of it has ever succeeded. */
  readonly hasImported: boolean;
}

/**
 * Connections whose licenses are retired: once a tenant has a SaaS Management connection with a successful import,
 * those of its Microsoft 365 and Office 365 (deprecated) connections are. Nothing is stored, so that the licenses
 * come back when that connection is removed.
 */
export function supersededConnections(connections: readonly SupersedingConnection[]): ReadonlySet<string> {
  const superseded = connections.some(
    (connection) => connection.sourceType === 'saasManagement' && connection.hasImported,
  );
  return new Set(
    superseded
      ? connections
          .filter((connection) => connection.sourceType !== 'saasManagement')
          .map((connection) => connection.connectionId)
      : [],
  );
}

/**
 * The stage of a license: retired when every connection that imported it is superseded, else what a person set.
 * @param importedBy connections, as far as they still exist, whose imports brought the license
 */
export function lifecycleStatus(
  given: LifecycleStatus,
  importedBy: readonly string[],
  superseded: ReadonlySet<string>,
): LifecycleStatus {
  const retired = importedBy.length > 0 && importedBy.every((connectionId) => superseded.has(connectionId));
  return retired ? 'retired' : given;
}

/** A decision of a person about a license, with the reason and the last day it holds. */
export interface TimedDecision {
  readonly reason: string | null;
  /** `YYYY-MM-DD`, included; null: until changed. */
  readonly until: string | null;
}

/** What a person decided about a license. Both can be decided; null means not. */
export interface LicenseDecisions {
  /** Out of every number and every list, but not forgotten. */
  readonly unmanaged: TimedDecision | null;
  /** Shown and counted, but causes no alert. */
  readonly excludedFromAlerts: TimedDecision | null;
}

/** How a license takes part on a day. */
export type Participation = 'managed' | 'excludedFromAlerts' | 'unmanaged';

/** How a license takes part on a day; a decision that has run out no longer holds. */
export function participationOn(decisions: LicenseDecisions, today: string): Participation {
  if (holds(decisions.unmanaged, today)) return 'unmanaged';
  return holds(decisions.excludedFromAlerts, today) ? 'excludedFromAlerts' : 'managed';
}

/** Whether a license is in the numbers. */
export function isCounted(license: {
  readonly status: LifecycleStatus;
  readonly participation: Participation;
}): boolean {
  return license.status !== 'retired' && license.participation !== 'unmanaged';
}

/** A license, as far as the header asks what is hidden. */
export interface HideableLicense {
  readonly status: LifecycleStatus;
  readonly participation: Participation;
  /** Null when nothing is known of what it costs. */
  readonly cost: LicenseCost | null;
}

/** What is not shown, for the header of a report. */
export interface HiddenLicenses {
  readonly retired: number;
  readonly unmanaged: number;
  /** Licenses shown but excluded from alerts. */
  readonly excludedFromAlerts: number;
  /** What the unmanaged licenses cost; a retired license is a double and costs nothing. */
  readonly costs: readonly RecurringCost[];
  /** Unmanaged licenses whose cost is not known, or not all of it. */
  readonly costUnknown: number;
}

/** Counts what is hidden and what it costs. */
export function hiddenLicenses(licenses: readonly HideableLicense[]): HiddenLicenses {
  const costs = new MoneyByCurrency();
  const count = { retired: 0, unmanaged: 0, excludedFromAlerts: 0, costUnknown: 0 };
  for (const { status, participation, cost } of licenses) {
    if (status === 'retired') count.retired += 1;
    else if (participation === 'excludedFromAlerts') count.excludedFromAlerts += 1;
    else if (participation === 'unmanaged') {
      count.unmanaged += 1;
      const entries = cost?.monthly.entries() ?? [];
      for (const [currency, monthly] of entries) costs.add(currency, monthly);
      if (entries.length === 0 || cost?.incomplete !== false) count.costUnknown += 1;
    }
  }
  return {
    ...count,
    costs: costs.entries().map(([currency, monthly]) => recurringCost(currency, monthly)),
  };
}

function holds(decision: TimedDecision | null, today: string): boolean {
  return decision !== null && (decision.until === null || today <= decision.until);
}
