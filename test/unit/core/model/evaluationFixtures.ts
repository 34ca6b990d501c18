import type {
  ActivitySignal,
  ActivitySource,
  EvaluationContext,
  SeatPath,
  SkuServices,
  SourceState,
  UserEvidence,
} from '../../../../src/core/model/evaluation';

/** The day of all examples. */
export const today = '2026-11-10';

export const e3 = 'sku-1-e3';
export const e5 = 'sku-2-e5';
export const exchangePlan1 = 'sku-3-exchange';
export const appsOnly = 'sku-4-apps';
export const visio = 'sku-5-visio';
export const copilot = 'sku-6-copilot';

export const direct: SeatPath = { groupId: null, state: 'Active', disabledPlans: [] };

const officeWork = [
  'exchange',
  'oneDrive',
  'outlook',
  'sharePoint',
  'skypeForBusiness',
  'teams',
  'yammer',
] as const;

const skus: readonly SkuServices[] = [
  {
    skuId: e3,
    skuPartNumber: 'SPE_E3',
    applications: officeWork,
    judgedBy: null,
    officeApps: true,
    plans: [
      { servicePlanId: 'mail', serves: ['exchange', 'outlook'] },
      { servicePlanId: 'teams', serves: ['teams'] },
      { servicePlanId: 'sites', serves: ['sharePoint', 'oneDrive'] },
      { servicePlanId: 'yammer', serves: ['yammer'] },
      { servicePlanId: 'skype', serves: ['skypeForBusiness'] },
      { servicePlanId: 'apps', serves: ['officeApps'] },
    ],
  },
  {
    skuId: e5,
    skuPartNumber: 'SPE_E5',
    applications: [...officeWork, 'powerBi'],
    judgedBy: null,
    officeApps: true,
  },
  {
    skuId: exchangePlan1,
    skuPartNumber: 'EXCHANGESTANDARD',
    applications: ['exchange', 'outlook'],
    judgedBy: null,
  },
  {
    skuId: appsOnly,
    skuPartNumber: 'OFFICESUBSCRIPTION',
    applications: ['oneDrive'],
    judgedBy: null,
    officeApps: true,
  },
  { skuId: visio, skuPartNumber: 'VISIOCLIENT', applications: ['visio'], judgedBy: 'visio' },
  { skuId: copilot, skuPartNumber: 'Microsoft_365_Copilot', applications: [], judgedBy: null },
];

const sourceNames: readonly ActivitySource[] = [
  'signInActivity',
  'activeUserReport',
  'emailReport',
  'appUsageReport',
  'mailboxReport',
  'oneDriveReport',
  'signIns',
];

/** Every source fresh, as of the day. */
export const allFresh: ReadonlyMap<ActivitySource, SourceState> = withSources({});

/** Every source fresh but those named. */
export function withSources(
  changes: Partial<Record<ActivitySource, SourceState['status']>>,
): ReadonlyMap<ActivitySource, SourceState> {
  return new Map(
    sourceNames.map((source) => [source, { status: changes[source] ?? 'fresh', asOfDate: today }]),
  );
}

export function contextOf(changes: Partial<EvaluationContext> = {}): EvaluationContext {
  return {
    today,
    settings: { inactivityDays: 30, graceDays: 30 },
    sources: allFresh,
    skus: new Map(skus.map((sku) => [sku.skuId, sku])),
    ...changes,
  };
}

/** A member with E3, created long ago, of whom nothing is known otherwise. */
export function evidenceOf(changes: Partial<UserEvidence>): UserEvidence {
  return {
    userPrincipalName: 'ines.okoro@fenwick.example',
    accountEnabled: true,
    userType: 'Member',
    createdAt: '2024-02-01T09:00:00Z',
    recipientType: null,
    signals: [],
    paths: new Map([[e3, [direct]]]),
    ...changes,
  };
}

/** Rows in the active users and the email report without any date. */
export const emptyReports: readonly ActivitySignal[] = [
  ...(['exchange', 'oneDrive', 'sharePoint', 'skypeForBusiness', 'teams', 'yammer'] as const).map(
    (application): ActivitySignal => ({ source: 'activeUserReport', application, date: null }),
  ),
  { source: 'emailReport', application: 'outlook', date: null },
];
