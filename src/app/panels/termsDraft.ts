import * as v from 'valibot';
import type { TimedDecision } from '../../core/model/lifecycle';
import type { LicenseSettings } from '../../core/store/licenseRecords';
import {
  entitlementLimits,
  lifecycleStages,
  type TermsCheck,
  type TermsDraft,
  type TermsField,
} from '../../shared/licenseContract';
import { isCalendarDate, isEmailAddress, longest } from '../commands/licenseArguments';

const short = v.pipe(v.string(), v.maxLength(500));
const long = v.pipe(v.string(), v.maxLength(5_000));

/** Terms as a page may send them. */
export const termsDraftSchema: v.GenericSchema<unknown, TermsDraft> = v.object({
  name: short,
  lifecycleStatus: v.picklist(lifecycleStages),
  limit: v.picklist(entitlementLimits),
  buffer: short,
  administrator: short,
  note: long,
  inactivityDays: short,
  graceDays: short,
  noticeDays: short,
  managed: v.boolean(),
  managedReason: long,
  managedUntil: short,
  excluded: v.boolean(),
  alertsReason: long,
  alertsUntil: short,
});

/** What is wrong with terms that a person is typing. */
export function checkTerms(draft: TermsDraft, today: string): TermsCheck {
  const problems: { field: TermsField; sentence: string }[] = [];
  const report = (field: TermsField, sentence: string): void => void problems.push({ field, sentence });
  const atMost = (field: 'name' | 'note' | 'managedReason' | 'alertsReason', most: number): void => {
    if (draft[field].trim().length > most) report(field, `Enter at most ${most} characters.`);
  };
  atMost('name', longest.name);
  if (!/^\d{1,8}$/.test(draft.buffer.trim() || '0')) {
    report('buffer', 'Enter a whole number of units, zero or more.');
  }
  if (!isEmailAddress(draft.administrator)) {
    report('administrator', 'Enter an email address such as name@contoso.com, or nothing.');
  }
  atMost('note', longest.note);
  for (const field of ['inactivityDays', 'graceDays', 'noticeDays'] as const) {
    const text = draft[field].trim();
    const days = Number(text);
    if (text !== '' && !(/^\d{1,3}$/.test(text) && days >= 1 && days <= 730)) {
      report(field, 'Enter a number of days from 1 to 730, or nothing to follow the setting.');
    }
  }
  const until = (field: 'managedUntil' | 'alertsUntil', shown: boolean): void => {
    const text = draft[field].trim();
    if (!shown || text === '') return;
    if (!isCalendarDate(text))
      report(field, 'Enter the last day as YYYY-MM-DD, or nothing to keep it until changed.');
    else if (text < today)
      report(field, 'This day is over. Enter a later one, or nothing to keep it until changed.');
  };
  if (!draft.managed) atMost('managedReason', longest.reason);
  until('managedUntil', !draft.managed);
  if (draft.excluded) atMost('alertsReason', longest.reason);
  until('alertsUntil', draft.excluded);
  return { problems };
}

/** The terms of a license as a form has them. A decision that has run out is shown as none. */
export function termsDraftOf(settings: LicenseSettings, today: string): TermsDraft {
  const { terms, decisions } = settings;
  const held = (decision: TimedDecision | null): TimedDecision | null =>
    decision !== null && (decision.until === null || today <= decision.until) ? decision : null;
  const unmanaged = held(decisions.unmanaged);
  const excluded = held(decisions.excludedFromAlerts);
  return {
    name: settings.name ?? '',
    lifecycleStatus: settings.lifecycleStatus,
    limit: terms.limit,
    buffer: String(terms.buffer),
    administrator: terms.administrator ?? '',
    note: terms.note ?? '',
    inactivityDays: settings.inactivityDays === null ? '' : String(settings.inactivityDays),
    graceDays: settings.graceDays === null ? '' : String(settings.graceDays),
    noticeDays: settings.noticeDays === null ? '' : String(settings.noticeDays),
    managed: unmanaged === null,
    managedReason: unmanaged?.reason ?? '',
    managedUntil: unmanaged?.until ?? '',
    excluded: excluded !== null,
    alertsReason: excluded?.reason ?? '',
    alertsUntil: excluded?.until ?? '',
  };
}

/** What is kept of terms without problems. */
export function settingsOf(draft: TermsDraft): LicenseSettings {
  const text = (value: string): string | null => value.trim() || null;
  const days = (value: string): number | null => (value.trim() === '' ? null : Number(value));
  const decision = (on: boolean, reason: string, until: string): TimedDecision | null =>
    on ? { reason: text(reason), until: text(until) } : null;
  return {
    lifecycleStatus: draft.lifecycleStatus,
    decisions: {
      unmanaged: decision(!draft.managed, draft.managedReason, draft.managedUntil),
      excludedFromAlerts: decision(draft.excluded, draft.alertsReason, draft.alertsUntil),
    },
    terms: {
      limit: draft.limit,
      buffer: Number(draft.buffer.trim() || '0'),
      administrator: text(draft.administrator),
      note: text(draft.note),
    },
    inactivityDays: days(draft.inactivityDays),
    graceDays: days(draft.graceDays),
    noticeDays: days(draft.noticeDays),
    name: text(draft.name),
  };
}
