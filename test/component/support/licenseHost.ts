import { TableShelf } from './tableShelf';
import { LicensePage } from '../../../src/app/panels/licensePage';
import { purchaseRow, newPurchase } from '../../../src/app/panels/purchaseDraft';
import { termsDraftOf } from '../../../src/app/panels/termsDraft';
import type {
  EvaluationDay,
  LicenseDowngradeAnswers,
  LicensePurchase,
  LicenseSettings,
} from '../../../src/core/store/licenseRecords';
import type { ViewFilter } from '../../../src/core/store/store';
import { defaultLicenseTerms } from '../../../src/core/model/purchases';
import type { LicenseData, LicenseHead, SeatCounts } from '../../../src/shared/licenseContract';
import { tenantId } from './memoryUsers';

export const licenseId = `${tenantId}_06ebc4ee-1bb5-47dd-8120-11324bc54e06`;
const today = '2026-11-21';

const head: LicenseHead = {
  tenantId,
  tenantName: 'Contoso',
  lastImportAt: '2026-11-21T09:12:00Z',
  evaluatedOn: today,
  licenseId,
  skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  skuPartNumber: 'SPE_E5',
  productName: 'Microsoft 365 E5',
  givenName: null,
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  isTrial: false,
  isFree: false,
  isCounted: true,
  lifecycleStatus: 'active',
  participation: 'managed',
  managedReason: null,
  managedUntil: null,
  alertsReason: null,
  alertsUntil: null,
  entitlementLimit: 'asPurchased',
  buffer: 0,
  family: 'Microsoft 365',
};

const counts: SeatCounts = { active: 101, inactive: 14, never: 9, new: 3, unknown: 5, notPerson: 0 };

/** 120 units, 10 of them in grace, 132 in use: a license with something of everything. */
export function licenseData(changes: Partial<LicenseData> = {}): LicenseData {
  return {
    head,
    position: {
      enabled: 110,
      inGrace: 10,
      suspended: 5,
      lockedOut: 0,
      entitled: 120,
      consumed: 132,
      seats: 132,
      availableNow: -12,
      availableAfterGrace: -22,
      shortfallNow: 12,
      shortfallSoon: 10,
      unassigned: 0,
    },
    history: [
      historyRow('2026-03-02', '2026-05-04', 80, 0, 71, 60),
      historyRow('2026-05-04', '2026-08-10', 100, 0, 96, 80),
      historyRow('2026-08-10', '2026-11-02', 120, 0, 118, 97),
      historyRow('2026-11-02', null, 110, 10, 132, 101),
    ],
    subscriptions: [
      {
        subscriptionId: 'c2b0ba5d-0001-4a3c-9f6e-0f6d8b5a0001',
        status: 'Enabled',
        totalLicenses: 110,
        isTrial: false,
        createdAt: '2025-12-01T00:00:00Z',
        nextLifecycleAt: '2026-12-01T00:00:00Z',
        term: 'annual',
        recurringBilling: null,
      },
      {
        subscriptionId: 'c2b0ba5d-0002-4a3c-9f6e-0f6d8b5a0002',
        status: 'Warning',
        totalLicenses: 10,
        isTrial: false,
        createdAt: '2026-08-10T00:00:00Z',
        nextLifecycleAt: '2026-11-30T00:00:00Z',
        term: 'monthly',
        recurringBilling: false,
      },
    ],
    purchases: [],
    newPurchase: newPurchase(110, [], today),
    money: {
      currency: null,
      unitMonthlyMinor: null,
      boughtMonthlyMinor: null,
      boughtAnnualMinor: null,
      assignedMonthlyMinor: null,
      priceProblem: 'noPurchase',
      purchasedQuantity: null,
    },
    terms: termsDraftOf(defaultSettings, today),
    usualThresholds: { inactivityDays: 30, graceDays: 30, noticeDays: 30 },
    plans: [
      plan('EXCHANGE_S_ENTERPRISE', 'Exchange Online (Plan 2)'),
      plan('TEAMS1', 'Microsoft Teams'),
      { ...plan('MIP_S_Exchange', 'Data Classification in Microsoft 365'), appliesTo: 'Company' },
    ],
    paths: {
      directOnly: 30,
      groupOnly: 98,
      both: 4,
      ways: [
        { groupId: null, groupName: null, assignments: 36, holding: 34, errors: 2 },
        { groupId: 'b1', groupName: 'License E5', assignments: 104, holding: 102, errors: 2 },
      ],
      errors: [
        { groupName: 'License E5', direct: false, state: 'Error', error: 'CountViolation', assignments: 2 },
        {
          groupName: null,
          direct: true,
          state: 'ActiveWithError',
          error: 'MutuallyExclusiveViolation',
          assignments: 2,
        },
      ],
    },
    counts,
    compared: [
      {
        licenseId: `${tenantId}_05e9a617-0261-4cee-bb44-138d3ef5d965`,
        skuPartNumber: 'SPE_E3',
        productName: 'Microsoft 365 E3',
        entitled: 180,
        isUnlimited: false,
        seats: 171,
        counts: { active: 120, inactive: 28, never: 16, new: 4, unknown: 3, notPerson: 0 },
        unitMonthlyMinor: 3493,
        currency: 'EUR',
      },
      {
        licenseId,
        skuPartNumber: 'SPE_E5',
        productName: 'Microsoft 365 E5',
        entitled: 120,
        isUnlimited: false,
        seats: 132,
        counts,
        unitMonthlyMinor: null,
        currency: null,
      },
    ],
    services: [
      { application: 'exchange', recent: 98, earlier: 20, lastUse: '2026-11-19' },
      { application: 'teams', recent: 90, earlier: 12, lastUse: '2026-11-18' },
      { application: 'yammer', recent: 2, earlier: 7, lastUse: '2026-10-30' },
    ],
    findings: [
      {
        kind: 'shortfall',
        findings: 1,
        people: 0,
        seats: 12,
        monthlyMinor: null,
        currency: null,
        isSaving: false,
        isAlert: true,
        evidence: JSON.stringify({
          about: 'position',
          entitled: 120,
          enabled: 110,
          inGrace: 10,
          consumed: 132,
          buffer: 0,
          limit: 'asPurchased',
          graceEnds: '2026-11-30',
        }),
      },
      {
        kind: 'inactive',
        findings: 14,
        people: 14,
        seats: 14,
        monthlyMinor: 79_800,
        currency: 'EUR',
        isSaving: true,
        isAlert: false,
        evidence: null,
      },
    ],
    downgrades: {
      problem: null,
      currency: 'EUR',
      prospects: [
        {
          licenseId: 't_e3',
          name: 'Microsoft 365 E3',
          savesMinor: 2_100,
          open: ['Defender for Endpoint', 'Entra ID'],
          asksFrontline: false,
          asksHolds: false,
          wouldLose: ['Power BI Pro'],
        },
        {
          licenseId: 't_f3',
          name: 'Microsoft 365 F3',
          savesMinor: 4_900,
          open: [
            'Defender for Endpoint',
            'Entra ID',
            'Office apps',
            'Audio Conferencing',
            'Customer Lockbox',
          ],
          asksFrontline: true,
          asksHolds: true,
          wouldLose: [],
        },
      ],
      questions: [
        { key: 'MCOMEETADV', title: 'Audio Conferencing', plans: ['Audio Conferencing'] },
        { key: 'endpoint', title: 'Defender for Endpoint', plans: ['Microsoft Defender for Endpoint'] },
        { key: 'entra', title: 'Entra ID', plans: ['Microsoft Entra ID P2'] },
        { key: 'officeApps', title: 'Office apps', plans: ['Microsoft 365 Apps for Enterprise'] },
      ],
      asksFrontline: true,
      asksHolds: true,
      answers: { notNeeded: [], frontline: false, noHolds: false },
      advised: 0,
    },
    currencies: ['EUR', 'USD'],
    ...changes,
  };
}

/** What nobody has said anything about. */
export const defaultSettings: LicenseSettings = {
  lifecycleStatus: 'active',
  decisions: { unmanaged: null, excludedFromAlerts: null },
  terms: defaultLicenseTerms,
  inactivityDays: null,
  graceDays: null,
  noticeDays: null,
  name: null,
};

/** The host’s side of a license page over data in memory, with what it was asked to do. */
export class LicenseHost {
  readonly purchases = new Map<string, LicensePurchase>();
  settings: LicenseSettings = defaultSettings;
  readonly rosters: ViewFilter[] = [];
  readonly asked: string[] = [];
  readonly billing: [subscriptionId: string, billing: boolean | null][] = [];
  readonly answers: LicenseDowngradeAnswers[] = [];
  failure: Error | undefined;
  confirm = true;
  /** How often everything was read. */
  reads = 0;
  /** Called when a purchase has been kept, before the page hears that it was. */
  onSaved: () => void = () => undefined;
  readonly tables = new TableShelf();
  readonly page: LicensePage;

  constructor(public base: LicenseData = licenseData()) {
    const day: EvaluationDay = { settings: { inactivityDays: 30, graceDays: 30 }, today };
    this.page = new LicensePage({
      licenseId,
      day: () => day,
      read: async () => {
        this.reads += 1;
        if (this.failure !== undefined) throw this.failure;
        return {
          ...this.base,
          purchases: [...this.purchases.values()].map((purchase) => purchaseRow(purchase, today)),
          terms: termsDraftOf(this.settings, today),
        };
      },
      records: {
        savePurchases: async (purchases) => {
          if (this.failure !== undefined) throw this.failure;
          for (const purchase of purchases) this.purchases.set(purchase.purchaseId, purchase);
          this.onSaved();
        },
        removePurchase: async (purchaseId) => void this.purchases.delete(purchaseId),
        saveLicenseSettings: async (_, changes) => {
          this.settings = { ...this.settings, ...changes };
        },
        saveDowngradeAnswers: async (_, answers) => void this.answers.push(answers),
        saveRecurringBilling: async (_, subscriptionId, billing) => {
          this.billing.push([subscriptionId, billing]);
        },
      },
      confirmRemoval: async (purchase) => {
        this.asked.push(purchase);
        return this.confirm;
      },
      openRoster: async (filter) => void this.rosters.push(filter),
      openLicense: async (id) => void this.asked.push(`open ${id}`),
      importPriceBook: async () => void this.asked.push('import price book'),
      tables: this.tables,
    });
  }
}

/** A purchase of the license: four units at 684.00 EUR each, annually, unless said otherwise. */
export function purchaseOfLicense(changes: Partial<LicensePurchase> = {}): LicensePurchase {
  return {
    licenseId,
    purchaseId: 'p1',
    quantity: 4,
    amountMinor: 68_400,
    amountPer: 'unit',
    currency: 'EUR',
    paymentFrequency: 'annually',
    effectiveDate: '2025-12-01',
    endingDate: null,
    note: 'PO 4711',
    ...changes,
  };
}

function historyRow(
  from: string,
  to: string | null,
  enabled: number,
  inGrace: number,
  consumed: number,
  active: number,
): LicenseData['history'][number] {
  return {
    validFrom: `${from}T09:00:00Z`,
    validTo: to === null ? null : `${to}T09:00:00Z`,
    enabled,
    inGrace,
    suspended: 5,
    lockedOut: 0,
    consumed,
    active,
  };
}

function plan(servicePlanName: string, friendlyName: string): LicenseData['plans'][number] {
  return {
    servicePlanId: `id-${servicePlanName}`,
    servicePlanName,
    friendlyName,
    appliesTo: 'User',
    provisioningStatus: 'Success',
  };
}
