import type { SampleActivity } from './activity';
import { activityOf } from './activity';
import { SampleCalendar } from './calendar';
import type { SampleGroup } from './groups';
import { groupsOf } from './groups';
import { LicenseChanges } from './licenseChanges';
import type { AccountKind, LicenseProfile } from './licenseProfiles';
import { kindOfSlot, LicenseProfiles } from './licenseProfiles';
import { departments, partnerDomains, places } from './names';
import { UserOrder } from './userOrder';
import { aliasOf, indexOfAlias, nameOf } from './people';
import { guidOf, guidOfIndex, hash, indexOfGuid, pick, slotOf } from './random';

/** A user as the generator makes it; nothing of it is kept. */
export interface SampleUser {
  readonly index: number;
  readonly id: string;
  readonly kind: AccountKind;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly companyName: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly userType: 'Member' | 'Guest';
  readonly externalUserState: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly createdDateTime: string | null;
  /** Set for a soft-deleted user. */
  readonly deletedDateTime: string | null;
  readonly activity: SampleActivity;
}

/** The first accounts of every tenant: the administrator, and names that break careless exports. */
const personas: readonly {
  readonly alias: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
}[] = [
  { alias: 'admin', displayName: 'Avery Admin', givenName: 'Avery', surname: 'Admin' },
  { alias: 'okoro', displayName: 'Okoro, Ines "Nes"', givenName: 'Ines', surname: 'Okoro' },
  { alias: 'temp.finance', displayName: '=Finance Temp+1', givenName: null, surname: null },
  { alias: 'li.na', displayName: '李 娜 (Li Na)', givenName: '娜', surname: '李' },
];
const personaByAlias = new Map(personas.map((persona, index) => [persona.alias, index]));

const sharedTopics = ['Invoices', 'Support', 'Info', 'Jobs', 'Orders', 'Press'];
const serviceTopics = ['backup', 'scanner', 'monitoring', 'import'];

const salts = { id: 1, license: 2, addOn: 3, activity: 4 };

/** What the directory of a sample tenant is made from. */
export interface DirectoryOptions {
  readonly seed: number;
  readonly users: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/**
 * The tenant's directory. User `i` is a pure function of (seed, i): half a million users cost no memory, and any
 * page can be computed at any time. Only what somebody changed since the start is kept.
 */
export class SampleDirectory {
  readonly seed: number;
  readonly users: number;
  /** Soft-deleted users follow the live ones in index. */
  readonly deletedUsers: number;
  readonly calendar: SampleCalendar;
  readonly tenantId: string;
  readonly tenantName = 'Contoso';
  readonly domain = 'contoso.example';
  readonly groups: readonly SampleGroup[];
  readonly changes: LicenseChanges;
  /** The order in which the sign-in log goes through a day. */
  readonly order: UserOrder;
  private readonly profiles: LicenseProfiles;

  constructor(options: DirectoryOptions) {
    this.seed = options.seed;
    this.users = options.users;
    this.deletedUsers = Math.ceil(options.users * 0.02);
    this.calendar = new SampleCalendar(options.today);
    this.tenantId = guidOf(options.seed, 0, 9001);
    this.groups = groupsOf(options.seed);
    this.profiles = new LicenseProfiles(this.groups);
    this.changes = new LicenseChanges();
    this.order = new UserOrder(options.users);
  }

  /** Which of the hundred license situations user `index` is in. */
  licenseSlot(index: number): number {
    return index < personas.length ? 0 : slotOf(this.seed, index, salts.license);
  }

  /** The licenses that the generator gave, before any change. */
  plantedProfile(index: number): LicenseProfile {
    return this.profiles.get(this.licenseSlot(index), slotOf(this.seed, index, salts.addOn));
  }

  /** The licenses of a user now. */
  profile(index: number): LicenseProfile {
    const planted = this.plantedProfile(index);
    return this.changes.isEmpty ? planted : this.changes.profile(index, planted);
  }

  activity(index: number): SampleActivity {
    const kind = kindOfSlot(this.licenseSlot(index));
    const slot = index < personas.length ? 0 : slotOf(this.seed, index, salts.activity);
    return activityOf(this.seed, index, kind, slot);
  }

  id(index: number): string {
    return guidOfIndex(this.seed, index, salts.id);
  }

  /** Id of a user's OneDrive site. */
  siteId(index: number): string {
    return guidOf(this.seed, index, 5001);
  }

  /** The index of a live user by object id or user principal name (any case), or -1. */
  find(idOrName: string): number {
    const index = idOrName.includes('@')
      ? this.indexOfPrincipalName(idOrName.toLowerCase())
      : indexOfGuid(this.seed, idOrName, salts.id);
    return index >= 0 && index < this.users ? index : -1;
  }

  private indexOfPrincipalName(name: string): number {
    const alias = name.split('@')[0] ?? '';
    const numbered = /-(\d+)$/.exec(alias);
    const candidate =
      personaByAlias.get(alias) ??
      (numbered ? Number(numbered[1]) : indexOfAlias(this.seed, alias.split('_')[0] ?? ''));
    if (candidate < 0 || candidate >= this.users) return -1;
    return this.user(candidate).userPrincipalName.toLowerCase() === name ? candidate : -1;
  }

  /** Second of the day of something about a user, from 6:00 to 20:00. */
  secondOf(index: number, salt: number): number {
    return 21_600 + pick(this.seed, index, salt, 50_400);
  }

  user(index: number): SampleUser {
    const seed = this.seed;
    const kind = kindOfSlot(this.licenseSlot(index));
    const activity = this.activity(index);
    const h = hash(seed, index, 21);
    const created =
      activity.created > 3000 && h % 7 === 0
        ? null
        : this.calendar.time(activity.created, this.secondOf(index, 22));
    const common = {
      index,
      id: this.id(index),
      kind,
      activity,
      createdDateTime: created,
      deletedDateTime: null,
    };
    if (kind !== 'person' && kind !== 'guest' && kind !== 'leaver') return this.resource(common, kind);

    const name = nameOf(seed, index);
    const place = places[pick(seed, index, 23, places.length)];
    const department = departments[pick(seed, index, 24, departments.length)];
    const persona = personas[index];
    const displayName = persona?.displayName ?? `${name.given.text} ${name.surname.text}`;
    if (kind === 'guest') {
      const partner = partnerDomains[pick(seed, index, 25, partnerDomains.length)] ?? '';
      const alias = aliasOf(name);
      return {
        ...common,
        userPrincipalName: `${alias}_${partner}#EXT#@${this.domain}`,
        displayName,
        givenName: name.given.text,
        surname: name.surname.text,
        mail: `${alias}@${partner}`,
        jobTitle: null,
        department: null,
        companyName: partner.split('.')[0] ?? null,
        city: null,
        country: null,
        usageLocation: h % 3 === 0 ? null : (place?.location ?? null),
        accountEnabled: true,
        userType: 'Guest',
        externalUserState: activity.shape === 'absent' && h % 2 === 0 ? 'PendingAcceptance' : 'Accepted',
        onPremisesSyncEnabled: null,
      };
    }
    const address = `${persona?.alias ?? aliasOf(name)}@${this.domain}`;
    const slot = this.licenseSlot(index);
    const sync = pick(seed, index, 26, 20);
    return {
      ...common,
      userPrincipalName: address,
      displayName,
      givenName: persona ? persona.givenName : name.given.text,
      surname: persona ? persona.surname : name.surname.text,
      mail: slot >= 81 && slot < 84 ? null : address,
      jobTitle: department?.titles[pick(seed, index, 27, department.titles.length)] ?? null,
      department: department?.name ?? null,
      companyName: 'Contoso',
      city: place?.city ?? null,
      country: place?.country ?? null,
      // People without a license were often never given a location; a few group members neither.
      usageLocation: slot === 82 || slot === 83 || slot === 27 ? null : (place?.location ?? null),
      accountEnabled: kind !== 'leaver' && (index < personas.length || h % 50 !== 0),
      userType: 'Member',
      externalUserState: null,
      onPremisesSyncEnabled: sync < 12 ? true : sync < 14 ? false : null,
    };
  }

  /** A soft-deleted user, of an index from {@link users} on; always a former person. */
  deletedUser(index: number): SampleUser {
    const name = nameOf(this.seed, index);
    const address = `${aliasOf(name)}@${this.domain}`;
    const department = departments[pick(this.seed, index, 24, departments.length)];
    return {
      ...this.user(index),
      kind: 'leaver',
      userPrincipalName: `${this.id(index).replaceAll('-', '')}${address}`,
      displayName: `${name.given.text} ${name.surname.text}`,
      givenName: name.given.text,
      surname: name.surname.text,
      mail: address,
      jobTitle: department?.titles[0] ?? null,
      department: department?.name ?? null,
      companyName: 'Contoso',
      accountEnabled: false,
      userType: 'Member',
      externalUserState: null,
      deletedDateTime: this.deletedDateTime(index),
    };
  }

  /** When a soft-deleted user was deleted: within the last 30 days. */
  deletedDateTime(index: number): string {
    return this.calendar.time(1 + pick(this.seed, index, 29, 28), this.secondOf(index, 30));
  }

  private resource(
    common: Pick<SampleUser, 'index' | 'id' | 'kind' | 'activity' | 'createdDateTime' | 'deletedDateTime'>,
    kind: 'shared' | 'room' | 'equipment' | 'service',
  ): SampleUser {
    const { index } = common;
    const place = places[pick(this.seed, index, 23, places.length)];
    const topics = kind === 'service' ? serviceTopics : sharedTopics;
    const topic = topics[pick(this.seed, index, 28, topics.length)] ?? '';
    const names = {
      shared: [`${topic.toLowerCase()}-${index}`, `${topic} ${index}`],
      room: [`room-${index}`, `Meeting Room ${index} (${place?.city ?? ''})`],
      equipment: [`projector-${index}`, `Projector ${index}`],
      service: [`svc.${topic}-${index}`, `Service ${topic} ${index}`],
    } as const;
    const [alias, displayName] = names[kind];
    const address = `${alias}@${this.domain}`;
    return {
      ...common,
      userPrincipalName: address,
      displayName,
      givenName: null,
      surname: null,
      mail: kind === 'service' ? null : address,
      jobTitle: null,
      department: null,
      companyName: null,
      city: kind === 'room' ? (place?.city ?? null) : null,
      country: null,
      usageLocation: place?.location ?? null,
      // Mailboxes of rooms and teams are disabled accounts; service accounts sign in.
      accountEnabled: kind === 'service',
      userType: 'Member',
      externalUserState: null,
      onPremisesSyncEnabled: kind === 'service' ? true : null,
    };
  }
}
