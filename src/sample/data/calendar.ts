const dayMs = 86_400_000;

/** Turns "days before the tenant's today" into text; the whole data set is relative to that day. */
export class SampleCalendar {
  private readonly start: number;
  private readonly dates = new Map<number, string>();

  /** @param today `YYYY-MM-DD` */
  constructor(readonly today: string) {
    this.start = Date.parse(`${today}T00:00:00Z`);
    if (Number.isNaN(this.start)) throw new Error(`Not a date: ${today}`);
  }

  /** `YYYY-MM-DD`; negative days lie in the future. */
  date(daysAgo: number): string {
    let text = this.dates.get(daysAgo);
    if (text === undefined) {
      text = new Date(this.start - daysAgo * dayMs).toISOString().slice(0, 10);
      this.dates.set(daysAgo, text);
    }
    return text;
  }

  /** UTC ISO 8601 with seconds, at a time of day from 0 to 86,399 seconds. */
  time(daysAgo: number, second: number): string {
    return this.date(daysAgo) + timeOfDay(second);
  }

  /** How many days before today a date lies. */
  daysAgo(date: string): number {
    return Math.round((this.start - Date.parse(`${date}T00:00:00Z`)) / dayMs);
  }
}

const two: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `Thh:mm:ssZ` of a second of the day. */
export function timeOfDay(second: number): string {
  return `T${two[Math.floor(second / 3600) % 24]}:${two[Math.floor(second / 60) % 60]}:${two[second % 60]}Z`;
}
