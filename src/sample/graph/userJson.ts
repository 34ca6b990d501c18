import type { SampleDirectory, SampleUser } from '../data/directory';
import type { LicenseProfile } from '../data/licenseProfiles';
import { profileOf } from '../data/licenseProfiles';
import { productById } from '../data/products';
import { hash, hex8 } from '../data/random';
import { timeOfDay } from '../data/calendar';
import { badRequest, GraphProblem } from './graphError';

/** Writes one property as JSON; undefined leaves it out, as Graph does with absent complex values. */
type PropertyWriter = (user: SampleUser, directory: SampleDirectory) => string | undefined;

const quoted = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value));

/** For values made of letters, digits and punctuation that JSON does not escape. */
const plain = (value: string | null): string => (value === null ? 'null' : `"${value}"`);

/** Moments of `signInActivity`; undefined where Graph has no such object. */
export interface SignInTimes {
  readonly interactive: string;
  readonly nonInteractive: string;
  readonly successful: string;
}

const yearOne = '0001-01-01T00:00:00Z';

/** When a user signed in, as Graph would tell it. */
export function signInTimes(user: SampleUser, directory: SampleDirectory): SignInTimes | undefined {
  const { shape, signIn, nonInteractive } = user.activity;
  if (shape === 'absent') return undefined;
  const time = (day: number, second: number): string =>
    day < 0 ? yearOne : directory.calendar.date(day) + timeOfDay(second);
  const interactive = shape === 'zero' ? yearOne : time(signIn, directory.order.secondOf(user.index));
  const quiet = time(nonInteractive, directory.secondOf(user.index, 42));
  return { interactive, nonInteractive: quiet, successful: interactive > quiet ? interactive : quiet };
}

const requestIdTail = '-6b1d-4c0e-9f27-51d0a8e3c400';

function signInActivity(user: SampleUser, directory: SampleDirectory): string | undefined {
  const times = signInTimes(user, directory);
  if (!times) return undefined;
  // Only the first part differs: nobody looks at these ids, and whole GUIDs would double the work for a user.
  const id = (time: string, salt: number): string =>
    time === yearOne ? '""' : `"${hex8(hash(directory.seed, user.index, salt))}${requestIdTail}"`;
  return (
    `{"lastSignInDateTime":"${times.interactive}","lastSignInRequestId":${id(times.interactive, 43)},` +
    `"lastNonInteractiveSignInDateTime":"${times.nonInteractive}","lastNonInteractiveSignInRequestId":` +
    `${id(times.nonInteractive, 44)},"lastSuccessfulSignInDateTime":"${times.successful}",` +
    `"lastSuccessfulSignInRequestId":${id(times.successful, 45)}}`
  );
}

const unlicensed = profileOf([]);

/** A deleted user holds nothing any more. */
const licensesNow = (user: SampleUser, directory: SampleDirectory): LicenseProfile =>
  user.deletedDateTime === null ? directory.profile(user.index) : unlicensed;

function licenseAssignmentStates(user: SampleUser, directory: SampleDirectory): string {
  const { pathHeads } = licensesNow(user, directory);
  if (pathHeads.length === 0) return '[]';
  const created = user.activity.created;
  let text = '[';
  for (let n = 0; n < pathHeads.length; n++) {
    const day = Math.max(0, Math.min(created - 1, 40 + ((user.index * 13 + n * 57) % 360)));
    text += `${n > 0 ? ',' : ''}${pathHeads[n]}${directory.calendar.date(day)}T09:14:52Z"}`;
  }
  return `${text}]`;
}

function assignedPlans(user: SampleUser, directory: SampleDirectory): string {
  const plans = licensesNow(user, directory).seats.flatMap((skuId) => productById(skuId)?.plans ?? []);
  return JSON.stringify(
    plans.map((plan) => ({
      assignedDateTime: directory.calendar.time(40, 33_292),
      capabilityStatus: 'Enabled',
      service: plan.name.split('_')[0]?.toLowerCase() ?? '',
      servicePlanId: plan.id,
    })),
  );
}

const synced = (user: SampleUser): boolean => user.onPremisesSyncEnabled === true;

/** Every property of a user that the sample tenant has. @see https://learn.microsoft.com/graph/api/resources/user */
const writers: Readonly<Record<string, PropertyWriter>> = {
  id: (user) => `"${user.id}"`,
  businessPhones: () => '[]',
  displayName: (user) => quoted(user.displayName),
  givenName: (user) => plain(user.givenName),
  jobTitle: (user) => plain(user.jobTitle),
  mail: (user) => plain(user.mail),
  mobilePhone: () => 'null',
  officeLocation: (user) => plain(user.city),
  preferredLanguage: () => 'null',
  surname: (user) => plain(user.surname),
  userPrincipalName: (user) => plain(user.userPrincipalName),
  department: (user) => plain(user.department),
  companyName: (user) => plain(user.companyName),
  city: (user) => plain(user.city),
  country: (user) => plain(user.country),
  usageLocation: (user) => plain(user.usageLocation),
  accountEnabled: (user) => (user.accountEnabled ? 'true' : 'false'),
  userType: (user) => plain(user.userType),
  externalUserState: (user) => plain(user.externalUserState),
  onPremisesSyncEnabled: (user) => String(user.onPremisesSyncEnabled),
  onPremisesLastSyncDateTime: (user, directory) =>
    synced(user) ? plain(directory.calendar.time(0, 12_000)) : 'null',
  onPremisesSamAccountName: (user) =>
    synced(user) ? plain(user.userPrincipalName.split('@')[0] ?? '') : 'null',
  onPremisesUserPrincipalName: (user) => (synced(user) ? plain(user.userPrincipalName) : 'null'),
  onPremisesDomainName: (user, directory) => (synced(user) ? plain(directory.domain) : 'null'),
  onPremisesImmutableId: () => 'null',
  employeeId: () => 'null',
  employeeType: () => 'null',
  createdDateTime: (user) => plain(user.createdDateTime),
  deletedDateTime: (user) => plain(user.deletedDateTime),
  lastPasswordChangeDateTime: (user) => plain(user.createdDateTime),
  assignedLicenses: (user, directory) => licensesNow(user, directory).assignedLicensesJson,
  assignedPlans,
  licenseAssignmentStates,
  provisionedPlans: () => '[]',
  signInActivity,
};

/** What comes without `$select`. */
export const defaultUserProperties: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

const singleUserOnly = [
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'skills',
];

/** Turns users into JSON with the selected properties; `id` always comes, unknown names are a 400. */
export function userWriter(
  select: readonly string[] | undefined,
  directory: SampleDirectory,
): (user: SampleUser) => string {
  const names = select ?? defaultUserProperties;
  const chosen = (names.includes('id') ? names : ['id', ...names]).map((name) => {
    const writer = Object.hasOwn(writers, name) ? writers[name] : undefined;
    if (writer) return [`"${name}":`, writer] as const;
    if (singleUserOnly.includes(name)) throw new GraphProblem(501, 'NotImplemented', 'Not Implemented');
    throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.user'.`);
  });
  return (user) => {
    let text = '{';
    for (const [label, writer] of chosen) {
      const value = writer(user, directory);
      if (value !== undefined) text += (text.length > 1 ? ',' : '') + label + value;
    }
    return `${text}}`;
  };
}
