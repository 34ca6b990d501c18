import type { ReportData, ReportFinding, ReportLicense } from '../../src/core/export/report/reportData';

/*
 * The worked example of docs/reconciliation.md as the data of a report, written down from that page.
 */

const tenantId = '7f000001-0000-4000-8000-000000000001';

function license(
  productName: string,
  skuPartNumber: string,
  units: Partial<ReportLicense> & Pick<ReportLicense, 'enabled' | 'consumed'>,
): ReportLicense {
  const inGrace = units.inGrace ?? 0;
  const entitled = units.enabled + inGrace;
  return {
    tenantId,
    licenseId: `${tenantId}_${skuPartNumber}`,
    skuPartNumber,
    productName,
    inGrace,
    suspended: 0,
    lockedOut: 0,
    entitled,
    seats: units.consumed,
    availableNow: entitled - units.consumed,
    availableAfterGrace: units.enabled - units.consumed,
    shortfallNow: 0,
    shortfallSoon: 0,
    unassigned: 0,
    active: 0,
    inactive: 0,
    never: 0,
    new: 0,
    unknown: 0,
    isInTotals: true,
    ...units,
  };
}

function finding(kind: string, changes: Partial<ReportFinding>): ReportFinding {
  return {
    tenantId,
    kind,
    displayName: null,
    userPrincipalName: null,
    productName: null,
    skuPartNumber: null,
    seats: 1,
    monthlyMinor: null,
    currency: null,
    evidence: null,
    ...changes,
  };
}

const gus = finding('inactive', {
  displayName: 'Gus Example',
  userPrincipalName: 'gus@contoso.example',
  productName: 'Microsoft 365 E3',
  skuPartNumber: 'SPE_E3',
  monthlyMinor: 3493,
  currency: 'EUR',
  evidence: JSON.stringify({
    about: 'seat',
    verdict: 'inactive',
    reason: 'notUsedRecently',
    confidence: 'high',
    lastActivityDate: '2026-08-01',
    direct: true,
    groupCount: 0,
    checks: [],
  }),
});

const none = { value: 0, complete: true };

/** The report of the worked example. */
export function exampleReport(changes: Partial<ReportData> = {}): ReportData {
  return {
    createdAt: '2026-11-10T09:30:00Z',
    namesHidden: false,
    tenants: [
      {
        tenantId,
        displayName: 'Contoso',
        defaultDomain: 'contoso.example',
        lastImportAt: '2026-11-10T08:00:00Z',
        evaluatedOn: '2026-11-10',
        inactivityDays: 30,
        graceDays: 30,
      },
    ],
    licenses: [
      license('Exchange Online (Plan 1)', 'EXCHANGESTANDARD', {
        enabled: 4,
        consumed: 3,
        unassigned: 1,
        active: 3,
      }),
      license('Microsoft 365 E3', 'SPE_E3', {
        enabled: 3,
        inGrace: 2,
        suspended: 1,
        consumed: 6,
        seats: 5,
        shortfallNow: 1,
        shortfallSoon: 2,
        active: 3,
        inactive: 1,
        never: 1,
      }),
      license('Microsoft 365 E5', 'SPE_E5', { enabled: 4, consumed: 4, active: 4 }),
      license('Power BI Pro', 'POWER_BI_PRO', { enabled: 5, consumed: 2, unassigned: 2, unknown: 2 }),
      license('Visio Plan 2', 'VISIOCLIENT', { enabled: 2, consumed: 2, unknown: 2 }),
    ],
    totals: {
      licenses: 5,
      entitled: 20,
      enabled: 18,
      inGrace: 2,
      suspended: 1,
      lockedOut: 0,
      consumed: 17,
      shortfallNow: 1,
      shortfallSoon: 2,
      spare: 4,
      unassigned: 3,
      licensesShort: 1,
      licensesShortSoon: 1,
      seats: { value: 16, complete: true },
      active: { value: 10, complete: true },
      inactive: { value: 1, complete: true },
      never: { value: 1, complete: true },
      new: none,
      unknown: { value: 4, complete: true },
      notCounted: [],
    },
    spend: [
      {
        currency: 'EUR',
        monthlyMinor: 41_867,
        annualMinor: 502_400,
        assignedMonthlyMinor: 41_467,
        assignedAnnualMinor: 497_600,
      },
      {
        currency: 'USD',
        monthlyMinor: 5000,
        annualMinor: 60_000,
        assignedMonthlyMinor: 2000,
        assignedAnnualMinor: 24_000,
      },
    ],
    coverage: { pricedSeats: 14, totalSeats: 16, lowerBound: true },
    licenseSpend: [
      {
        tenantId,
        productName: 'Microsoft 365 E5',
        currency: 'EUR',
        boughtMonthlyMinor: 22_800,
        boughtAnnualMinor: 273_600,
        assignedMonthlyMinor: 22_800,
      },
    ],
    breakdowns: [
      {
        dimension: 'department',
        lines: [
          {
            value: 'Sales',
            amounts: [{ currency: 'EUR', minor: 20_993 }],
            people: 4,
            seats: 5,
            unpricedSeats: 0,
          },
          {
            value: 'IT',
            amounts: [{ currency: 'EUR', minor: 13_974 }],
            people: 4,
            seats: 5,
            unpricedSeats: 1,
          },
          { value: null, amounts: [{ currency: 'EUR', minor: 6500 }], people: 2, seats: 4, unpricedSeats: 1 },
        ],
        omitted: 0,
      },
    ],
    buckets: [
      {
        bucket: 'disabledAccount',
        seats: 2,
        unpricedSeats: 1,
        amounts: [{ currency: 'EUR', minor: 3493 }],
      },
      { bucket: 'inactive', seats: 1, unpricedSeats: 0, amounts: [{ currency: 'EUR', minor: 3493 }] },
      { bucket: 'neverActive', seats: 1, unpricedSeats: 0, amounts: [{ currency: 'EUR', minor: 3493 }] },
      {
        bucket: 'unassigned',
        seats: 3,
        unpricedSeats: 0,
        amounts: [
          { currency: 'EUR', minor: 400 },
          { currency: 'USD', minor: 2000 },
        ],
      },
      {
        bucket: 'contained',
        seats: 2,
        unpricedSeats: 0,
        amounts: [
          { currency: 'EUR', minor: 400 },
          { currency: 'USD', minor: 1000 },
        ],
      },
      { bucket: 'mailboxNeedsNone', seats: 1, unpricedSeats: 0, amounts: [{ currency: 'EUR', minor: 400 }] },
      { bucket: 'guest', seats: 1, unpricedSeats: 0, amounts: [{ currency: 'USD', minor: 1000 }] },
    ],
    realisable: [
      {
        tenantId,
        productName: 'Microsoft 365 E3',
        currency: 'EUR',
        freed: 3,
        nowUnits: 3,
        nowMinor: 10_480,
        renewalUnits: 0,
        renewalMinor: null,
        renewalDate: null,
      },
      {
        tenantId,
        productName: 'Exchange Online (Plan 1)',
        currency: 'EUR',
        freed: 2,
        nowUnits: 0,
        nowMinor: null,
        renewalUnits: 3,
        renewalMinor: 1200,
        renewalDate: '2027-06-30',
      },
      {
        tenantId,
        productName: 'Power BI Pro',
        currency: 'USD',
        freed: 2,
        nowUnits: 4,
        nowMinor: 4000,
        renewalUnits: 0,
        renewalMinor: null,
        renewalDate: null,
      },
    ],
    verified: {
      seats: 4,
      unpricedSeats: 1,
      amounts: [
        { currency: 'EUR', minor: 3493 },
        { currency: 'USD', minor: 2000 },
      ],
      firstAt: '2026-12-01T08:00:00Z',
    },
    findings: [
      {
        kind: 'shortfall',
        count: 1,
        seats: 1,
        people: 0,
        amounts: [{ currency: 'EUR', minor: 3493 }],
        unpriced: 0,
        isSavings: false,
        listed: [
          finding('shortfall', {
            productName: 'Microsoft 365 E3',
            skuPartNumber: 'SPE_E3',
            monthlyMinor: 3493,
            currency: 'EUR',
            evidence: JSON.stringify({
              about: 'position',
              entitled: 5,
              enabled: 3,
              inGrace: 2,
              consumed: 6,
              buffer: 0,
              limit: 'asPurchased',
              graceEnds: '2026-11-24',
            }),
          }),
        ],
      },
      {
        kind: 'disabledAccount',
        count: 2,
        seats: 2,
        people: 1,
        amounts: [{ currency: 'EUR', minor: 3493 }],
        unpriced: 1,
        isSavings: true,
        listed: [
          finding('disabledAccount', {
            displayName: 'Eli Example',
            userPrincipalName: 'eli@contoso.example',
            productName: 'Microsoft 365 E3',
            skuPartNumber: 'SPE_E3',
            monthlyMinor: 3493,
            currency: 'EUR',
          }),
          finding('disabledAccount', {
            displayName: 'Eli Example',
            userPrincipalName: 'eli@contoso.example',
            productName: 'Visio Plan 2',
            skuPartNumber: 'VISIOCLIENT',
          }),
        ],
      },
      {
        kind: 'inactive',
        count: 1234,
        seats: 1234,
        people: 1200,
        amounts: [{ currency: 'EUR', minor: 3493 }],
        unpriced: 0,
        isSavings: true,
        listed: [gus, gus, gus],
      },
      {
        kind: 'dataMissing',
        count: 1,
        seats: 0,
        people: 0,
        amounts: [],
        unpriced: 1,
        isSavings: false,
        listed: [
          finding('dataMissing', {
            seats: 0,
            evidence: JSON.stringify({
              about: 'source',
              source: 'signIns',
              status: 'missing',
              asOfDate: null,
            }),
          }),
        ],
      },
    ],
    hidden: {
      licenses: [
        {
          tenantId,
          productName: 'Project Plan 3',
          state: 'unmanaged',
          reason: 'Paid by the subsidiary',
          until: '2027-01-31',
        },
      ],
      amounts: [{ currency: 'EUR', minor: 12_345 }],
      costUnknown: true,
    },
    unpriced: [{ tenantId, productName: 'Visio Plan 2', seats: 2, problem: 'noPurchase' }],
    history: [
      {
        at: '2026-10-10T08:00:00Z',
        entitled: 20,
        consumed: 16,
        shortfallNow: 0,
        unassigned: 4,
        inactive: 0,
        never: 1,
      },
      {
        at: '2026-11-10T08:00:00Z',
        entitled: 20,
        consumed: 17,
        shortfallNow: 1,
        unassigned: 3,
        inactive: 1,
        never: 1,
      },
    ],
    ...changes,
  };
}
