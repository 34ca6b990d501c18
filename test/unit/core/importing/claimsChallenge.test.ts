import assert from 'node:assert/strict';
import type { LicenseError } from '../../../../src/core/foundation/errors';
import { runImport } from '../../../../src/core/importing/runImport';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo } from '../identity/signInHarness';
import { importedOn, sampleRequest } from './importRequests';
import { RecordingStore } from './recordingStore';

describe('a claims challenge in the middle of an import', () => {
  const sample = withSampleTenant({ users: 20, seed: 3, today: importedOn, deviceCodeInterval: 0.01 });
  const signal = new AbortController().signal;

  it('tells what to answer it with, goes on with the rest, and works after one sign-in', async () => {
    const b = bench(sample);
    const connection = connectionTo(sample);
    const flow = 'deviceCode';
    const signedIn = await b.identity.signIn(connection, { flow, prompter: codePerson(sample), signal });
    const known = { ...connection, tenantId: signedIn.tenantId };
    const asked: LicenseError[] = [];
    const store = new RecordingStore();
    const run = (): ReturnType<typeof runImport> =>
      runImport(
        sampleRequest(sample, store, {
          connection: known,
          tokens: b.identity.tokenSource(known),
          logger: b.logger,
          now: () => new Date(),
          onSignInRequired: (error) => asked.push(error),
        }),
      );

    await sample.tenant.configure({
      faults: { claimsChallenge: true, only: 'getMailboxUsageDetail' },
      switches: { mfaRequired: true },
    });
    const result = await run();
    assert.equal(result.status, 'partial');
    assert.equal(asked.length, 1);
    const claims = asked[0]?.details['claims'];
    assert.equal(typeof claims, 'string');
    assert.match(String(claims), /capolids/);
    const failed = result.tasks.flatMap((task) => task.warnings).join(' ');
    assert.match(failed, /mailbox usage report could not be read.*Sign in again/);
    assert.equal(failed.includes('capolids'), false);
    assert.ok(store.rowsOf('users').length > 0, 'what needs no other sign-in was read');

    // The person does what was asked for, once.
    await sample.tenant.configure({ switches: { mfaRequired: false } });
    b.requests.length = 0;
    const again = { flow, prompter: codePerson(sample), signal, claims: String(claims) } as const;
    await b.identity.signIn(known, again);
    assert.equal((await run()).status, 'succeeded');
    assert.equal(asked.length, 1);

    const log = b.logger.lines.join('\n');
    for (const secret of b.secrets) assert.equal(log.includes(secret), false);
    assert.equal(log.includes('capolids') || log.includes('"nbf"'), false, 'claims are not logged');
  });
});
