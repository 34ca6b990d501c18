import type { ActivitySignal } from './evaluation';
import { sourceBit, subjectBit, subjectOf } from './evidenceBits';

const signInGroup = sourceBit.signInActivity;
const mailGroup = sourceBit.emailReport;

/** Sources that are fed by the same observation count as one: both sign-in sources, both mail reports. */
function groupOf(source: number): number {
  if (source === sourceBit.signIns) return signInGroup;
  if (source === sourceBit.mailboxReport) return mailGroup;
  return source;
}

/** What was measured, whichever report tells it: two reports about the same mailbox are one measurement. */
function measurementOf(source: number, subject: number): number {
  if (groupOf(source) === signInGroup) return subjectBit.account;
  return subject === subjectBit.outlook ? subjectBit.exchange : subject;
}

/**
 * Sums up the signals that speak of a user or of a seat. One object is used again and again, since this is the
 * innermost loop of an evaluation.
 */
export class EvidenceTally {
  /** Newest use of a service, and newest sign-in of the account; empty text for none. */
  newestService = '';
  newestAccount = '';
  /** Sources that have a row for the user. */
  rows = 0;
  /** Groups and measurements that show use within the threshold, and whether any of them is not weak. */
  recentGroups = 0;
  recentMeasurements = 0;
  recentStrong = false;
  /** Groups and measurements that speak and show no use within the threshold. */
  quietGroups = 0;
  quietMeasurements = 0;
  /** True when something other than non-interactive sign-ins is among the quiet ones. */
  quietStrong = false;

  /**
   * @param sources bits of the sources that may speak (the fresh ones)
   * @param subjects bits of the subjects that count
   * @param cutoff oldest date that is still recent
   * @param today dates after it count as today
   */
  count(
    signals: readonly ActivitySignal[],
    sources: number,
    subjects: number,
    cutoff: string,
    today: string,
  ): void {
    this.reset();
    for (const signal of signals) {
      const source = sourceBit[signal.source];
      if (!(source & sources)) continue;
      const subject = subjectOf(signal);
      if (!(subject & subjects)) continue;
      this.rows |= source;
      const group = groupOf(source);
      const measurement = measurementOf(source, subject);
      const date = signal.date === null || signal.date <= today ? signal.date : today;
      if (date !== null) {
        if (subject === subjectBit.account) {
          if (date > this.newestAccount) this.newestAccount = date;
        } else if (date > this.newestService) this.newestService = date;
      }
      if (date !== null && date >= cutoff) {
        this.recentGroups |= group;
        this.recentMeasurements |= measurement;
        if (signal.weak !== true) this.recentStrong = true;
      } else {
        this.quietGroups |= group;
        this.quietMeasurements |= measurement;
        // A sign-in source without a date says nothing that its dated part does not say better.
        if (date === null ? group !== signInGroup : signal.weak !== true) this.quietStrong = true;
      }
    }
  }

  /** Newest date of all, or null. */
  get newest(): string | null {
    return (this.newestService > this.newestAccount ? this.newestService : this.newestAccount) || null;
  }

  private reset(): void {
    this.newestService = '';
    this.newestAccount = '';
    this.rows = 0;
    this.recentGroups = 0;
    this.recentMeasurements = 0;
    this.recentStrong = false;
    this.quietGroups = 0;
    this.quietMeasurements = 0;
    this.quietStrong = false;
  }
}
