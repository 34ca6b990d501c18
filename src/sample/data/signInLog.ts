import type { SampleDirectory } from './directory';
import type { SampleServices } from './licenseProfiles';
import { guidOf, pick } from './random';
import { timeOfDay } from './calendar';
import type { UserOrder } from './userOrder';

/** An application of the sign-in log. */
interface LoggedApplication {
  readonly appId: string;
  readonly name: string;
  /** The service whose holders use it; undefined for what anybody uses. */
  readonly service?: keyof SampleServices;
}

/**
 * Real first-party applications. Microsoft's list of them (`verify-first-party-apps-sign-in` in its support
 * documentation) has the first three; Project Online's id is in its Project documentation, and the Visio one is
 * the id under which Visio's Excel add-in is published.
 */
const applications: readonly LoggedApplication[] = [
  { appId: '00000002-0000-0ff1-ce00-000000000000', name: 'Office 365 Exchange Online' },
  { appId: '00000007-0000-0000-c000-000000000000', name: 'Dataverse', service: 'dynamics' },
  { appId: '871c010f-5e61-4fb1-83ac-98610a7e9110', name: 'Microsoft Power BI', service: 'powerBi' },
  { appId: 'f53895d3-095d-408f-8e93-8f94b391404e', name: 'Project Online', service: 'project' },
  {
    appId: '00695ed2-3202-4156-8da1-69f60065e255',
    name: 'Microsoft Visio Data Visualizer',
    service: 'visio',
  },
];

/** Days that the log goes back. */
export const signInLogDays = 30;
const places = 8;

/** One sign-in. */
export interface SampleSignIn {
  readonly id: string;
  readonly userIndex: number;
  readonly appId: string;
  readonly appDisplayName: string;
  readonly createdDateTime: string;
  /** 0 for success. */
  readonly errorCode: number;
}

/**
 * The sign-in log, newest first, without keeping it: users are put in a fixed random order, each signs in at
 * the second of the day that follows from their place in it, and a bit set per user (the only thing kept) says
 * on which days.
 */
export class SignInLog {
  private readonly order: UserOrder;
  private days: Uint32Array | undefined;

  constructor(private readonly directory: SampleDirectory) {
    this.order = directory.order;
  }

  /** The day (days ago) on which a user last used an application, or -1. */
  private appDay(index: number, application: number): number {
    const { directory } = this;
    const { signIn } = directory.activity(index);
    if (signIn < 0) return -1;
    const service = applications[application]?.service;
    const chance = pick(directory.seed, index, 900 + application, 20);
    if (service === undefined) return signIn < signInLogDays && chance < 5 ? signIn : -1;
    // What is past stays, whatever happens to the license: a log only grows.
    if (!directory.plantedProfile(index).services[service] || chance < 6) return -1;
    const day = signIn + 1 + (chance % 8);
    return day < signInLogDays ? day : -1;
  }

  private bits(): Uint32Array {
    if (!this.days) {
      this.days = new Uint32Array(this.directory.users);
      for (let index = 0; index < this.directory.users; index++) {
        let mask = 0;
        for (let n = 0; n < applications.length; n++) {
          const day = this.appDay(index, n);
          if (day >= 0) mask |= 1 << day;
        }
        this.days[index] = mask;
      }
    }
    return this.days;
  }

  /**
   * The sign-ins from a position on, newest first, each with the position after it.
   * @param firstDay newest day to look at, in days ago
   * @param lastDay oldest day to look at
   */
  *from(
    position: number,
    firstDay = 0,
    lastDay = signInLogDays - 1,
  ): Generator<{ readonly signIn: SampleSignIn; readonly next: number }> {
    const bits = this.bits();
    const { users } = this.directory;
    const begin = Math.max(position, firstDay * users * places);
    for (let day = Math.floor(begin / (users * places)); day <= lastDay; day++) {
      const dayStart = day * users * places;
      for (let place = Math.max(0, Math.floor((begin - dayStart) / places)); place < users; place++) {
        const index = this.order.userAt(place);
        if (((bits[index] ?? 0) & (1 << day)) === 0) continue;
        for (let n = 0; n < applications.length; n++) {
          const at = dayStart + place * places + n;
          if (at < begin || this.appDay(index, n) !== day) continue;
          yield { signIn: this.signIn(index, n, day), next: at + 1 };
        }
      }
    }
  }

  private signIn(index: number, application: number, day: number): SampleSignIn {
    const { directory } = this;
    const app = applications[application];
    return {
      id: guidOf(directory.seed, index * places + application, 47),
      userIndex: index,
      appId: app?.appId ?? '',
      appDisplayName: app?.name ?? '',
      createdDateTime: directory.calendar.date(day) + timeOfDay(this.order.secondOf(index)),
      // A failed attempt proves no use.
      errorCode: pick(directory.seed, index, 48, 25) === 0 ? 50126 : 0,
    };
  }
}
