import type { SampleActivity } from './activity';
import { activityOf } from './activity';
import { SampleCalendar } from './calendar';
import type { SampleGroup } from './groups';
import { groupsOf } from './groups';
import { LicenseChanges } from './licenseChanges';
import type { AccountKind, LicenseProfile } from './licenseProfiles';
import { kindOfSlot, LicenseProfiles } from './licenseProfiles';
import type { SamplePlace } from './names';
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

/** A user while it is being made. */
type UserDraft = { -readonly [K in keyof SampleUser]: SampleUser[K] };

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
    const kind = kindOfSlot(this.licenseSlot(index));
    const user = this.blank(index, kind);
    if (kind === 'person' || kind === 'leaver') this.fillPerson(user);
    else if (kind === 'guest') this.fillGuest(user);
    else this.fillResource(user, kind);
    return user;
  }

  /** One literal with every property: users keep one shape, which is what makes half a million of them fast. */
  private blank(index: number, kind: AccountKind): UserDraft {
    const activity = this.activity(index);
    const undated = activity.created > 3000 && hash(this.seed, index, 21) % 7 === 0;
    return {
      index,
      id: this.id(index),
      kind,
      userPrincipalName: '',
      displayName: '',
      givenName: null,
      surname: null,
      mail: null,
      jobTitle: null,
      department: null,
      companyName: null,
      city: null,
      country: null,
      usageLocation: null,
      accountEnabled: true,
      userType: 'Member',
      externalUserState: null,
      onPremisesSyncEnabled: null,
      createdDateTime: undated ? null : this.calendar.time(activity.created, this.secondOf(index, 22)),
      deletedDateTime: null,
      activity,
    };
  }

  private place(index: number): SamplePlace {
    return places[pick(this.seed, index, 23, places.length)] as SamplePlace;
  }

  private fillPerson(user: UserDraft): void {
    const { seed } = this;
    const { index, kind } = user;
    const name = nameOf(seed, index);
    const place = this.place(index);
    const department = departments[pick(seed, index, 24, departments.length)];
    const persona = personas[index];
    const slot = this.licenseSlot(index);
    const address = `${persona?.alias ?? aliasOf(name)}@${this.domain}`;
    user.userPrincipalName = address;
    user.displayName = persona?.displayName ?? `${name.given.text} ${name.surname.text}`;
    user.givenName = persona ? persona.givenName : name.given.text;
    user.surname = persona ? persona.surname : name.surname.text;
    // Who has no mailbox has no address.
    user.mail = slot >= 81 && slot < 84 ? null : address;
    user.jobTitle = department?.titles[pick(seed, index, 27, department.titles.length)] ?? null;
    user.department = department?.name ?? null;
    user.companyName = 'Contoso';
    user.city = place.city;
    user.country = place.country;
    // People without a license were often never given a location; a few group members neither.
    user.usageLocation = slot === 82 || slot === 83 || slot === 27 ? null : place.location;
    user.accountEnabled = kind !== 'leaver' && (persona !== undefined || hash(seed, index, 21) % 50 !== 0);
    const sync = pick(seed, index, 26, 20);
    user.onPremisesSyncEnabled = sync < 12 ? true : sync < 14 ? false : null;
  }

  private fillGuest(user: UserDraft): void {
    const { seed } = this;
    const { index } = user;
    const name = nameOf(seed, index);
    const partner = partnerDomains[pick(seed, index, 25, partnerDomains.length)] ?? '';
    const alias = aliasOf(name);
    const chance = hash(seed, index, 21);
    user.userPrincipalName = `${alias}_${partner}#EXT#@${this.domain}`;
    user.displayName = `${name.given.text} ${name.surname.text}`;
    user.givenName = name.given.text;
    user.surname = name.surname.text;
    user.mail = `${alias}@${partner}`;
    user.companyName = partner.split('.')[0] ?? null;
    user.usageLocation = chance % 3 === 0 ? null : this.place(index).location;
    user.userType = 'Guest';
    user.externalUserState =
      user.activity.shape === 'absent' && chance % 2 === 0 ? 'PendingAcceptance' : 'Accepted';
  }

  private fillResource(user: UserDraft, kind: 'shared' | 'room' | 'equipment' | 'service'): void {
    const { index } = user;
    const place = this.place(index);
    const topics = kind === 'service' ? serviceTopics : sharedTopics;
    const topic = topics[pick(this.seed, index, 28, topics.length)] ?? '';
    const names = {
      shared: [`${topic.toLowerCase()}-${index}`, `${topic} ${index}`],
      room: [`room-${index}`, `Meeting Room ${index} (${place.city})`],
      equipment: [`projector-${index}`, `Projector ${index}`],
      service: [`svc.${topic}-${index}`, `Service ${topic} ${index}`],
    } as const;
    const [alias, displayName] = names[kind];
    const address = `${alias}@${this.domain}`;
    user.userPrincipalName = address;
    user.displayName = displayName;
    user.mail = kind === 'service' ? null : address;
    user.city = kind === 'room' ? place.city : null;
    user.usageLocation = place.location;
    // Mailboxes of rooms and teams are disabled accounts; service accounts sign in.
    user.accountEnabled = kind === 'service';
    user.onPremisesSyncEnabled = kind === 'service' ? true : null;
  }

  /** A soft-deleted user, of an index from {@link users} on; always a former person. */
  deletedUser(index: number): SampleUser {
    const user = this.blank(index, 'leaver');
    this.fillPerson(user);
    user.userPrincipalName = `${user.id.replaceAll('-', '')}${user.userPrincipalName}`;
    user.accountEnabled = false;
    user.deletedDateTime = this.deletedDateTime(index);
    return user;
  }

  /** When a soft-deleted user was deleted: within the last 30 days. */
  deletedDateTime(index: number): string {
    return this.calendar.time(1 + pick(this.seed, index, 29, 28), this.secondOf(index, 30));
  }
}
