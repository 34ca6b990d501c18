import { LicenseError } from '../foundation/errors';
import type { Report, ViewSort } from './store';

/** What a report shows and how it is read. */
export interface ReportView {
  /** The view of the file that the report equals. */
  readonly view: string;
  /** Columns of the view, in its order. */
  readonly columns: readonly string[];
  /** Columns that the text filter searches. */
  readonly textColumns: readonly string[];
  /** Columns that tell rows apart; they break ties of a sort. */
  readonly keyColumns: readonly string[];
  readonly defaultSort: readonly ViewSort[];
  /** The view with the same rows plus the keys below. */
  readonly rowsView: string;
  /** Column of `rowsView` by which windows are read; `keyOfRow` divided by `keysPerLookup`. */
  readonly lookupColumn: string;
  /** How many row keys share one lookup key. */
  readonly keysPerLookup: number;
  /** Column with all searched text in lower case, where there is one. */
  readonly searchColumn?: string;
}

const ascending = (column: string): ViewSort => ({ column, descending: false });

/** The reports by name. Reports with findings, spend and a journal come with the features that fill them. */
export const reportViews: Readonly<Record<Report, ReportView>> = {
  roster: {
    view: 'v_users',
    columns: [
      'tenantId',
      'userId',
      'userPrincipalName',
      'displayName',
      'mail',
      'accountEnabled',
      'userType',
      'isGuest',
      'onPremisesSync',
      'jobTitle',
      'department',
      'companyName',
      'country',
      'usageLocation',
      'createdAt',
      'deactivatedAt',
      'licenses',
      'lastActivityDate',
      'daysSinceLastActivity',
      'verdict',
      'verdictReason',
      'confidence',
      'activations',
      'windows',
      'mac',
      'mobile',
      'web',
      'mailMegabytes',
      'oneDriveMegabytes',
    ],
    // The given name and the surname are searched too, though the view has no column for them.
    textColumns: [
      'userPrincipalName',
      'displayName',
      'mail',
      'jobTitle',
      'department',
      'companyName',
      'country',
      'usageLocation',
      'licenses',
    ],
    keyColumns: ['tenantId', 'userId'],
    defaultSort: [ascending('userPrincipalName')],
    rowsView: 'rows_users',
    lookupColumn: 'rowKey',
    keysPerLookup: 1,
    searchColumn: 'searchText',
  },
  reconciliation: {
    view: 'v_position',
    columns: [
      'tenantId',
      'licenseId',
      'skuId',
      'skuPartNumber',
      'enabled',
      'inGrace',
      'suspended',
      'lockedOut',
      'entitled',
      'consumed',
      'seats',
      'availableNow',
      'availableAfterGrace',
      'shortfallNow',
      'shortfallSoon',
      'unassigned',
      'active',
      'inactive',
      'never',
      'new',
      'unknown',
    ],
    // The product's name is searched too: people know it better than the part number.
    textColumns: ['skuPartNumber', 'productName'],
    keyColumns: ['tenantId', 'skuId'],
    defaultSort: [ascending('skuPartNumber')],
    rowsView: 'rows_position',
    lookupColumn: 'rowKey',
    keysPerLookup: 1,
  },
  licenses: {
    view: 'v_licenses',
    columns: [
      'tenantId',
      'licenseId',
      'skuId',
      'skuPartNumber',
      'productName',
      'appliesTo',
      'lifecycleStatus',
      'managed',
      'capabilityStatus',
      'isTrial',
      'term',
      'nextLifecycleAt',
    ],
    textColumns: ['skuPartNumber', 'productName', 'skuId'],
    keyColumns: ['tenantId', 'skuId'],
    defaultSort: [ascending('productName')],
    rowsView: 'rows_licenses',
    lookupColumn: 'rowKey',
    keysPerLookup: 1,
  },
  activity: {
    view: 'v_activity',
    columns: [
      'tenantId',
      'userId',
      'userPrincipalName',
      'application',
      'lastActivityDate',
      'source',
      'asOfDate',
    ],
    textColumns: ['userPrincipalName', 'application', 'source'],
    keyColumns: ['tenantId', 'userId', 'application', 'source'],
    defaultSort: [ascending('userPrincipalName'), ascending('application'), ascending('source')],
    rowsView: 'rows_activity',
    lookupColumn: 'userKey',
    keysPerLookup: 32,
  },
  seats: {
    view: 'v_seats',
    columns: [
      'tenantId',
      'userId',
      'userPrincipalName',
      'skuId',
      'skuPartNumber',
      'paths',
      'direct',
      'groupCount',
      'disabledPlans',
      'verdict',
      'verdictReason',
      'lastActivityDate',
      'confidence',
    ],
    textColumns: ['userPrincipalName', 'skuPartNumber'],
    keyColumns: ['tenantId', 'userId', 'skuId'],
    defaultSort: [ascending('userPrincipalName'), ascending('skuPartNumber')],
    rowsView: 'rows_seats',
    lookupColumn: 'rowKey',
    keysPerLookup: 1,
  },
  imports: {
    view: 'v_imports',
    columns: [
      'importId',
      'tenantId',
      'connectionId',
      'connectionName',
      'trigger',
      'status',
      'startedAt',
      'finishedAt',
      'requests',
      'bytes',
      'throttledMs',
    ],
    textColumns: ['connectionName', 'trigger', 'status'],
    keyColumns: ['importId'],
    defaultSort: [{ column: 'startedAt', descending: true }],
    rowsView: 'rows_imports',
    lookupColumn: 'rowKey',
    keysPerLookup: 1,
  },
};

/** The report of that name. @throws `invalidArgument` */
export function reportView(report: string): ReportView {
  if (!Object.hasOwn(reportViews, report)) {
    throw new LicenseError('invalidArgument', `There is no report "${report}".`, { report });
  }
  return reportViews[report as Report];
}
