import type { Dataset, DatasetRows } from '../model/datasets';
import { flag, idKey, upnKey } from './identifiers';
import type { SqlValue } from './store';

/** Datasets whose rows are one row of one table each. */
export type PlainDataset = Exclude<Dataset, 'users' | 'subscribedSkus'>;

/** How a dataset is staged and then compared with what the file has. */
export interface PlainTable<R> extends PlainTableShape {
  /** Values of the key and of the columns, in that order. */
  readonly values: (row: R) => SqlValue[];
}

/** The part of {@link PlainTable} that does not depend on the type of its rows. */
export interface PlainTableShape {
  /** Name of the staged table, and of the table of the file. */
  readonly table: string;
  /** Staged key columns. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /**
   * When a key comes twice: SQL condition under which the later row (`excluded`) replaces the earlier one
   * (`kept`). Absent: the later one wins.
   */
  readonly replaces?: string;
  /** Rows with equal keys are all kept: this column of the key counts them. */
  readonly numberedBy?: string;
  /** Run before the staged rows are merged into those of the file: leaves out what the file knows better. */
  readonly mergeFirst?: readonly string[];
  /** Fills dictionaries of the file before the comparison. */
  readonly dictionaries?: readonly string[];
  /** The key columns of the file's table, where they differ, with the staged expression for each. */
  readonly fileKey?: Readonly<Record<string, string>>;
  /** The other columns of the file's table, where they differ, with the staged expression for each. */
  readonly fileColumns?: Readonly<Record<string, string>>;
  /** Joined to the staged table `s` for the expressions above. */
  readonly join?: string;
}

/** A mailbox or an account that was deleted and made anew has two rows: the living one speaks. */
const livingAndNewer = `coalesce(excluded.isDeleted, 0) < coalesce(kept.isDeleted, 0)
  OR (coalesce(excluded.isDeleted, 0) = coalesce(kept.isDeleted, 0)
    AND coalesce(excluded.lastActivityDate, '') >= coalesce(kept.lastActivityDate, ''))`;

/** The plain datasets. `?1` in SQL is the tenant's key. */
export const plainTables: { readonly [D in PlainDataset]: PlainTable<DatasetRows[D]> } = {
  subscriptions: {
    table: 'subscriptions',
    key: ['subscriptionId'],
    columns: [
      'skuId',
      'skuPartNumber',
      'commerceSubscriptionId',
      'status',
      'totalLicenses',
      'isTrial',
      'createdAt',
      'nextLifecycleAt',
    ],
    values: (row) => [
      idKey(row.subscriptionId),
      idKey(row.skuId),
      row.skuPartNumber,
      row.commerceSubscriptionId,
      row.status,
      row.totalLicenses,
      flag(row.isTrial),
      row.createdAt,
      row.nextLifecycleAt,
    ],
    dictionaries: [
      `INSERT INTO products (skuId, skuPartNumber)
       SELECT skuId, min(skuPartNumber) FROM staged.subscriptions WHERE true GROUP BY skuId
       ON CONFLICT (skuId) DO UPDATE SET skuPartNumber = coalesce(skuPartNumber, excluded.skuPartNumber)`,
    ],
    join: 'JOIN products p ON p.skuId = s.skuId',
    fileColumns: {
      productKey: 'p.productKey',
      commerceSubscriptionId: 's.commerceSubscriptionId',
      status: 's.status',
      totalLicenses: 's.totalLicenses',
      isTrial: 's.isTrial',
      createdAt: 's.createdAt',
      nextLifecycleAt: 's.nextLifecycleAt',
    },
  },
  groups: {
    table: 'groups',
    key: ['groupId'],
    columns: ['displayName', 'groupTypes', 'securityEnabled', 'mailEnabled', 'onPremisesSyncEnabled'],
    values: (row) => [
      idKey(row.groupId),
      row.displayName,
      [...row.groupTypes].sort().join('; '),
      flag(row.securityEnabled),
      flag(row.mailEnabled),
      flag(row.onPremisesSyncEnabled),
    ],
    dictionaries: [
      'INSERT OR IGNORE INTO groupIds (tenantKey, groupId) SELECT ?1, groupId FROM staged.groups',
    ],
    join: 'JOIN groupIds g ON g.tenantKey = ?1 AND g.groupId = s.groupId',
    fileKey: { groupKey: 'g.groupKey' },
  },
  activations: {
    table: 'activations',
    key: ['upnKey', 'productType'],
    columns: ['lastActivatedDate', 'windows', 'mac', 'windows10Mobile', 'ios', 'android', 'sharedComputer'],
    values: (row) => [
      upnKey(row.userPrincipalName),
      row.productType,
      row.lastActivatedDate,
      row.windows,
      row.mac,
      row.windows10Mobile,
      row.ios,
      row.android,
      flag(row.sharedComputer),
    ],
    replaces: "coalesce(excluded.lastActivatedDate, '') >= coalesce(kept.lastActivatedDate, '')",
  },
  appUsage: {
    table: 'appUsage',
    key: ['upnKey'],
    columns: ['lastActivationDate', 'lastActivityDate', 'windows', 'mac', 'mobile', 'web', 'apps'],
    values: (row) => [
      upnKey(row.userPrincipalName),
      row.lastActivationDate,
      row.lastActivityDate,
      flag(row.windows),
      flag(row.mac),
      flag(row.mobile),
      flag(row.web),
      row.apps.join('; '),
    ],
    replaces: "coalesce(excluded.lastActivityDate, '') >= coalesce(kept.lastActivityDate, '')",
  },
  oneDriveUsage: {
    table: 'oneDriveUsage',
    key: ['upnKey', 'siteNumber'],
    numberedBy: 'siteNumber',
    columns: [
      'siteId',
      'isDeleted',
      'lastActivityDate',
      'fileCount',
      'activeFileCount',
      'storageUsedBytes',
      'storageAllocatedBytes',
    ],
    values: (row) => [
      upnKey(row.ownerPrincipalName),
      row.siteId,
      flag(row.isDeleted),
      row.lastActivityDate,
      row.fileCount,
      row.activeFileCount,
      row.storageUsedBytes,
      row.storageAllocatedBytes,
    ],
  },
  mailboxUsage: {
    table: 'mailboxUsage',
    key: ['upnKey'],
    columns: [
      'displayName',
      'isDeleted',
      'createdDate',
      'lastActivityDate',
      'itemCount',
      'storageUsedBytes',
      'hasArchive',
      'recipientType',
    ],
    values: (row) => [
      upnKey(row.userPrincipalName),
      row.displayName,
      flag(row.isDeleted),
      row.createdDate,
      row.lastActivityDate,
      row.itemCount,
      row.storageUsedBytes,
      flag(row.hasArchive),
      row.recipientType,
    ],
    replaces: livingAndNewer,
  },
  activeUsers: {
    table: 'activeUsers',
    key: ['upnKey'],
    columns: [
      'isDeleted',
      'exchangeLastActivityDate',
      'oneDriveLastActivityDate',
      'sharePointLastActivityDate',
      'skypeForBusinessLastActivityDate',
      'yammerLastActivityDate',
      'teamsLastActivityDate',
      'hasExchangeLicense',
      'hasOneDriveLicense',
      'hasSharePointLicense',
      'hasSkypeForBusinessLicense',
      'hasYammerLicense',
      'hasTeamsLicense',
    ],
    values: (row) => [
      upnKey(row.userPrincipalName),
      flag(row.isDeleted),
      row.exchangeLastActivityDate,
      row.oneDriveLastActivityDate,
      row.sharePointLastActivityDate,
      row.skypeForBusinessLastActivityDate,
      row.yammerLastActivityDate,
      row.teamsLastActivityDate,
      flag(row.hasExchangeLicense),
      flag(row.hasOneDriveLicense),
      flag(row.hasSharePointLicense),
      flag(row.hasSkypeForBusinessLicense),
      flag(row.hasYammerLicense),
      flag(row.hasTeamsLicense),
    ],
    replaces: 'coalesce(excluded.isDeleted, 0) <= coalesce(kept.isDeleted, 0)',
  },
  emailActivity: {
    table: 'emailActivity',
    key: ['upnKey'],
    columns: ['isDeleted', 'lastActivityDate', 'sendCount', 'receiveCount', 'readCount'],
    values: (row) => [
      upnKey(row.userPrincipalName),
      flag(row.isDeleted),
      row.lastActivityDate,
      row.sendCount,
      row.receiveCount,
      row.readCount,
    ],
    replaces: livingAndNewer,
  },
  applicationSignIns: {
    table: 'applicationSignIns',
    key: ['userId', 'appId'],
    columns: ['appDisplayName', 'application', 'lastSignInAt'],
    values: (row) => [
      idKey(row.userId),
      idKey(row.appId),
      row.appDisplayName,
      row.application,
      row.lastSignInAt,
    ],
    replaces: 'excluded.lastSignInAt > kept.lastSignInAt',
    mergeFirst: [
      `DELETE FROM staged.applicationSignIns AS s WHERE EXISTS (
         SELECT 1 FROM main.applicationSignIns f JOIN signInApplications a ON a.appKey = f.appKey
         WHERE f.tenantKey = ?1 AND f.userId = s.userId AND a.appId = s.appId AND f.lastSignInAt >= s.lastSignInAt)`,
    ],
    dictionaries: [
      `INSERT INTO signInApplications (appId, appDisplayName, application)
       SELECT appId, max(appDisplayName), max(application) FROM staged.applicationSignIns WHERE true GROUP BY appId
       ON CONFLICT (appId) DO UPDATE SET appDisplayName = coalesce(excluded.appDisplayName, appDisplayName),
         application = excluded.application`,
    ],
    join: 'JOIN signInApplications a ON a.appId = s.appId',
    fileKey: { userId: 's.userId', appKey: 'a.appKey' },
    fileColumns: { lastSignInAt: 's.lastSignInAt' },
  },
  registrationDetails: {
    table: 'registrationDetails',
    key: ['userId'],
    columns: ['isMfaRegistered', 'isMfaCapable', 'lastUpdatedAt'],
    values: (row) => [
      idKey(row.userId),
      flag(row.isMfaRegistered),
      flag(row.isMfaCapable),
      row.lastUpdatedAt,
    ],
  },
};
