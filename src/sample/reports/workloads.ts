import type { ReportSubject } from './reportRow';

/** Newest use of each workload, in days ago; -1 for none. All reports read it here, so that they agree. */
export interface Workloads {
  readonly exchange: number;
  readonly oneDrive: number;
  readonly sharePoint: number;
  readonly teams: number;
  readonly yammer: number;
  readonly skype: number;
  readonly apps: number;
}

/** The workloads of a user. */
export function workloadsOf(subject: ReportSubject): Workloads {
  const { services, user } = subject;
  const person = user.kind === 'person' || user.kind === 'leaver';
  const mail = subject.workloadDay(601, services.exchange || !person);
  const oneDrive = subject.workloadDay(602, services.sharePoint && person);
  const sharePoint = subject.workloadDay(603, services.sharePoint && person);
  const teams = subject.workloadDay(604, services.teams && person);
  const apps = subject.workloadDay(605, services.apps && person);
  const yammerUsed = subject.number(606, 0, 5) === 0;
  const yammer = subject.workloadDay(607, services.yammer && person && yammerUsed);
  // Whoever is active at all is so in mail, so that one workload carries the newest date.
  const exchange = services.exchange || !person ? user.activity.report : mail;
  return { exchange, oneDrive, sharePoint, teams, apps, yammer, skype: -1 };
}

/** The newest of several days ago; -1 when there is none. */
export function newest(...days: readonly number[]): number {
  const used = days.filter((day) => day >= 0);
  return used.length === 0 ? -1 : Math.min(...used);
}
