import assert from 'node:assert/strict';
import type { GraphPage, SampleGraph } from '../../../support/sampleGraph';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

interface Path {
  skuId: string;
  assignedByGroup: string | null;
  state: string;
  error: string;
  disabledPlans: string[];
}
interface User {
  id: string;
  usageLocation: string | null;
  licenseAssignmentStates: Path[];
}
interface Sku {
  skuId: string;
  skuPartNumber: string;
  consumedUnits: number;
}
interface Group {
  id: string;
  displayName: string;
  groupTypes: string[];
  assignedLicenses: { skuId: string; disabledPlans: string[] }[];
  licenseProcessingState: { state: string };
}

describe('sample tenant: license writes', () => {
  const sample = withSampleTenant({ today: '2026-11-21' });
  const graph: SampleGraph = sampleGraph(sample);
  const select = '$select=usageLocation,licenseAssignmentStates&$top=999';
  const skus = new Map<string, string>();
  let users: User[] = [];
  let groups: Group[] = [];

  before(async () => {
    for (const sku of (await graph.json<GraphPage<Sku>>('/v1.0/subscribedSkus')).value) {
      skus.set(sku.skuPartNumber, sku.skuId);
    }
    users = (await graph.all<User>(`/v1.0/users?${select}`)).rows;
    const properties = 'displayName,groupTypes,assignedLicenses,licenseProcessingState,onPremisesSyncEnabled';
    groups = (await graph.all<Group>(`/v1.0/groups?$select=${properties}`)).rows;
  });

  const idOf = (name: string): string => skus.get(name) ?? '';
  const group = (name: string): Group => groups.find((candidate) => candidate.displayName === name) as Group;
  const pathsOf = async (id: string): Promise<Path[]> =>
    (await graph.json<User>(`/v1.0/users/${id}?${select}`)).licenseAssignmentStates;
  const consumed = async (name: string): Promise<number> =>
    (await graph.json<GraphPage<Sku>>('/v1.0/subscribedSkus')).value.find((sku) => sku.skuPartNumber === name)
      ?.consumedUnits ?? -1;
  const assign = async (
    id: string,
    add: string[],
    remove: string[] = [],
    disabledPlans: string[] = [],
  ): Promise<{ status: number; message: string }> => {
    const response = await graph.send('POST', `/v1.0/users/${id}/assignLicense`, {
      addLicenses: add.map((name) => ({ skuId: skus.get(name) ?? name, disabledPlans })),
      removeLicenses: remove.map((name) => skus.get(name) ?? name),
    });
    return response.status === 200 ? { status: 200, message: '' } : graphErrorOf(response);
  };
  const having = (test: (paths: Path[], user: User) => boolean): User => {
    const found = users.find((user) => user.usageLocation && test(user.licenseAssignmentStates, user));
    assert.ok(found);
    return found;
  };
  const directE3 = (path: Path): boolean => path.skuId === idOf('SPE_E3') && path.assignedByGroup === null;
  const groupE3 = (path: Path): boolean =>
    path.skuId === idOf('SPE_E3') && path.assignedByGroup !== null && path.state === 'Active';

  it('frees a seat with the last path and takes it back', async () => {
    const user = having((paths) => paths.length === 1 && paths.every(directE3));
    const before = await consumed('SPE_E3');
    assert.deepEqual(await assign(user.id, [], ['SPE_E3']), { status: 200, message: '' });
    assert.deepEqual(await pathsOf(user.id), []);
    assert.equal(await consumed('SPE_E3'), before - 1);
    const plan = '7547a3fe-08ee-4ccb-b430-5077c5041653';
    assert.equal((await assign(user.id, ['SPE_E3'], [], [plan])).status, 200);
    const [path] = await pathsOf(user.id);
    assert.deepEqual([path?.state, path?.assignedByGroup, path?.disabledPlans], ['Active', null, [plan]]);
    assert.equal(await consumed('SPE_E3'), before);
  });

  it('keeps the seat while a group path is left', async () => {
    const user = having((paths) => paths.some(directE3) && paths.some(groupE3));
    const before = await consumed('SPE_E3');
    assert.equal((await assign(user.id, [], ['SPE_E3'])).status, 200);
    assert.equal(await consumed('SPE_E3'), before);
    assert.match((await assign(user.id, [], ['SPE_E3'])).message, /is inherited from a group membership/);
  });

  it('refuses with the words that the service has', async () => {
    const licensed = having((paths) => paths.length === 1 && paths.some(groupE3));
    assert.match(
      (await assign(licensed.id, [], ['VISIOCLIENT'])).message,
      /does not have a corresponding license/,
    );
    assert.match((await assign(licensed.id, ['SPE_E5'])).message, /does not have any available licenses/);
    assert.match((await assign(licensed.id, ['SPE_F1'])).message, /are mutually exclusive/);
    assert.match(
      (await assign(licensed.id, ['11111111-1111-4111-8111-111111111111'])).message,
      /does not correspond to a valid company License/,
    );
    const nowhere = users.find((user) => user.usageLocation === null) as User;
    assert.match((await assign(nowhere.id, ['FLOW_FREE'])).message, /with invalid usage location/);
    const mailOnly = having((paths) => paths.length === 1 && paths[0]?.skuId === idOf('EXCHANGESTANDARD'));
    assert.match((await assign(mailOnly.id, ['MCOEV'])).message, /depends on the service plan\(s\)/);
    const half = await graph.send('POST', `/v1.0/users/${licensed.id}/assignLicense`, { addLicenses: [] });
    assert.deepEqual([half.status, graphErrorOf(half).code], [400, 'Request_BadRequest']);
    await sample.tenant.configure({ switches: { grantedPermissions: ['LicenseAssignment.Read.All'] } });
    const reader = sampleGraph(sample);
    const body = { addLicenses: [], removeLicenses: [] };
    const refused = await reader.send('POST', `/v1.0/users/${licensed.id}/assignLicense`, body);
    assert.deepEqual([refused.status, graphErrorOf(refused).code], [403, 'Authorization_RequestDenied']);
    await sample.tenant.configure({ switches: { grantedPermissions: undefined } });
  });

  it('lists the members of a group, and takes one out', async () => {
    const visio = group('Visio Users');
    const holders = users.filter((user) =>
      user.licenseAssignmentStates.some((path) => path.assignedByGroup === visio.id),
    );
    const members = await graph.all<{ id: string }>(`/v1.0/groups/${visio.id}/members?$select=id&$top=3`);
    assert.deepEqual(
      members.rows.map((row) => row.id),
      holders.map((user) => user.id),
    );
    const [first] = holders;
    const before = await consumed('VISIOCLIENT');
    const remove = (id: string): string => `/v1.0/groups/${id}/members/${first?.id}/$ref`;
    assert.equal((await graph.send('DELETE', remove(visio.id))).status, 204);
    assert.equal(await consumed('VISIOCLIENT'), before - 1);
    assert.equal((await graph.send('DELETE', remove(visio.id))).status, 404);
    // Without the final /$ref the real call would delete the user; here it does not exist.
    assert.notEqual((await graph.send('DELETE', remove(visio.id).replace('/$ref', ''))).status, 204);
    const dynamic = group('All Sales');
    assert.ok(dynamic.groupTypes.includes('DynamicMembership'));
    assert.equal((await graph.send('DELETE', remove(dynamic.id))).status, 403);
    assert.equal((await graph.send('DELETE', remove(group('AD Office Users').id))).status, 400);
  });

  it('changes the licenses of a group in its own time', async () => {
    const copilot = group('Copilot Pilot');
    const url = `/v1.0/groups/${copilot.id}`;
    const skuId = idOf('Microsoft_365_Copilot');
    const before = await consumed('Microsoft_365_Copilot');
    const members = await graph.all(`${url}/members`);
    const response = await graph.send('POST', `${url}/assignLicense`, {
      addLicenses: [],
      removeLicenses: [skuId],
    });
    assert.equal(response.status, 202);
    assert.ok(response.headers.location?.endsWith(url));
    const state = async (): Promise<Group> =>
      graph.json<Group>(`${url}?$select=assignedLicenses,licenseProcessingState`);
    assert.equal((await state()).licenseProcessingState.state, 'QueuedForProcessing');
    assert.equal((await state()).assignedLicenses.length, 1);
    let now = await state();
    while (now.licenseProcessingState.state !== 'ProcessingComplete') now = await state();
    assert.equal(now.assignedLicenses.length, 0);
    assert.equal(await consumed('Microsoft_365_Copilot'), before - members.rows.length);
    const wrong = await graph.send('POST', `${url}/assignLicense`, {
      addLicenses: [],
      removeLicenses: [skuId],
    });
    assert.equal(wrong.status, 400);
  });

  it('shows the licenses of a group only when they are selected', async () => {
    const plain = await graph.json<Record<string, unknown>>(`/v1.0/groups/${group('Visio Users').id}`);
    assert.equal('assignedLicenses' in plain, false);
    assert.equal(plain['displayName'], 'Visio Users');
  });

  it('tells the plans of one user, those that are off too', async () => {
    const user = having((paths) => paths.some((path) => path.disabledPlans.length > 0));
    const { value } = await graph.json<
      GraphPage<{ skuId: string; servicePlans: { servicePlanId: string; provisioningStatus: string }[] }>
    >(`/v1.0/users/${user.id}/licenseDetails`);
    const path = user.licenseAssignmentStates.find((candidate) => candidate.disabledPlans.length > 0);
    const detail = value.find((candidate) => candidate.skuId === path?.skuId);
    const off = detail?.servicePlans.filter((plan) => plan.provisioningStatus === 'Disabled');
    assert.deepEqual(off?.map((plan) => plan.servicePlanId).sort(), [...(path?.disabledPlans ?? [])].sort());
  });

  it('answers a batch out of order, item by item', async () => {
    const requests = [
      { id: 'a', method: 'GET', url: '/organization' },
      { id: 'b', method: 'GET', url: '/users/nobody@contoso.example' },
      { id: 'c', method: 'GET', url: '/organization', dependsOn: ['b'] },
      { id: 'd', method: 'GET', url: '/users?$top=7' },
    ];
    const response = await graph.send('POST', '/v1.0/$batch', { requests });
    assert.equal(response.status, 200);
    const { responses } = JSON.parse(response.text) as {
      responses: { id: string; status: number; body: { value?: unknown[] } }[];
    };
    assert.notDeepEqual(
      responses.map((item) => item.id),
      ['a', 'b', 'c', 'd'],
    );
    const status = Object.fromEntries(responses.map((item) => [item.id, item.status]));
    assert.deepEqual(status, { a: 200, b: 404, c: 424, d: 200 });
    assert.equal(responses.find((item) => item.id === 'a')?.body.value?.length, 1);
    assert.equal(responses.find((item) => item.id === 'd')?.body.value?.length, 7);
    const many = Array.from({ length: 21 }, (_, n) => ({
      id: String(n),
      method: 'GET',
      url: '/organization',
    }));
    assert.equal((await graph.send('POST', '/v1.0/$batch', { requests: many })).status, 400);
    const twice = [requests[0], requests[0]];
    assert.equal((await graph.send('POST', '/v1.0/$batch', { requests: twice })).status, 400);
  });
});
