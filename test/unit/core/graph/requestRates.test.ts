import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { RateClock } from '../../../../src/core/graph/requestRates';
import { RequestRates, unlimitedRates } from '../../../../src/core/graph/requestRates';
import { failureOf } from '../../../support/storeFixture';

/** Time that passes only when somebody sleeps. */
class TestClock implements RateClock {
  time = 0;
  now(): number {
    return this.time;
  }
  async sleep(ms: number): Promise<void> {
    this.time += ms;
  }
}

const graph = 'https://graph.microsoft.com';
const signIns = `${graph}/v1.0/auditLogs/signIns?$top=1000`;
const report = (name: string): string => `${graph}/v1.0/reports/${name}(period='D30')`;
const { signal } = new AbortController();
const patient = 3_600_000;

describe('RequestRates', () => {
  /** Times at which requests were let through, in seconds. */
  const timesOf = async (
    rates: RequestRates,
    clock: TestClock,
    urls: readonly string[],
  ): Promise<number[]> => {
    const times: number[] = [];
    for (const url of urls) {
      await rates.take(url, signal, patient);
      times.push(clock.time / 1000);
    }
    return times;
  };

  it('lets five sign-in pages through in ten seconds', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(undefined, clock);
    assert.deepEqual(
      await timesOf(rates, clock, Array<string>(12).fill(signIns)),
      [0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 20, 20],
    );
  });

  it('counts the registrations for multifactor authentication with the sign-ins, not with the usage reports', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(undefined, clock);
    const details = `${graph}/v1.0/reports/authenticationMethods/userRegistrationDetails`;
    const mixed = [details, signIns, details, signIns, details, signIns];
    assert.deepEqual(await timesOf(rates, clock, mixed), [0, 0, 0, 0, 0, 10]);
  });

  it('counts each report by itself: fourteen in ten minutes', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(undefined, clock);
    const mailbox = Array<string>(14).fill(report('getMailboxUsageDetail'));
    assert.deepEqual(await timesOf(rates, clock, mailbox), Array<number>(14).fill(0));
    assert.deepEqual(await timesOf(rates, clock, [report('getM365AppUserDetail')]), [0]);
    assert.deepEqual(await timesOf(rates, clock, [report('getMailboxUsageDetail')]), [600]);
  });

  it('counts the directory in resource units', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(undefined, clock);
    // A list of users costs 2, and 1 less with $select: 3,500 of them fit, or 1,750 without.
    const chosen = Array<string>(3500).fill(`${graph}/v1.0/users?$select=id`);
    assert.deepEqual(await timesOf(rates, clock, [...chosen, chosen[0] ?? '']), [
      ...Array<number>(3500).fill(0),
      10,
    ]);
    const other = new RequestRates(undefined, new TestClock());
    const whole = Array<string>(1750).fill(`${graph}/v1.0/users`);
    for (const url of whole) assert.equal(await other.take(url, signal, patient), 0);
    assert.equal(await other.take(whole[0] ?? '', signal, patient), 10_000);
  });

  it('makes all of a kind wait when one was asked to, and nobody else', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(unlimitedRates, clock);
    rates.pause(signIns, 4000);
    assert.equal(await rates.take(`${graph}/v1.0/users`, signal, patient), 0);
    assert.equal(await rates.take(signIns, signal, patient), 4000);
    assert.equal(await rates.take(signIns, signal, patient), 0);
  });

  it('refuses to wait longer than it is worth', async () => {
    const clock = new TestClock();
    const rates = new RequestRates(undefined, clock);
    for (let n = 0; n < 14; n++) await rates.take(report('getMailboxUsageDetail'), signal, patient);
    clock.time = 60_000;
    const error = await failureOf(rates.take(report('getMailboxUsageDetail'), signal, 300_000));
    assert.ok(isLicenseError(error, 'throttled'));
    assert.equal(error.details.retryAfterSeconds, 540);
  });
});
