import assert from 'node:assert/strict';
import { readGroups } from '../../../../src/core/graph/groups';
import { readOrganization } from '../../../../src/core/graph/organization';
import { readConcealedNames } from '../../../../src/core/graph/reportSettings';
import { readSubscribedSkus } from '../../../../src/core/graph/subscribedSkus';
import { readSubscriptions } from '../../../../src/core/graph/subscriptions';
import { readUsers } from '../../../../src/core/graph/users';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { UserRow } from '../../../../src/core/model/datasets';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { collect, rawListing, sampleClient, sampleContext, SampleTokens } from './sampleGraph';

const neverToNull = (time: unknown): unknown => (time === '0001-01-01T00:00:00Z' ? null : (time ?? null));

describe('readers of the directory', () => {
  // Four pages of users, the third of which is empty.
  const sample = withSampleTenant({ users: 1600, seed: 7, today: '2026-11-20' });

  afterEach(() =>
    sample.tenant.configure({ faults: {}, switches: { noPremium: false, grantedPermissions: undefined } }),
  );

  const users = async (signInActivity = true): Promise<UserRow[]> =>
    collect(readUsers(sampleContext(sample), { signInActivity }));

  it('give every user with the values that Graph has', async () => {
    const context = sampleContext(sample);
    const rows = await collect(readUsers(context, { signInActivity: true }));
    const live = rows.filter((row) => row.deletedAt === null);
    const raw = await rawListing(
      sample,
      '/v1.0/users?$top=100&$select=id,userPrincipalName,displayName,givenName,surname,mail,accountEnabled,userType,onPremisesSyncEnabled,jobTitle,department,companyName,country,usageLocation,createdDateTime,signInActivity,licenseAssignmentStates',
    );
    assert.equal(raw.length, 1600);
    assert.equal(context.notes.expectedRows, 1600);
    assert.equal(context.notes.skippedRows, 0);
    assert.deepEqual(
      live.map((row) => ({ ...row, deletedAt: undefined })),
      raw.map((user) => {
        const activity = (user.signInActivity ?? {}) as Record<string, unknown>;
        return {
          userId: user.id,
          userPrincipalName: user.userPrincipalName,
          displayName: user.displayName,
          givenName: user.givenName,
          surname: user.surname,
          mail: user.mail,
          accountEnabled: user.accountEnabled,
          userType: user.userType,
          onPremisesSyncEnabled: user.onPremisesSyncEnabled,
          jobTitle: user.jobTitle,
          department: user.department,
          companyName: user.companyName,
          country: user.country,
          usageLocation: user.usageLocation,
          createdAt: user.createdDateTime,
          deletedAt: undefined,
          lastSignInAt: neverToNull(activity.lastSignInDateTime),
          lastNonInteractiveSignInAt: neverToNull(activity.lastNonInteractiveSignInDateTime),
          lastSuccessfulSignInAt: neverToNull(activity.lastSuccessfulSignInDateTime),
          assignments: (user.licenseAssignmentStates as Record<string, unknown>[]).map((state) => ({
            skuId: state.skuId,
            groupId: state.assignedByGroup,
            state: state.state,
            error: state.error === 'None' ? null : state.error,
            disabledPlans: state.disabledPlans,
            lastUpdatedAt: state.lastUpdatedDateTime,
          })),
        };
      }),
    );
    // The situations that make the values worth reading are there.
    const paths = live.flatMap((row) => row.assignments);
    assert.ok(paths.some((path) => path.groupId !== null && path.state === 'Error' && path.error !== null));
    assert.ok(paths.some((path) => path.disabledPlans.length > 0));
    assert.ok(live.some((row) => row.lastSuccessfulSignInAt === null && row.createdAt !== null));
    assert.ok(live.some((row) => row.userType === 'Guest') && live.some((row) => row.createdAt === null));
  });

  it('give deleted users with their date and no licenses', async () => {
    const deleted = (await users()).filter((row) => row.deletedAt !== null);
    const raw = await rawListing(sample, '/v1.0/directory/deletedItems/microsoft.graph.user');
    assert.equal(deleted.length, 32);
    assert.deepEqual(
      deleted.map((row) => [row.userId, row.userPrincipalName, row.deletedAt, row.assignments.length]),
      raw.map((user) => [user.id, user.userPrincipalName, user.deletedDateTime, 0]),
    );
  });

  it('are read page by page, from Graph alone', async () => {
    const before = (await sample.tenant.journal()).length;
    await users();
    const journal = (await sample.tenant.journal()).slice(before);
    assert.ok(journal.filter((entry) => entry.path === '/v1.0/users').length >= 4);
    assert.ok(journal.every((entry) => entry.origin === 'login' || entry.origin === 'graph'));
  });

  it('give users without sign-in activity where it was not asked for', async () => {
    await sample.tenant.configure({ switches: { noPremium: true } });
    await assert.rejects(users(true), (error) => isLicenseError(error, 'premiumRequired'));
    const rows = await users(false);
    assert.equal(rows.length, 1632);
    assert.ok(rows.every((row) => row.lastSignInAt === null && row.lastSuccessfulSignInAt === null));
  });

  it('tell a missing permission by its name', async () => {
    const granted = ['User.Read', 'AuditLog.Read.All'];
    await sample.tenant.configure({ switches: { grantedPermissions: granted } });
    await assert.rejects(
      users(),
      (error) => isLicenseError(error, 'permissionMissing') && error.details.permission === 'User.Read.All',
    );
  });

  it('fail when deleted users can’t be read for a while, so that those in the file stay', async () => {
    await sample.tenant.configure({ faults: { unavailable: 1, only: 'deletedItems' } });
    const reading = collect(readUsers(sampleContext(sample), { signInActivity: false }));
    await assert.rejects(reading, (error) => isLicenseError(error, 'serviceError'));
  });

  it('give subscribed products with their units and plans', async () => {
    const rows = await collect(readSubscribedSkus(sampleContext(sample)));
    const raw = await rawListing(sample, '/v1.0/subscribedSkus');
    assert.equal(raw.length, 20);
    assert.deepEqual(
      rows,
      raw.map((sku) => {
        const units = sku.prepaidUnits as Record<string, number>;
        return {
          skuId: sku.skuId,
          skuPartNumber: sku.skuPartNumber,
          appliesTo: sku.appliesTo,
          capabilityStatus: sku.capabilityStatus,
          consumedUnits: sku.consumedUnits,
          enabled: units.enabled,
          warning: units.warning,
          suspended: units.suspended,
          lockedOut: units.lockedOut,
          subscriptionIds: sku.subscriptionIds,
          servicePlans: (sku.servicePlans as Record<string, unknown>[]).map((plan) => ({
            servicePlanId: plan.servicePlanId,
            servicePlanName: plan.servicePlanName,
            appliesTo: plan.appliesTo,
            provisioningStatus: plan.provisioningStatus,
          })),
        };
      }),
    );
    const byName = new Map(rows.map((row) => [row.skuPartNumber, row]));
    const bundle = byName.get('SPB');
    assert.ok(bundle && bundle.warning > 0 && bundle.enabled < bundle.consumedUnits);
    assert.equal(byName.get('OFFICE_PROPLUS_DEVICE1')?.appliesTo, 'Company');
    assert.equal(byName.get('WINDOWS_STORE')?.enabled, 1_000_000);
  });

  it('give the commercial subscriptions', async () => {
    const rows = await collect(readSubscriptions(sampleContext(sample)));
    const raw = await rawListing(sample, '/v1.0/directory/subscriptions');
    assert.ok(raw.length > 20);
    assert.deepEqual(
      rows,
      raw.map((subscription) => ({
        subscriptionId: subscription.id,
        commerceSubscriptionId: subscription.commerceSubscriptionId,
        skuId: subscription.skuId,
        skuPartNumber: subscription.skuPartNumber,
        status: subscription.status,
        totalLicenses: subscription.totalLicenses,
        isTrial: subscription.isTrial,
        createdAt: subscription.createdDateTime,
        nextLifecycleAt: subscription.nextLifecycleDateTime,
      })),
    );
    assert.ok(rows.some((row) => row.isTrial === true) && rows.some((row) => row.nextLifecycleAt === null));
  });

  it('give the groups, among them all that give licenses', async () => {
    const rows = await collect(readGroups(sampleContext(sample)));
    const raw = await rawListing(sample, '/v1.0/groups');
    assert.deepEqual(
      rows.map((row) => [row.groupId, row.displayName, row.groupTypes]).sort(),
      raw.map((group) => [group.id, group.displayName, group.groupTypes]).sort(),
    );
    const known = new Set(rows.map((row) => row.groupId));
    const named = (await users(false)).flatMap((row) => row.assignments.map((path) => path.groupId));
    assert.ok(named.some((id) => id !== null));
    assert.ok(named.every((id) => id === null || known.has(id)));
    assert.ok(rows.some((row) => row.groupTypes.includes('DynamicMembership')));
    assert.ok(rows.some((row) => row.onPremisesSyncEnabled === true));
  });

  it('name the tenant', async () => {
    const { tenantId, tenantName, defaultDomain } = sample.tenant.address;
    assert.deepEqual(await readOrganization(sampleClient(sample)), {
      tenantId,
      displayName: tenantName,
      defaultDomain,
    });
  });

  it('say whether names are concealed, and nothing when that can’t be read', async () => {
    assert.equal(await readConcealedNames(sampleClient(sample)), false);
    await sample.tenant.configure({ switches: { concealedNames: true } });
    assert.equal(await readConcealedNames(sampleClient(sample)), true);
    await sample.tenant.configure({ switches: { concealedNames: false, grantedPermissions: ['User.Read'] } });
    assert.equal(await readConcealedNames(sampleClient(sample, new SampleTokens(sample))), null);
  });
});
