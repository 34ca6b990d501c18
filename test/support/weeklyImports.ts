import type { ActiveUserRow, UserRow } from '../../src/core/model/datasets';
import type { Store } from '../../src/core/store/store';
import { activeUser, assignment, guid, importRows, mailbox, sku, subscription, user } from './storeRows';

/** A tenant that is imported once a week. */
export interface WeeklyTenant {
  readonly users: number;
  readonly weeks: number;
  /** Share of the users whose licenses or account change in a week, 0 to 1; half of all are active in it. */
  readonly share: number;
}

const skus = Array.from({ length: 12 }, (_, index) => guid(9000 + index));
const groups = Array.from({ length: 6 }, (_, index) => guid(9500 + index));

/**
 * Imports a made-up tenant week by week: licenses move, people join, leave, are disabled, are promoted; half of all
 * use what they have. Every week is a full import, as the worst case for the file.
 */
export async function importTestTenantWeeks(
  store: Store,
  { users, weeks, share }: WeeklyTenant,
  afterWeek: (week: number) => void = () => undefined,
): Promise<void> {
  // A small generator with a fixed seed: the same tenant each time.
  let seed = 7;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * limit);
  };
  let nextUser = 0;
  const newUser = (): UserRow => {
    const number = (nextUser += 1);
    return user(number, {
      userPrincipalName: `first.last${number}@contoso.example`,
      displayName: `First Last ${number}`,
      givenName: 'First',
      surname: `Last ${number}`,
      mail: `first.last${number}@contoso.example`,
      jobTitle: 'Clerk',
      department: `Department ${number % 40}`,
      country: 'Germany',
      usageLocation: 'DE',
      assignments: [
        assignment(skus[number % 5] ?? '', { groupId: groups[number % 6] ?? null }),
        ...(number % 3 === 0 ? [assignment(skus[5 + (number % 7)] ?? '')] : []),
      ],
    });
  };
  const people = Array.from({ length: users }, newUser);
  const lastUse = people.map(() => '2023-01-01');
  for (let week = 0; week < weeks; week += 1) {
    const finishedAt = new Date(Date.UTC(2023, 0, 2 + week * 7, 6)).toISOString();
    const changes = week === 0 ? 0 : Math.round(users * share);
    for (let count = 0; count < changes; count += 1) {
      const at = random(users);
      const one = people[at];
      if (one === undefined) continue;
      switch (count % 4) {
        case 0:
          people[at] = newUser();
          break;
        case 1:
          people[at] = { ...one, accountEnabled: one.accountEnabled !== true };
          break;
        case 2:
          people[at] = { ...one, assignments: [assignment(skus[random(12)] ?? '')] };
          break;
        default:
          people[at] = { ...one, assignments: [...one.assignments, assignment(skus[random(12)] ?? '')] };
      }
    }
    const today = finishedAt.slice(0, 10);
    lastUse.forEach((_, at) => {
      if (random(2) === 0) lastUse[at] = today;
    });
    const consumed = (skuId: string): number =>
      people.filter((one) => one.assignments.some((path) => path.skuId === skuId)).length;
    const activity = people.map((one, at): ActiveUserRow =>
      activeUser(one.userPrincipalName, {
        exchangeLastActivityDate: lastUse[at] ?? null,
        teamsLastActivityDate: lastUse[at] ?? null,
        hasExchangeLicense: true,
        hasTeamsLicense: true,
      }),
    );
    await importRows(
      store,
      {
        subscribedSkus: skus.map((skuId, index) =>
          sku(skuId, `PRODUCT_${index}`, {
            enabled: users + Math.floor(week / 13) * 10,
            consumedUnits: consumed(skuId),
          }),
        ),
        subscriptions: skus.map((skuId, index) =>
          subscription(guid(9900 + index), skuId, {
            totalLicenses: users + Math.floor(week / 13) * 10,
            nextLifecycleAt: `${2023 + Math.ceil((week + 1) / 52)}-01-01T00:00:00Z`,
          }),
        ),
        users: people,
        activeUsers: activity,
        mailboxUsage: people.map((one, at) =>
          mailbox(one.userPrincipalName, {
            lastActivityDate: lastUse[at] ?? null,
            storageUsedBytes: 1_000_000 + week * 10_000 + random(9000),
          }),
        ),
      },
      { finishedAt },
    );
    afterWeek(week);
  }
}
