import type { SampleDirectory } from '../data/directory';
import type { SamplePath } from '../data/licenseProfiles';
import { product, productById } from '../data/products';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { GraphCall } from './graphContext';
import { badRequest } from './graphError';
import { requireGroup } from './groups';
import { userWriter } from './userJson';
import { requireUser } from './users';

interface LicenseToAdd {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

interface AssignBody {
  readonly add: readonly LicenseToAdd[];
  readonly remove: readonly string[];
}

/** Plans of which a user can have only one. */
const exclusivePlans: readonly (readonly string[])[] = [
  ['SHAREPOINTDESKLESS', 'SHAREPOINTENTERPRISE'],
  ['SHAREPOINTDESKLESS', 'SHAREPOINTSTANDARD'],
  ['OFFICE_BUSINESS', 'OFFICESUBSCRIPTION'],
];

/** Plans that work only beside one of others. */
const dependencies: Readonly<Record<string, readonly string[]>> = {
  MCOEV: ['TEAMS1', 'MCOSTANDARD'],
  M365_COPILOT_APPS: ['OFFICESUBSCRIPTION', 'OFFICE_BUSINESS'],
};

function readBody(text: string): AssignBody {
  const missing = (name: string): Error =>
    badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${name}.`,
    );
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set.');
  }
  const { addLicenses, removeLicenses } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(addLicenses)) throw missing('addLicenses');
  if (!Array.isArray(removeLicenses)) throw missing('removeLicenses');
  const add = (addLicenses as unknown[]).map((entry) => {
    const { skuId, disabledPlans } = (entry ?? {}) as Record<string, unknown>;
    return {
      skuId: String(skuId).toLowerCase(),
      disabledPlans: Array.isArray(disabledPlans) ? disabledPlans.map(String) : [],
    };
  });
  return { add, remove: (removeLicenses as unknown[]).map((skuId) => String(skuId).toLowerCase()) };
}

/** Names and ids of the plans that are on in a list of paths. */
function plansOf(paths: readonly SamplePath[]): ReadonlyMap<string, string> {
  const plans = new Map<string, string>();
  for (const path of paths) {
    if (path.state === 'Error' || path.state === 'Disabled') continue;
    for (const plan of productById(path.skuId)?.plans ?? []) {
      if (!path.disabledPlans.includes(plan.id)) plans.set(plan.name, plan.id);
    }
  }
  return plans;
}

function checkPlans(paths: readonly SamplePath[], added: ReadonlySet<string>): void {
  const plans = plansOf(paths);
  const own = plansOf(paths.filter((path) => added.has(path.skuId)));
  for (const [first = '', second = ''] of exclusivePlans) {
    if (plans.has(first) && plans.has(second) && (own.has(first) || own.has(second))) {
      throw badRequest(
        `License assignment failed because service plans ${plans.get(first)}, ${plans.get(second)} are mutually exclusive.`,
      );
    }
  }
  for (const [plan, needed] of Object.entries(dependencies)) {
    if (own.has(plan) && !needed.some((name) => plans.has(name))) {
      const ids = needed.map((name) => idOfPlan(name)).join(', ');
      throw badRequest(
        `License assignment failed because service plan ${own.get(plan)} depends on the service plan(s) ${ids}`,
      );
    }
  }
}

/** Id of a plan as the main products have it. */
function idOfPlan(name: string): string {
  const plans = [...product('SPE_E3').plans, ...product('SPB').plans];
  return plans.find((plan) => plan.name === name)?.id ?? name;
}

/** Throws a 400 unless the SKU can be assigned and has a seat left (for users who do not hold it yet). */
function checkSeat(call: GraphCall, skuId: string, holdsSeat: boolean): void {
  const sku = call.state.subscriptions
    .subscribedSkus()
    .find((candidate) => candidate.product.skuId === skuId);
  if (!sku || sku.appliesTo !== 'User') {
    throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
  }
  if (!holdsSeat && sku.consumedUnits >= sku.enabled + sku.warning) {
    throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
  }
}

/** `POST /users/{id}/assignLicense`. @see https://learn.microsoft.com/graph/api/user-assignlicense */
export function assignUserLicense(call: GraphCall): SampleReply {
  const { directory } = call.state;
  const index = requireUser(call, call.captured[0] ?? '');
  const { add, remove } = readBody(call.request.body);
  const profile = directory.profile(index);
  let paths = [...profile.paths];
  for (const skuId of remove) {
    const own = paths.filter((path) => path.skuId === skuId);
    if (own.length === 0) throw badRequest('User does not have a corresponding license.');
    if (!own.some((path) => path.groupId === null)) {
      throw badRequest(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      );
    }
    paths = paths.filter((path) => path.skuId !== skuId || path.groupId !== null);
  }
  if (add.length > 0 && directory.user(index).usageLocation === null) {
    throw badRequest('License assignment cannot be done for user with invalid usage location.');
  }
  for (const { skuId, disabledPlans } of add) {
    checkSeat(call, skuId, profile.seats.includes(skuId));
    paths = paths.filter((path) => path.skuId !== skuId || path.groupId !== null);
    paths.push({ skuId, groupId: null, state: 'Active', error: 'None', disabledPlans });
  }
  checkPlans(paths, new Set(add.map((license) => license.skuId)));
  directory.changes.setPaths(index, paths);
  return userReply(call, index);
}

/** `POST /users/{id}/reprocessLicenseAssignment`: paths that lacked a seat get one where there is one now. */
export function reprocessLicenses(call: GraphCall): SampleReply {
  const { directory, subscriptions } = call.state;
  const index = requireUser(call, call.captured[0] ?? '');
  const profile = directory.profile(index);
  const skus = subscriptions.subscribedSkus();
  const paths = profile.paths.map((path): SamplePath => {
    const sku = skus.find((candidate) => candidate.product.skuId === path.skuId);
    const free = sku !== undefined && sku.consumedUnits < sku.enabled + sku.warning;
    return path.error === 'CountViolation' && free ? { ...path, state: 'Active', error: 'None' } : path;
  });
  directory.changes.setPaths(index, paths);
  return userReply(call, index);
}

function userReply(call: GraphCall, index: number): SampleReply {
  const { directory, address } = call.state;
  const text = userWriter(undefined, directory)(directory.user(index));
  const context = `${address.graphUrl}/${call.version}/$metadata#users/$entity`;
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `{"@odata.context":${JSON.stringify(context)},${text.slice(1)}`,
  };
}

/** Users with a path through a group: their licenses follow those of the group. */
function holdersThrough(directory: SampleDirectory, groupId: string): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < directory.users; index++) {
    if (directory.profile(index).paths.some((path) => path.groupId === groupId)) indexes.push(index);
  }
  return indexes;
}

/** How long the work on a group's licenses takes, in milliseconds. */
const groupProcessingMs = 250;

/**
 * `POST /groups/{id}/assignLicense`: accepted at once, done a moment later.
 * @see https://learn.microsoft.com/graph/api/group-assignlicense
 */
export function assignGroupLicense(call: GraphCall, processing: Set<string>): SampleReply {
  const { directory, address } = call.state;
  const group = requireGroup(call);
  const { add, remove } = readBody(call.request.body);
  const current = directory.changes.licensesOf(group.id, group.assignedLicenses);
  for (const skuId of remove) {
    if (!current.some((license) => license.skuId === skuId)) {
      throw badRequest('Group does not have a corresponding license.');
    }
  }
  for (const { skuId } of add) checkSeat(call, skuId, true);
  const replaced = new Set([...remove, ...add.map((license) => license.skuId)]);
  const licenses = [...current.filter((license) => !replaced.has(license.skuId)), ...add];
  processing.add(group.id);
  setTimeout(() => {
    const silent = call.state.switches.deltaWithoutGroupLicenses === true;
    const members = silent ? [] : holdersThrough(directory, group.id);
    directory.changes.setGroupLicenses(group.id, licenses);
    for (const index of members) directory.changes.touch(index);
    processing.delete(group.id);
  }, groupProcessingMs).unref();
  const location = `${address.graphUrl}/${call.version}/groups/${group.id}`;
  return json(202, { id: group.id, displayName: group.displayName }, { location });
}
