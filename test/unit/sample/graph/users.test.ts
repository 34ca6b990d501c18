import assert from 'node:assert/strict';
import type { GraphPage } from '../../../support/sampleGraph';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

interface User {
  id: string;
  userPrincipalName: string;
  userType: string;
  accountEnabled: boolean;
  assignedLicenses: { skuId: string; disabledPlans: string[] }[];
  licenseAssignmentStates: {
    skuId: string;
    assignedByGroup: string | null;
    state: string;
    error: string;
    disabledPlans: string[];
    lastUpdatedDateTime: string;
  }[];
  signInActivity?: { lastSignInDateTime: string; lastNonInteractiveSignInDateTime: string };
}

interface Sku {
  skuId: string;
  skuPartNumber: string;
  appliesTo: string;
  capabilityStatus: string;
  consumedUnits: number;
  subscriptionIds: string[];
  prepaidUnits: { enabled: number; warning: number; suspended: number; lockedOut: number };
}

describe('sample tenant: users and licenses', () => {
  const sample = withSampleTenant({ users: 1300, today: '2026-11-21' });
  const graph = sampleGraph(sample);
  const everything =
    '/v1.0/users?$select=userPrincipalName,userType,accountEnabled,assignedLicenses,licenseAssignmentStates,signInActivity&$top=999';

  it('pages through all users, with an empty page in the middle, and caps the page size', async () => {
    const plain = await graph.all<User>('/v1.0/users?$top=5000');
    assert.deepEqual(plain.pages, [999, 301]);
    const small = await graph.all<User>('/v1.0/users?$select=id');
    assert.equal(small.pages[0], 100);
    assert.equal(small.pages[2], 0);
    assert.equal(new Set(small.rows.map((user) => user.id)).size, 1300);
    const signIn = await graph.all<User>(everything);
    assert.deepEqual(signIn.pages, [500, 500, 0, 300]);
  });

  it('gives default properties without $select, and with it only what was asked for and the id', async () => {
    const usual = await graph.json<GraphPage<User>>('/v1.0/users?$top=1');
    assert.deepEqual(Object.keys(usual.value[0] ?? {}).sort(), [
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ]);
    const chosen = await graph.json<GraphPage<User>>('/v1.0/users?$top=1&$select=userType');
    assert.deepEqual(Object.keys(chosen.value[0] ?? {}), ['id', 'userType']);
    assert.equal((await graph.get('/v1.0/users?$select=hireDate')).status, 501);
    assert.equal((await graph.get('/v1.0/users?$select=nonsense')).status, 400);
  });

  it('counts as many seats as there are holders, but for the one product planted to differ', async () => {
    const { rows } = await graph.all<User>(everything);
    const holders = new Map<string, Set<string>>();
    for (const user of rows) {
      for (const path of user.licenseAssignmentStates) {
        if (path.state !== 'Active' && path.state !== 'ActiveWithError') continue;
        holders.set(path.skuId, (holders.get(path.skuId) ?? new Set<string>()).add(user.id));
      }
      const held = [...holders].filter(([, ids]) => ids.has(user.id)).map(([skuId]) => skuId);
      assert.deepEqual(user.assignedLicenses.map((license) => license.skuId).sort(), held.sort());
    }
    const { value: skus } = await graph.json<GraphPage<Sku>>('/v1.0/subscribedSkus');
    const different = skus.filter((sku) => sku.consumedUnits !== (holders.get(sku.skuId)?.size ?? 0));
    assert.deepEqual(
      different.map((sku) => [sku.skuPartNumber, sku.consumedUnits - (holders.get(sku.skuId)?.size ?? 0)]),
      [['MCOEV', 2]],
    );
    // One product is held by users and no longer subscribed.
    const subscribed = new Set(skus.map((sku) => sku.skuId));
    assert.equal([...holders.keys()].filter((skuId) => !subscribed.has(skuId)).length, 1);
  });

  it('has the situations that make licensing hard', async () => {
    const { value: skus } = await graph.json<GraphPage<Sku>>('/v1.0/subscribedSkus');
    const sku = (name: string): Sku => skus.find((candidate) => candidate.skuPartNumber === name) as Sku;
    const spare = (name: string): number => {
      const { prepaidUnits, consumedUnits } = sku(name);
      return prepaidUnits.enabled + prepaidUnits.warning - consumedUnits;
    };
    assert.ok(spare('SPE_E3') > 0);
    assert.ok(spare('SPE_E5') < 0, 'a shortfall');
    assert.ok(
      spare('SPB') >= 0 && sku('SPB').prepaidUnits.enabled < sku('SPB').consumedUnits,
      'short after grace',
    );
    assert.equal(sku('PROJECT_P1').capabilityStatus, 'Suspended');
    assert.equal(sku('PROJECT_P1').prepaidUnits.enabled, 0);
    assert.equal(sku('FLOW_FREE').prepaidUnits.enabled, 10_000);
    assert.equal(sku('OFFICE_PROPLUS_DEVICE1').appliesTo, 'Company');
    const { rows } = await graph.all<User>(everything);
    const paths = rows.flatMap((user) => user.licenseAssignmentStates);
    const errors = new Set(paths.filter((path) => path.state === 'Error').map((path) => path.error));
    assert.deepEqual([...errors].sort(), [
      'CountViolation',
      'DependencyViolation',
      'MutuallyExclusiveViolation',
      'ProhibitedInUsageLocationViolation',
    ]);
    assert.ok(paths.some((path) => path.state === 'ActiveWithError'));
    assert.ok(paths.some((path) => path.state === 'Disabled'));
    assert.ok(paths.some((path) => path.disabledPlans.length > 0));
    assert.ok(paths.every((path) => path.state !== 'Active' || path.error === 'None'));
    const waysOf = (user: User): string[] => {
      const e3 = user.licenseAssignmentStates.filter((path) => path.skuId === sku('SPE_E3').skuId);
      return e3.map((path) => (path.assignedByGroup === null ? 'direct' : 'group')).sort();
    };
    const ways = new Set(rows.map((user) => waysOf(user).join('+')));
    for (const way of ['direct', 'group', 'direct+group', 'group+group']) assert.ok(ways.has(way), way);
    assert.ok(rows.some((user) => !user.accountEnabled && user.assignedLicenses.length > 0));
    assert.ok(rows.some((user) => user.userType === 'Guest' && user.assignedLicenses.length > 0));
    assert.ok(rows.some((user) => user.signInActivity === undefined));
    assert.ok(rows.some((user) => user.signInActivity?.lastSignInDateTime === '0001-01-01T00:00:00Z'));
  });

  it('has subscriptions that add up to the units of their product', async () => {
    interface Row {
      commerceSubscriptionId: string;
      skuId: string;
      status: string;
      totalLicenses: number;
      isTrial: boolean;
      nextLifecycleDateTime: string | null;
    }
    const { value: skus } = await graph.json<GraphPage<Sku>>('/v1.0/subscribedSkus');
    const { value: rows } = await graph.json<GraphPage<Row>>('/v1.0/directory/subscriptions');
    for (const sku of skus) {
      const own = rows.filter((row) => row.skuId === sku.skuId);
      const sum = own.reduce((total, row) => total + row.totalLicenses, 0);
      const { enabled, warning, suspended, lockedOut } = sku.prepaidUnits;
      assert.equal(sum, enabled + warning + suspended + lockedOut, sku.skuPartNumber);
      assert.deepEqual(own.map((row) => row.commerceSubscriptionId).sort(), [...sku.subscriptionIds].sort());
    }
    assert.ok(rows.some((row) => row.isTrial));
    assert.ok(rows.some((row) => row.status === 'Deleted'));
    assert.ok(rows.some((row) => row.nextLifecycleDateTime === null));
  });

  it('filters and counts', async () => {
    const { rows } = await graph.all<User>(everything);
    const guests = await graph.all<User>(
      "/v1.0/users?$filter=userType eq 'Guest'&$select=id".replaceAll(' ', '%20'),
    );
    const expected = rows.filter((user) => user.userType === 'Guest').map((user) => user.id);
    assert.ok(expected.length > 50);
    assert.deepEqual(
      guests.rows.map((user) => user.id),
      expected,
    );
    const since = '2026-11-10T00:00:00Z';
    const filter = encodeURIComponent(`signInActivity/lastSignInDateTime ge ${since}`);
    const recent = await graph.all<User>(`/v1.0/users?$filter=${filter}&$select=id`);
    assert.equal(
      recent.rows.length,
      rows.filter((user) => (user.signInActivity?.lastSignInDateTime ?? '') >= since).length,
    );
    const eventual = { ConsistencyLevel: 'eventual' };
    const counted = await graph.json<GraphPage<User>>(
      `/v1.0/users?$count=true&$top=1&$filter=${encodeURIComponent('accountEnabled eq false')}`,
      eventual,
    );
    assert.equal(counted['@odata.count'], rows.filter((user) => !user.accountEnabled).length);
    const ignored = await graph.json<GraphPage<User>>('/v1.0/users?$count=true&$top=1');
    assert.equal(ignored['@odata.count'], undefined);
    const simple = encodeURIComponent("userType ne 'Guest'");
    assert.equal(
      graphErrorOf(await graph.get(`/v1.0/users?$filter=${simple}`)).code,
      'Request_UnsupportedQuery',
    );
    assert.equal((await graph.get(`/v1.0/users?$filter=${simple}&$count=true`, eventual)).status, 200);
    assert.equal(graphErrorOf(await graph.get('/v1.0/users?$skip=10')).code, 'Request_UnsupportedQuery');
    assert.equal(graphErrorOf(await graph.get('/v1.0/users?$search=x')).code, 'Request_UnsupportedQuery');
  });

  it('finds one user by id or name, signInActivity by id only', async () => {
    const { account } = sample.tenant.address;
    const user = await graph.json<User>(`/v1.0/users/${account}`);
    assert.equal(user.userPrincipalName, account);
    assert.ok((await graph.json<User>(`/v1.0/users/${user.id}?$select=signInActivity`)).signInActivity);
    assert.equal((await graph.get(`/v1.0/users/${account}?$select=signInActivity`)).status, 400);
    const gone = await graph.get('/v1.0/users/11111111-1111-4111-8111-111111111111');
    assert.deepEqual([gone.status, graphErrorOf(gone).code], [404, 'Request_ResourceNotFound']);
  });

  it('tells deleted users, and what changed since a delta link', async () => {
    const deleted = await graph.all<{ id: string; deletedDateTime: string }>(
      '/v1.0/directory/deletedItems/microsoft.graph.user',
    );
    assert.equal(deleted.rows.length, 26);
    assert.ok(deleted.rows.every((user) => user.deletedDateTime > '2026-10-20'));
    let page = await graph.json<GraphPage<User>>('/v1.0/users/delta?$select=userPrincipalName');
    let rows = page.value.length;
    while (page['@odata.nextLink'] !== undefined) {
      page = await graph.json<GraphPage<User>>(page['@odata.nextLink']);
      rows += page.value.length;
    }
    assert.equal(rows, 1300);
    const delta = page['@odata.deltaLink'] ?? '';
    assert.equal((await graph.json<GraphPage<User>>(delta)).value.length, 0);
    const { account } = sample.tenant.address;
    const power = 'f30db892-07e9-47e9-837c-80727f46fd3d';
    await graph.send('POST', `/v1.0/users/${account}/assignLicense`, {
      addLicenses: [{ skuId: power, disabledPlans: [] }],
      removeLicenses: [],
    });
    const changed = await graph.json<GraphPage<User>>(delta);
    assert.deepEqual(
      changed.value.map((user) => user.userPrincipalName),
      [account],
    );
    await sample.tenant.configure({ switches: { deltaExpired: true } });
    const expired = await graph.get(delta);
    assert.deepEqual([expired.status, graphErrorOf(expired).code], [410, 'resyncRequired']);
    assert.match(expired.headers.location ?? '', /\/v1\.0\/users\/delta$/);
  });
});
