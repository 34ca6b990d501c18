import type {
  ActivationRow,
  ActiveUserRow,
  AppUsageRow,
  ApplicationSignInRow,
  AssignmentRow,
  Dataset,
  DatasetOutcome,
  DatasetRows,
  EmailActivityRow,
  GroupRow,
  MailboxUsageRow,
  OneDriveUsageRow,
  SubscribedSkuRow,
  SubscriptionRow,
  UserRow,
} from '../../src/core/model/datasets';
import type { Connection } from '../../src/core/model/connection';
import { datasetsOfTask } from '../../src/core/model/datasets';
import type { ImportTask } from '../../src/core/model/connection';
import type { ImportEnd, ImportStart, Store } from '../../src/core/store/store';
import type { ImportResult } from '../../src/core/model/importRecords';

export const tenantId = '7f000001-0000-4000-8000-000000000001';
export const otherTenantId = '7f000002-0000-4000-8000-000000000002';

/** A GUID whose last part tells what it is. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function assignment(skuId: string, changes: Partial<AssignmentRow> = {}): AssignmentRow {
  return {
    skuId,
    groupId: null,
    state: 'Active',
    error: null,
    disabledPlans: [],
    lastUpdatedAt: '2025-01-02T03:04:05Z',
    ...changes,
  };
}

export function user(number: number, changes: Partial<UserRow> = {}): UserRow {
  return {
    userId: guid(number),
    userPrincipalName: `user${number}@contoso.example`,
    displayName: `User ${number}`,
    givenName: null,
    surname: null,
    mail: null,
    accountEnabled: true,
    userType: 'Member',
    onPremisesSyncEnabled: null,
    jobTitle: null,
    department: null,
    companyName: null,
    country: null,
    usageLocation: null,
    createdAt: '2020-01-01T00:00:00Z',
    deletedAt: null,
    lastSignInAt: null,
    lastNonInteractiveSignInAt: null,
    lastSuccessfulSignInAt: null,
    assignments: [],
    ...changes,
  };
}

export function sku(
  skuId: string,
  skuPartNumber: string,
  changes: Partial<SubscribedSkuRow> = {},
): SubscribedSkuRow {
  return {
    skuId,
    skuPartNumber,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: 0,
    enabled: 0,
    warning: 0,
    suspended: 0,
    lockedOut: 0,
    subscriptionIds: [],
    servicePlans: [],
    ...changes,
  };
}

export function subscription(
  subscriptionId: string,
  skuId: string,
  changes: Partial<SubscriptionRow> = {},
): SubscriptionRow {
  return {
    subscriptionId,
    commerceSubscriptionId: null,
    skuId,
    skuPartNumber: null,
    status: 'Enabled',
    totalLicenses: null,
    isTrial: false,
    createdAt: null,
    nextLifecycleAt: null,
    ...changes,
  };
}

export function group(groupId: string, displayName: string): GroupRow {
  return {
    groupId,
    displayName,
    groupTypes: [],
    securityEnabled: true,
    mailEnabled: false,
    onPremisesSyncEnabled: null,
  };
}

export function activation(
  userPrincipalName: string,
  productType: string,
  changes: Partial<ActivationRow> = {},
): ActivationRow {
  return {
    userPrincipalName,
    productType,
    lastActivatedDate: null,
    windows: 0,
    mac: 0,
    windows10Mobile: 0,
    ios: 0,
    android: 0,
    sharedComputer: false,
    ...changes,
  };
}

export function appUsage(userPrincipalName: string, changes: Partial<AppUsageRow> = {}): AppUsageRow {
  return {
    userPrincipalName,
    lastActivationDate: null,
    lastActivityDate: null,
    windows: false,
    mac: false,
    mobile: false,
    web: false,
    apps: [],
    ...changes,
  };
}

export function oneDrive(
  ownerPrincipalName: string,
  changes: Partial<OneDriveUsageRow> = {},
): OneDriveUsageRow {
  return {
    ownerPrincipalName,
    siteId: null,
    isDeleted: false,
    lastActivityDate: null,
    fileCount: 0,
    activeFileCount: 0,
    storageUsedBytes: 0,
    storageAllocatedBytes: null,
    ...changes,
  };
}

export function mailbox(userPrincipalName: string, changes: Partial<MailboxUsageRow> = {}): MailboxUsageRow {
  return {
    userPrincipalName,
    displayName: null,
    isDeleted: false,
    createdDate: null,
    lastActivityDate: null,
    itemCount: 0,
    storageUsedBytes: 0,
    hasArchive: false,
    recipientType: 'User',
    ...changes,
  };
}

export function activeUser(userPrincipalName: string, changes: Partial<ActiveUserRow> = {}): ActiveUserRow {
  return {
    userPrincipalName,
    isDeleted: false,
    exchangeLastActivityDate: null,
    oneDriveLastActivityDate: null,
    sharePointLastActivityDate: null,
    skypeForBusinessLastActivityDate: null,
    yammerLastActivityDate: null,
    teamsLastActivityDate: null,
    hasExchangeLicense: false,
    hasOneDriveLicense: false,
    hasSharePointLicense: false,
    hasSkypeForBusinessLicense: false,
    hasYammerLicense: false,
    hasTeamsLicense: false,
    ...changes,
  };
}

export function email(userPrincipalName: string, changes: Partial<EmailActivityRow> = {}): EmailActivityRow {
  return {
    userPrincipalName,
    isDeleted: false,
    lastActivityDate: null,
    sendCount: 0,
    receiveCount: 0,
    readCount: 0,
    ...changes,
  };
}

export function signIn(
  userId: string,
  application: string | null,
  lastSignInAt: string,
  changes: Partial<ApplicationSignInRow> = {},
): ApplicationSignInRow {
  return { userId, appId: guid(900), appDisplayName: null, application, lastSignInAt, ...changes };
}

export function connection(
  connectionId: string,
  name: string,
  changes: Partial<Connection> = {},
): Connection {
  return {
    connectionId,
    name,
    sourceType: 'microsoft365',
    tenant: null,
    tenantId,
    cloud: 'global',
    endpoints: null,
    clientId: guid(800),
    flow: 'deviceCode',
    redirectUri: null,
    proxy: null,
    tasks: ['applicationRoster'],
    caCertificatePath: null,
    readOnly: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    account: null,
    signedInAt: null,
    ...changes,
  };
}

/** Rows by dataset; a dataset that is named is complete, even with no rows. */
export type ImportRows = { readonly [D in Dataset]?: readonly DatasetRows[D][] };

/** How a test's import differs from the usual one. */
export interface TestImport {
  readonly importId?: string;
  readonly tenantId?: string;
  readonly connectionId?: string;
  readonly finishedAt?: string;
  /** Changes of the outcome of one dataset; also for datasets without rows. */
  readonly outcomes?: Partial<Record<Dataset, Partial<DatasetOutcome>>>;
  readonly end?: Partial<ImportEnd>;
}

let imports = 0;

export function importStart(options: TestImport = {}): ImportStart {
  imports += 1;
  return {
    importId: options.importId ?? `import-${imports}`,
    connectionId: options.connectionId ?? 'connection-1',
    connectionName: 'Contoso',
    tenant: {
      tenantId: options.tenantId ?? tenantId,
      displayName: 'Contoso',
      defaultDomain: 'contoso.example',
      cloud: 'global',
    },
    trigger: 'user',
    startedAt: '2026-03-10T08:00:00.000Z',
  };
}

const taskOf = (dataset: Dataset): ImportTask =>
  (Object.keys(datasetsOfTask) as ImportTask[]).find((task) => datasetsOfTask[task].includes(dataset)) ??
  'applicationRoster';

/** The end of an import that brought the given datasets. As-of date of all is the day of the import. */
export function importEnd(datasets: readonly Dataset[], options: TestImport = {}): ImportEnd {
  const finishedAt = options.finishedAt ?? '2026-03-10T08:30:00.000Z';
  const named = new Set([...datasets, ...(Object.keys(options.outcomes ?? {}) as Dataset[])]);
  const outcomes = [...named].map((dataset): DatasetOutcome => ({
    dataset,
    task: taskOf(dataset),
    status: 'complete',
    asOfDate: finishedAt.slice(0, 10),
    concealed: false,
    reason: null,
    ...(dataset === 'users' ? { signInActivity: 'read' as const } : {}),
    ...options.outcomes?.[dataset],
  }));
  return {
    status: 'succeeded',
    finishedAt,
    tasks: [...new Set(outcomes.map(({ task }) => task))].map((task) => ({
      task,
      status: 'succeeded',
      rows: 1,
      durationMs: 20,
      warnings: [],
    })),
    datasets: outcomes,
    transfer: { requests: 3, bytes: 4000, throttledMs: 0 },
    evaluation: { inactivityDays: 30, graceDays: 30 },
    ...options.end,
  };
}

/** Imports the rows and commits. */
export async function importRows(
  store: Store,
  rows: ImportRows,
  options: TestImport = {},
): Promise<ImportResult> {
  const session = await store.beginImport(importStart(options));
  const datasets = Object.keys(rows) as Dataset[];
  for (const dataset of datasets) await session.write(dataset, rows[dataset] as never);
  return session.commit(importEnd(datasets, options));
}
