import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { newReadingNotes } from '../../../../src/core/graph/listing';
import { readRegistrationDetails } from '../../../../src/core/graph/registrationDetails';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { collect, rawListing, sampleClient, sampleContext } from './sampleGraph';

describe('the reader of registrations for multifactor authentication', () => {
  // Three pages.
  const sample = withSampleTenant({ users: 2200, seed: 11, today: '2026-11-20' });

  afterEach(() => sample.tenant.configure({ switches: { noPremium: false, grantedPermissions: undefined } }));

  it('gives every user who is not disabled', async () => {
    const users = await rawListing(sample, '/v1.0/users?$top=999&$select=id,accountEnabled');
    const enabled = users.filter((user) => user.accountEnabled === true).map((user) => String(user.id));
    assert.ok(enabled.length > 2000 && enabled.length < users.length);
    const rows = await collect(readRegistrationDetails(sampleContext(sample)));
    assert.deepEqual(rows.map((row) => row.userId).sort(), enabled.sort());
    // Nobody can use what nobody has registered.
    assert.ok(rows.every((row) => row.isMfaCapable !== true || row.isMfaRegistered === true));
    assert.ok(rows.some((row) => row.isMfaRegistered === true && row.isMfaCapable === false));
    assert.ok(rows.some((row) => row.isMfaRegistered === false));
  });

  it('takes what is missing or of another type for unknown, and leaves out rows without an id', async () => {
    const values = [
      { id: 'A', isMfaRegistered: true, isMfaCapable: 'yes', lastUpdatedDateTime: 'soon', more: 1 },
      { isMfaRegistered: true },
      { id: 'b', isMfaRegistered: null, lastUpdatedDateTime: '2026-11-01T10:00:00.123Z' },
    ];
    const client = {
      ...sampleClient(sample),
      pages: async function* () {
        yield { values, count: null, deltaLink: null };
      },
    };
    const notes = newReadingNotes();
    const rows = await collect(
      readRegistrationDetails({ client, cloud: 'custom', now: () => new Date(), notes }),
    );
    assert.deepEqual(
      rows.map(({ lastUpdatedAt, ...row }) => ({ ...row, updated: lastUpdatedAt?.slice(0, 10) ?? null })),
      [
        { userId: 'a', isMfaRegistered: true, isMfaCapable: null, updated: null },
        { userId: 'b', isMfaRegistered: null, isMfaCapable: null, updated: '2026-11-01' },
      ],
    );
    assert.equal(notes.skippedRows, 1);
  });

  it('says that a premium license or the permission is missing', async () => {
    const refused = async (): Promise<unknown> =>
      collect(readRegistrationDetails(sampleContext(sample))).then(
        () => undefined,
        (error: unknown) => error,
      );
    await sample.tenant.configure({ switches: { noPremium: true } });
    assert.ok(isLicenseError(await refused(), 'premiumRequired'));
    await sample.tenant.configure({
      switches: { noPremium: false, grantedPermissions: ['Directory.Read.All', 'Reports.Read.All'] },
    });
    assert.ok(isLicenseError(await refused(), 'permissionMissing'));
  });
});
