import {
  entitlementLimits,
  lifecycleStages,
  paymentFrequencies,
  type PurchaseDraft,
  type TermsDraft,
} from '../../src/shared/licenseContract';

/** What a page saved, perhaps by an older version. */
export interface RestoredState {
  readonly scrollTop: number;
  readonly purchase: PurchaseDraft | null;
  readonly terms: TermsDraft | null;
}

/** Reads what a page saved; what does not fit is left out. Which license it was of is for the host to read. */
export function restoreState(saved: unknown): RestoredState {
  const state = record(saved);
  const { scrollTop } = state;
  return {
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
    purchase: purchaseOf(state['purchase']),
    terms: termsOf(state['terms']),
  };
}

function purchaseOf(saved: unknown): PurchaseDraft | null {
  const state = record(saved);
  const purchaseId = state['purchaseId'];
  const texts = textsOf(state, ['quantity', 'amount', 'currency', 'effectiveDate', 'endingDate', 'note']);
  const amountPer = (['unit', 'total'] as const).find((value) => value === state['amountPer']);
  const paymentFrequency = paymentFrequencies.find((value) => value === state['paymentFrequency']);
  if (texts === null || amountPer === undefined || paymentFrequency === undefined) return null;
  if (purchaseId !== null && typeof purchaseId !== 'string') return null;
  return { ...texts, purchaseId, amountPer, paymentFrequency };
}

function termsOf(saved: unknown): TermsDraft | null {
  const state = record(saved);
  const texts = textsOf(state, [
    ...(['name', 'buffer', 'administrator', 'note', 'inactivityDays', 'graceDays', 'noticeDays'] as const),
    ...(['managedReason', 'managedUntil', 'alertsReason', 'alertsUntil'] as const),
  ]);
  const lifecycleStatus = lifecycleStages.find((value) => value === state['lifecycleStatus']);
  const limit = entitlementLimits.find((value) => value === state['limit']);
  const { managed, excluded } = state;
  if (texts === null || lifecycleStatus === undefined || limit === undefined) return null;
  if (typeof managed !== 'boolean' || typeof excluded !== 'boolean') return null;
  // In the order of the contract, so that it can be compared with what the host sends.
  return {
    name: texts.name,
    lifecycleStatus,
    limit,
    buffer: texts.buffer,
    administrator: texts.administrator,
    note: texts.note,
    inactivityDays: texts.inactivityDays,
    graceDays: texts.graceDays,
    noticeDays: texts.noticeDays,
    managed,
    managedReason: texts.managedReason,
    managedUntil: texts.managedUntil,
    excluded,
    alertsReason: texts.alertsReason,
    alertsUntil: texts.alertsUntil,
  };
}

function textsOf<K extends string>(
  state: Readonly<Record<string, unknown>>,
  names: readonly K[],
): Record<K, string> | null {
  const entries = names.map((name) => [name, state[name]] as const);
  return entries.every(([, value]) => typeof value === 'string')
    ? (Object.fromEntries(entries) as Record<K, string>)
    : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
