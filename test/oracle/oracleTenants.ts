import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runImport } from '../../src/core/importing/runImport';
import type { ImportTask } from '../../src/core/model/connection';
import { importTasks } from '../../src/core/model/connection';
import type { SampleOptions } from '../../src/sample/sampleOptions';
import { sampleGraph } from '../support/sampleGraph';
import type { SampleTenantFixture } from '../support/sampleTenantFixture';
import type { TestStore } from '../support/storeFixture';
import { createTestStore } from '../support/storeFixture';
import { sampleConnection, sampleRequest } from '../unit/core/importing/importRequests';
import { keepByHand, keepRates } from './keptByHand';

/** Day of the evaluation. */
export const today = '2026-11-20';
/** Thresholds of every tenant; some licenses have their own. */
export const thresholds = { inactivityDays: 30, graceDays: 30 };

/** A tenant whose every figure is calculated twice. */
export interface OracleTenant {
  readonly name: string;
  readonly sample: SampleOptions;
  /** Whether somebody entered prices and decided about licenses. */
  readonly kept: boolean;
  /** Days since the import before this one; terms can be observed when a renewal lies between. */
  readonly importedBefore: number;
  /** People who have left since. Units were given back with them, because the sample buys by the number of people. */
  readonly left: number;
  /** Patterns of figures that must be on screen, so that nothing passes by being absent. */
  readonly mustShow: readonly RegExp[];
}

const provedSavings = [
  /^savings\.verified\.[A-Z]{3}$/,
  /^savings\.verified\.unpriced\.seats$/,
  /^trend\.spend\./,
];
const hiddenMoney = [/^hidden\.retired$/, /^hidden\.excludedFromAlerts$/, /^hidden\.annual\.[A-Z]{3}$/];

/** The default sample tenant, with nothing entered and with everything, and three of 20,000 users. */
export const oracleTenants: readonly OracleTenant[] = [
  {
    name: 'the sample tenant as it comes',
    sample: {},
    kept: false,
    importedBefore: 1,
    left: 0,
    mustShow: [],
  },
  {
    name: 'the sample tenant with prices',
    sample: {},
    kept: true,
    importedBefore: 365,
    left: 40,
    mustShow: [...provedSavings, /^savings\.renewal\..*\.first$/],
  },
  {
    name: '20,000 users, monthly terms',
    sample: { users: 20_000, seed: 11 },
    kept: true,
    importedBefore: 31,
    left: 400,
    mustShow: [...provedSavings, ...hiddenMoney],
  },
  {
    name: '20,000 users, names concealed',
    sample: { users: 20_000, seed: 12, switches: { concealedNames: true } },
    kept: true,
    importedBefore: 1,
    left: 0,
    mustShow: [],
  },
  {
    name: '20,000 users, no premium license',
    sample: { users: 20_000, seed: 13, switches: { noPremium: true } },
    kept: true,
    importedBefore: 365,
    left: 90,
    mustShow: provedSavings,
  },
];

/** A file with what was in it after the import before the last one. */
export interface OracleFile extends TestStore {
  /** The file as the previous import left it. */
  readonly before: string;
}

/** The sample tenant as it was at the import before. */
export function earlierSample(tenant: OracleTenant): SampleOptions {
  return {
    ...tenant.sample,
    users: (tenant.sample.users ?? 300) + tenant.left,
    today: dayBefore(tenant.importedBefore),
  };
}

/** Imports a tenant into a new file, and enters what people keep by hand. The caller disposes of the file. */
export async function makeOracleTenant(
  tenant: OracleTenant,
  earlier: SampleTenantFixture,
  now: SampleTenantFixture,
): Promise<OracleFile> {
  const file = await createTestStore();
  if (tenant.kept)
    await keepRates(file.store, { settings: thresholds, today: dayBefore(tenant.importedBefore) });
  await importEarlier(file, tenant, earlier);
  return importNow(file, [{ tenant, now }]);
}

/** The first import of a tenant. Prices and decisions are entered before it, as soon as its licenses are known. */
export async function importEarlier(
  file: TestStore,
  tenant: OracleTenant,
  earlier: SampleTenantFixture,
): Promise<void> {
  const day = dayBefore(tenant.importedBefore);
  const { tenantId } = earlier.tenant.address;
  if (tenant.kept) {
    await importOn(file, earlier, day, ['licenseInformation']);
    await keepByHand(file, tenantId, tenant.sample.seed ?? 1, { settings: thresholds, today: day });
  }
  await importOn(file, earlier, day, importTasks);
}

/** The import that is looked at, of one tenant or more, after seats were taken back; keeps the file as it was. */
export async function importNow(
  file: TestStore,
  tenants: readonly { readonly tenant: OracleTenant; readonly now: SampleTenantFixture }[],
): Promise<OracleFile> {
  const before = path.join(file.folder, 'before.sqlite');
  fs.copyFileSync(file.file, before);
  for (const { tenant, now } of tenants) {
    if (tenant.kept) await reclaim(file, now);
    await importOn(file, now, today, importTasks);
  }
  return { ...file, before };
}

async function importOn(
  file: TestStore,
  sample: SampleTenantFixture,
  day: string,
  tasks: readonly ImportTask[],
): Promise<void> {
  const result = await runImport(
    sampleRequest(sample, file.store, {
      tasks,
      // A connection for each tenant, or the second would move the first one to its own tenant.
      connection: sampleConnection(sample, { connectionId: `c-${sample.tenant.address.tenantId}` }),
      evaluation: thresholds,
      now: () => new Date(`${day}T10:00:00Z`),
    }),
  );
  assert.ok(['succeeded', 'partial'].includes(result.status), JSON.stringify(result));
}

/** Takes direct paths of some unused seats away; a group gives some of the seats all the same. */
async function reclaim(file: TestStore, sample: SampleTenantFixture): Promise<void> {
  const graph = sampleGraph(sample);
  const { tenantId } = sample.tenant.address;
  const seats = file.sqlite3(`SELECT userId, skuId FROM (
      SELECT userId, skuId, row_number() OVER (PARTITION BY throughGroup, unpriced ORDER BY userId) AS place FROM (
        SELECT userId, skuId, json_extract(evidence, '$.groupCount') > 0 AS throughGroup, monthlyMinor IS NULL AS unpriced
        FROM v_findings WHERE tenantId = '${tenantId}' AND bucket IS NOT NULL AND json_extract(evidence, '$.direct') = 1))
    WHERE place <= 5`);
  let taken = 0;
  for (const { userId, skuId } of seats) {
    const answer = await graph.send('POST', `/v1.0/users/${String(userId)}/assignLicense`, {
      addLicenses: [],
      removeLicenses: [skuId],
    });
    // Who has left is gone already.
    if (answer.status === 200) taken += 1;
    else assert.equal(answer.status, 404, answer.text);
  }
  assert.ok(taken > 1, `${taken} seats were taken back`);
}

/** The day so many days before {@link today}. */
export function dayBefore(days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
