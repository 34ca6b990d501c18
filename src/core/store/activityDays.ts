import { dayNumber } from '../model/calendarDate';
import type { ActivitySignal, Application } from '../model/evaluation';
import { dayColumns } from './migrations/version4Tables';

const indexOf: ReadonlyMap<Application, number> = new Map(
  dayColumns.map(([application], index) => [application, index]),
);

/** Columns of `users` with the day of the newest use, in the order of {@link ActivityDays.of}. */
export const activityDayColumns: readonly string[] = dayColumns.map(([, column]) => column);

const noDates: readonly string[] = dayColumns.map(() => '');
const noDays: readonly (number | null)[] = dayColumns.map(() => null);

/** The newest use of each application, as days since 1970-01-01; whatever its source and however old. */
export class ActivityDays {
  private readonly days = new Map<string, number>();

  /** One number per application; null: no source shows a use. */
  of(signals: readonly ActivitySignal[]): (number | null)[] {
    const newest = [...noDates];
    for (const { application, date } of signals) {
      if (application === null || date === null) continue;
      const index = indexOf.get(application);
      if (index !== undefined && date > (newest[index] ?? '')) newest[index] = date;
    }
    const days = [...noDays];
    newest.forEach((date, index) => {
      if (date !== '') days[index] = this.day(date);
    });
    return days;
  }

  /** The same few hundred dates come again and again. */
  private day(date: string): number | null {
    let day = this.days.get(date);
    if (day === undefined) {
      day = dayNumber(date);
      this.days.set(date, day);
    }
    return Number.isNaN(day) ? null : day;
  }
}
