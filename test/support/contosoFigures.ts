import type { SqlRow } from '../../src/core/store/store';
import { licenseRows, positionRows } from '../component/support/memoryPositions';
import { tenantId } from '../component/support/memoryUsers';
import type { RowsByView } from './viewTables';

/*
 * A made-up tenant for the Reconciliation, small enough to be added up by hand: ten licenses (`memoryPositions.ts`),
 * an unmanaged and a retired one besides, prices in two currencies, findings with and without a price.
 */

const license = (part: string): string => `${tenantId}_${part}`;

/** A license that is in no number. */
function hiddenLicense(part: string, consumed: number): SqlRow {
  const position = positionRows().find((row) => row['skuPartNumber'] === 'VISIOCLIENT');
  return {
    ...position,
    licenseId: license(part),
    skuId: part,
    skuPartNumber: part,
    consumed,
    availableNow: 25 - consumed,
    availableAfterGrace: 25 - consumed,
  };
}

function finding(
  kind: string,
  part: string | null,
  fields: {
    readonly user?: string;
    readonly seats?: number;
    readonly money?: readonly [number | null, string | null];
    readonly bucket?: string;
    readonly isAlert?: 0 | 1;
    readonly evidence?: object;
  } = {},
): SqlRow {
  const name = licenseRows().find((row) => row['licenseId'] === license(part ?? ''))?.['productName'] ?? null;
  const about = part === null ? tenantId : license(part);
  return {
    tenantId,
    findingId: [kind, about, fields.user].filter((text) => text !== undefined).join(':'),
    kind,
    userId: fields.user ?? null,
    userPrincipalName: fields.user === undefined ? null : `${fields.user}@contoso.com`,
    displayName: fields.user === undefined ? null : fields.user.replace(/^./, (first) => first.toUpperCase()),
    licenseId: part === null ? null : license(part),
    skuId: part,
    skuPartNumber: part,
    productName: name,
    seats: fields.seats ?? 1,
    monthlyMinor: fields.money?.[0] ?? (fields.money === undefined ? 0 : null),
    currency: fields.money?.[1] ?? null,
    bucket: fields.bucket ?? null,
    isAlert: fields.isAlert ?? 0,
    evidence: JSON.stringify(fields.evidence ?? {}),
  };
}

const seat = (lastActivityDate: string | null, reason: string): object => ({
  about: 'seat',
  verdict: lastActivityDate === null ? 'never' : 'inactive',
  reason,
  confidence: 'high',
  lastActivityDate,
  direct: true,
  groupCount: 0,
  checks: [],
});

const position = (entitled: number, enabled: number, inGrace: number, consumed: number): object => ({
  about: 'position',
  entitled,
  enabled,
  inGrace,
  consumed,
  buffer: 0,
  limit: 'asPurchased',
  graceEnds: inGrace > 0 ? '2026-12-05' : null,
});

/** 14 people who do not use E3, so that a group has more than a few findings. */
const idle = Array.from({ length: 14 }, (_, index) => `user${String(index + 1).padStart(2, '0')}`);

export const contosoFindings: readonly SqlRow[] = [
  finding('shortfall', 'SPE_E5', {
    seats: 12,
    money: [68_400, 'EUR'],
    isAlert: 1,
    evidence: position(120, 120, 0, 132),
  }),
  finding('shortfallAfterGrace', 'SPE_E3', {
    seats: 21,
    money: [73_360, 'EUR'],
    isAlert: 1,
    evidence: position(180, 150, 30, 171),
  }),
  ...idle.map((user, index) =>
    finding('inactive', 'SPE_E3', {
      user,
      money: [3493, 'EUR'],
      bucket: 'inactive',
      evidence: seat(`2026-08-${String(index + 1).padStart(2, '0')}`, 'notUsedRecently'),
    }),
  ),
  finding('neverActive', 'SPE_E3', {
    user: 'hal',
    money: [3494, 'EUR'],
    bucket: 'neverActive',
    evidence: seat(null, 'noUseSinceCreation'),
  }),
  finding('disabledAccount', 'VISIOCLIENT', {
    user: 'eli',
    money: [null, null],
    bucket: 'disabledAccount',
    evidence: seat(null, 'noUseSinceCreation'),
  }),
  finding('unassigned', 'EXCHANGESTANDARD', {
    seats: 19,
    money: [7600, 'USD'],
    bucket: 'unassigned',
    evidence: position(60, 60, 0, 41),
  }),
  finding('priceMissing', 'VISIOCLIENT', {
    seats: 25,
    money: [null, null],
    evidence: { about: 'price', problem: 'noPurchase' },
  }),
  finding('duplicatePath', 'SPE_E5', {
    user: 'ben',
    evidence: { about: 'paths', direct: true, groupCount: 1 },
  }),
  finding('dataMissing', null, {
    seats: 0,
    evidence: { about: 'source', source: 'signIns', status: 'missing', asOfDate: null },
  }),
];

/** Rows of every view that the page reads. */
export function contosoFigures(): RowsByView {
  return {
    v_tenants: [
      {
        tenantId,
        displayName: 'Contoso',
        defaultDomain: 'contoso.com',
        cloud: 'global',
        lastImportAt: '2026-11-21T09:12:00.000Z',
      },
    ],
    v_evaluation: [{ tenantId, evaluatedOn: '2026-11-21' }],
    v_position: [
      ...positionRows().map((row) => (row['skuPartNumber'] === 'SPE_E3' ? { ...row, unassigned: 0 } : row)),
      hiddenLicense('OLD_SKU', 20),
      hiddenLicense('PARKED_SKU', 25),
    ],
    v_licenses: [
      ...licenseRows().map((row): SqlRow => ({
        ...row,
        tenantId,
        isCounted: 1,
        participation: row['licenseId'] === license('SPE_E5') ? 'excludedFromAlerts' : 'managed',
        lifecycleStatus: 'active',
        entitlementLimit: 'asPurchased',
        term: row['licenseId'] === license('EXCHANGESTANDARD') ? 'monthly' : 'annual',
        unitMonthlyMinor: prices[String(row['licenseId'])] ?? null,
      })),
      ...(['OLD_SKU', 'PARKED_SKU'] as const).map((part): SqlRow => ({
        tenantId,
        licenseId: license(part),
        productName: part === 'OLD_SKU' ? 'Replaced Product' : 'Parked Product',
        appliesTo: 'User',
        isTrial: 0,
        isCounted: 0,
        participation: part === 'OLD_SKU' ? 'managed' : 'unmanaged',
        lifecycleStatus: part === 'OLD_SKU' ? 'retired' : 'active',
        entitlementLimit: 'asPurchased',
        term: 'annual',
      })),
    ],
    v_license_spend: [
      spendOf('SPE_E5', 'EUR', 684_000, 8_208_000, 132),
      spendOf('SPE_E3', 'EUR', 523_999, 6_287_990, 171),
      spendOf('EXCHANGESTANDARD', 'USD', 24_000, 288_000, 41),
      { ...spendOf('VISIOCLIENT', null, null, null, 25), incomplete: 1 },
    ],
    v_findings: contosoFindings,
    v_realisable: [
      realisable('EXCHANGESTANDARD', 'USD', [19, 7600, 19, 7600], null),
      realisable('SPE_E3', 'EUR', [15, 52_396, 0, 0], '2027-06-30'),
      realisable('SPE_E5', 'EUR', [0, 0, 2, 11_400], '2026-12-01'),
      realisable('VISIOCLIENT', null, [0, null, 1, null], '2027-01-31'),
    ],
    v_verified_savings: [
      verified('gus', 'SPE_E3', 3493, 'EUR'),
      verified('fay', 'EXCHANGESTANDARD', 400, 'USD'),
      verified('old', 'VISIOCLIENT', null, null),
    ],
    v_spend: [
      spend('EUR', [1_207_999, 14_495_990, 1_169_999, 14_039_990], 303),
      spend('USD', [24_000, 288_000, 16_400, 196_800], 41),
    ],
    v_spend_lines: [
      ...(['department', 'country', 'companyName'] as const).flatMap((dimension) => [
        line(
          dimension,
          dimension === 'country' ? 'Germany' : 'IT',
          'EUR',
          [700_000, 8_400_000],
          [100, 180, 20],
        ),
        line(dimension, dimension === 'country' ? 'Germany' : 'IT', 'USD', [10_000, 120_000], [100, 180, 20]),
        line(dimension, null, 'EUR', [469_999, 5_639_990], [75, 164, 5]),
        line(dimension, null, 'USD', [6400, 76_800], [75, 164, 5]),
      ]),
    ],
    v_hidden_licenses: [{ tenantId, retired: 1, unmanaged: 1, excludedFromAlerts: 1, costUnknown: 1 }],
    v_hidden_costs: [{ tenantId, currency: 'EUR', monthlyMinor: 12_000, annualMinor: 144_000 }],
    v_tenant_history: [
      history('2026-11-07T09:00:00.000Z', [400, 360, 0, 0, 40, 40, 30]),
      history('2026-11-14T09:00:00.000Z', [415, 371, 10, 21, 38, 57, 42]),
      history('2026-11-21T09:12:00.000Z', [415, 380, 12, 21, 38, 57, 40]),
    ],
    v_spend_history: [
      { tenantId, at: '2026-11-14T09:00:00.000Z', currency: 'EUR', monthlyMinor: 1_107_999 },
      { tenantId, at: '2026-11-21T09:12:00.000Z', currency: 'EUR', monthlyMinor: 1_207_999 },
    ],
  };
}

const prices: Readonly<Record<string, number>> = {
  [license('SPE_E5')]: 5700,
  [license('SPE_E3')]: 3493,
  [license('EXCHANGESTANDARD')]: 400,
};

function spendOf(
  part: string,
  currency: string | null,
  monthly: number | null,
  annual: number | null,
  seats: number,
): SqlRow {
  return {
    tenantId,
    licenseId: license(part),
    skuId: part,
    skuPartNumber: part,
    currency,
    boughtMonthlyMinor: monthly,
    boughtAnnualMinor: annual,
    assignedMonthlyMinor: monthly,
    seats,
    incomplete: 0,
  };
}

function realisable(
  part: string,
  currency: string | null,
  [nowUnits, nowMinor, renewalUnits, renewalMinor]: readonly [number, number | null, number, number | null],
  renewalDate: string | null,
): SqlRow {
  return {
    tenantId,
    licenseId: license(part),
    skuId: part,
    skuPartNumber: part,
    currency,
    freed: 0,
    nowUnits,
    nowMinor,
    renewalUnits,
    renewalMinor,
    renewalDate,
  };
}

function verified(user: string, part: string, monthlyMinor: number | null, currency: string | null): SqlRow {
  return {
    tenantId,
    verifiedAt: '2026-11-21T09:12:00.000Z',
    findingId: `inactive:${license(part)}:${user}`,
    kind: 'inactive',
    bucket: 'inactive',
    userId: user,
    skuId: part,
    skuPartNumber: part,
    seats: 1,
    monthlyMinor,
    currency,
  };
}

function spend(
  currency: string,
  [monthlyMinor, annualMinor, assignedMonthlyMinor, assignedAnnualMinor]: readonly [
    number,
    number,
    number,
    number,
  ],
  pricedSeats: number,
): SqlRow {
  return {
    tenantId,
    currency,
    monthlyMinor,
    annualMinor,
    assignedMonthlyMinor,
    assignedAnnualMinor,
    pricedSeats,
    totalSeats: 369,
    lowerBound: 1,
  };
}

function line(
  dimension: string,
  value: string | null,
  currency: string,
  [monthlyMinor, annualMinor]: readonly [number, number],
  [people, seats, unpricedSeats]: readonly [number, number, number],
): SqlRow {
  return { tenantId, dimension, value, currency, monthlyMinor, annualMinor, people, seats, unpricedSeats };
}

function history(
  at: string,
  [entitled, consumed, shortfallNow, shortfallSoon, unassigned, inactive, never]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ],
): SqlRow {
  return {
    tenantId,
    at,
    licenses: 7,
    entitled,
    consumed,
    seats: consumed,
    shortfallNow,
    shortfallSoon,
    unassigned,
    active: 259,
    inactive,
    never,
    new: 8,
    unknown: 8,
    findings: 20,
  };
}
