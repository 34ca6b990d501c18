import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { newReadingNotes } from '../../../../src/core/graph/listing';
import { readSignIns } from '../../../../src/core/graph/signIns';
import type { ApplicationSignInRow } from '../../../../src/core/model/datasets';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { collect, rawListing, sampleClient, sampleContext } from './sampleGraph';

interface RawSignIn {
  readonly userId: string;
  readonly appId: string;
  readonly appDisplayName: string;
  readonly createdDateTime: string;
  readonly status: { readonly errorCode: number };
}

const now = new Date('2026-11-20T10:00:00Z');

describe('the reader of the sign-in log', () => {
  const sample = withSampleTenant({ users: 900, seed: 5, today: '2026-11-20' });

  it('gives the newest successful sign-in of each user to each application in 30 days', async () => {
    const raw = (await rawListing(sample, '/v1.0/auditLogs/signIns?$top=333')) as unknown as RawSignIn[];
    // Worked out by sorting, where the reader keeps a map.
    const expected = new Map<string, string>();
    for (const event of raw
      .filter((candidate) => candidate.status.errorCode === 0)
      .filter((candidate) => candidate.createdDateTime >= '2026-10-21T10:00:00Z')
      .sort((a, b) => (a.createdDateTime < b.createdDateTime ? -1 : 1))) {
      expected.set(`${event.userId} ${event.appId} ${event.appDisplayName}`, event.createdDateTime);
    }
    const rows = await collect(readSignIns({ ...sampleContext(sample), now: () => now }));
    // A pair that comes twice counts with its last row, as the store takes it.
    const found = new Map(
      rows.map((row) => [`${row.userId} ${row.appId} ${String(row.appDisplayName)}`, row.lastSignInAt]),
    );
    assert.ok(expected.size > 100, `${expected.size} pairs`);
    assert.ok(raw.length > expected.size && raw.some((event) => event.status.errorCode !== 0));
    assert.deepEqual([...found].sort(), [...expected].sort());
  });

  it('knows the four applications that have no other source', async () => {
    const rows = await collect(readSignIns({ ...sampleContext(sample), now: () => now }));
    const names = (application: string): string[] => [
      ...new Set(
        rows.filter((row) => row.application === application).map((row) => String(row.appDisplayName)),
      ),
    ];
    assert.match(names('powerBi').join(), /Power BI/);
    assert.match(names('visio').join(), /Visio/);
    assert.match(names('project').join(), /Project/);
    assert.match(names('dynamics365').join(), /Dynamics|Dataverse/);
  });

  it('takes a newer sign-in that comes later, and no older one', async () => {
    const event = (createdDateTime: unknown, errorCode = 0): unknown => ({
      userId: 'U1',
      appId: 'A1',
      appDisplayName: 'Intranet',
      createdDateTime,
      status: { errorCode },
    });
    const values = [
      event('2026-11-10T08:00:00Z'),
      event('2026-11-12T08:00:00Z'),
      event('2026-11-11T08:00:00Z'),
      event('2026-11-19T08:00:00Z', 50126),
      event(null),
    ];
    const client = {
      ...sampleClient(sample),
      pages: async function* () {
        for (const value of values) yield { values: [value], count: null, deltaLink: null };
      },
    };
    const notes = newReadingNotes();
    const rows = await collect<ApplicationSignInRow>(
      readSignIns({ client, cloud: 'custom', now: () => now, notes }),
    );
    assert.deepEqual(
      rows.map((row) => [row.userId, row.appId, row.lastSignInAt, row.application]),
      [
        ['u1', 'a1', '2026-11-10T08:00:00Z', null],
        ['u1', 'a1', '2026-11-12T08:00:00Z', null],
      ],
    );
    assert.equal(notes.skippedRows, 1);
  });

  it('says that a tenant without premium license has no log', async () => {
    await sample.tenant.configure({ switches: { noPremium: true } });
    await assert.rejects(collect(readSignIns(sampleContext(sample))), (error) =>
      isLicenseError(error, 'premiumRequired'),
    );
  });
});
