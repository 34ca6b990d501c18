import type { SampleDirectory, SampleUser } from '../data/directory';
import { hash, hex8, pick } from '../data/random';
import { reportDelayDays } from '../data/activity';

/** A cell as the report knows it; how it looks depends on the format and the column. */
export type Cell = string | number | boolean | null | readonly string[];

/** What a report is asked for. */
export interface ReportRequest {
  /** 7, 30, 90 or 180; for a report of one day, 1. */
  readonly days: number;
  /** Text of the `Report Period` column. */
  readonly periodText: string;
  /** Only users active on this day (days ago); null for a period. */
  readonly onDay: number | null;
  readonly concealed: boolean;
}

/** Everything a row function needs about one user. */
export class ReportSubject {
  constructor(
    readonly directory: SampleDirectory,
    readonly user: SampleUser,
    readonly request: ReportRequest,
    /** True for a soft-deleted user. */
    readonly deleted: boolean,
  ) {}

  get refreshDate(): string {
    return this.directory.calendar.date(reportDelayDays);
  }

  get services() {
    return this.directory.profile(this.user.index).services;
  }

  /** Concealed names are 32 upper-case hex digits, the same in every report. */
  private conceal(salt: number, plain: string): string {
    if (!this.request.concealed) return plain;
    const h = (n: number): string => hex8(hash(this.directory.seed, this.user.index, salt + n));
    return `${h(0)}${h(1)}${h(2)}${h(3)}`.toUpperCase();
  }

  get principalName(): string {
    return this.conceal(501, this.user.userPrincipalName);
  }

  get displayName(): string {
    return this.conceal(511, this.user.displayName);
  }

  get userId(): string {
    return this.request.concealed ? '00000000-0000-0000-0000-000000000000' : this.user.id;
  }

  get deletedDate(): string | null {
    return this.deleted ? this.directory.deletedDateTime(this.user.index).slice(0, 10) : null;
  }

  get products(): readonly string[] {
    return this.deleted ? [] : this.directory.profile(this.user.index).reportProducts;
  }

  /** Newest use of one workload, in days ago; never newer than the report, and -1 for none. */
  workloadDay(salt: number, used = true): number {
    const { report } = this.user.activity;
    if (!used || report < 0) return -1;
    const share = pick(this.directory.seed, this.user.index, salt, 10);
    if (share === 0) return -1;
    return report + (share < 5 ? 0 : share - 4);
  }

  /** `YYYY-MM-DD`, or null for never. */
  date(daysAgo: number): string | null {
    return daysAgo < 0 ? null : this.directory.calendar.date(daysAgo);
  }

  /** True when a use lies within the asked period. */
  within(daysAgo: number): boolean {
    return daysAgo >= 0 && daysAgo < this.request.days + reportDelayDays;
  }

  /** A count that fits the period: 0 without use in it, growing with its length. */
  count(daysAgo: number, salt: number, perMonth: number): number {
    if (!this.within(daysAgo)) return 0;
    const month = 1 + pick(this.directory.seed, this.user.index, salt, perMonth);
    return Math.max(1, Math.round((month * this.request.days) / 30));
  }

  /** A number that does not depend on the period. */
  number(salt: number, from: number, to: number): number {
    return from + pick(this.directory.seed, this.user.index, salt, to - from + 1);
  }
}
