import type { ImportTask } from './connection';

/*
 * What an import brings, as rows between the Graph readers (which validate the outside data) and the store
 * (which keeps it). Dates are `YYYY-MM-DD`, times UTC ISO 8601; null always means unknown or not given.
 */

/** `licenseAssignmentStates[]` of a user: one way by which the user gets a license. */
export interface AssignmentRow {
  readonly skuId: string;
  /** Object id of the group that gives the license; null for a direct assignment. */
  readonly groupId: string | null;
  /** `Active`, `ActiveWithError`, `Disabled`, `Error`, or a value Microsoft adds later. */
  readonly state: string;
  /** Null when there is none (Graph says null, empty or `None`). */
  readonly error: string | null;
  /** Service plan ids switched off in this assignment. */
  readonly disabledPlans: readonly string[];
  readonly lastUpdatedAt: string | null;
}

/** A user of the directory. @see https://learn.microsoft.com/graph/api/resources/user */
export interface UserRow {
  readonly userId: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly accountEnabled: boolean | null;
  /** `Member`, `Guest` or null. */
  readonly userType: string | null;
  /** true: synced from on-premises; false: was synced; null: cloud only. */
  readonly onPremisesSyncEnabled: boolean | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly companyName: string | null;
  readonly country: string | null;
  readonly usageLocation: string | null;
  readonly createdAt: string | null;
  /** Set for a soft-deleted user. */
  readonly deletedAt: string | null;
  /** All null when sign-in activity was not readable or the user never signed in; see the dataset's state. */
  readonly lastSignInAt: string | null;
  readonly lastNonInteractiveSignInAt: string | null;
  readonly lastSuccessfulSignInAt: string | null;
  readonly assignments: readonly AssignmentRow[];
}

/** `servicePlans[]` of a subscribed SKU. */
export interface ServicePlanRow {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly appliesTo: string | null;
  readonly provisioningStatus: string | null;
}

/** A product the tenant has. @see https://learn.microsoft.com/graph/api/resources/subscribedsku */
export interface SubscribedSkuRow {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** `User` or `Company`. */
  readonly appliesTo: string | null;
  readonly capabilityStatus: string | null;
  readonly consumedUnits: number;
  readonly enabled: number;
  readonly warning: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly subscriptionIds: readonly string[];
  readonly servicePlans: readonly ServicePlanRow[];
}

/** A commercial subscription. @see https://learn.microsoft.com/graph/api/resources/companysubscription */
export interface SubscriptionRow {
  readonly subscriptionId: string;
  readonly commerceSubscriptionId: string | null;
  readonly skuId: string;
  readonly skuPartNumber: string | null;
  readonly status: string | null;
  readonly totalLicenses: number | null;
  readonly isTrial: boolean | null;
  readonly createdAt: string | null;
  readonly nextLifecycleAt: string | null;
}

/** A group that can carry licenses. @see https://learn.microsoft.com/graph/api/resources/group */
export interface GroupRow {
  readonly groupId: string;
  readonly displayName: string | null;
  /** Contains `DynamicMembership` for a dynamic group. */
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean | null;
  readonly mailEnabled: boolean | null;
  readonly onPremisesSyncEnabled: boolean | null;
}

/** One user × product of `getOffice365ActivationsUserDetail`; device cells are counts. */
export interface ActivationRow {
  readonly userPrincipalName: string;
  readonly productType: string;
  readonly lastActivatedDate: string | null;
  readonly windows: number | null;
  readonly mac: number | null;
  readonly windows10Mobile: number | null;
  readonly ios: number | null;
  readonly android: number | null;
  readonly sharedComputer: boolean | null;
}

/** One user of `getM365AppUserDetail`. */
export interface AppUsageRow {
  readonly userPrincipalName: string;
  readonly lastActivationDate: string | null;
  readonly lastActivityDate: string | null;
  readonly windows: boolean | null;
  readonly mac: boolean | null;
  readonly mobile: boolean | null;
  readonly web: boolean | null;
  /** Desktop apps used in the period, of outlook, word, excel, powerPoint, oneNote, teams. */
  readonly apps: readonly string[];
}

/** One OneDrive site of `getOneDriveUsageAccountDetail`. */
export interface OneDriveUsageRow {
  readonly ownerPrincipalName: string;
  readonly siteId: string | null;
  readonly isDeleted: boolean | null;
  readonly lastActivityDate: string | null;
  readonly fileCount: number | null;
  readonly activeFileCount: number | null;
  readonly storageUsedBytes: number | null;
  readonly storageAllocatedBytes: number | null;
}

/** One mailbox of `getMailboxUsageDetail`. */
export interface MailboxUsageRow {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly isDeleted: boolean | null;
  readonly createdDate: string | null;
  readonly lastActivityDate: string | null;
  readonly itemCount: number | null;
  readonly storageUsedBytes: number | null;
  readonly hasArchive: boolean | null;
  /** `User`, `Shared`, `Room`, `Equipment` …; null where the report lacks the column. */
  readonly recipientType: string | null;
}

/** One user of `getOffice365ActiveUserDetail`. */
export interface ActiveUserRow {
  readonly userPrincipalName: string;
  readonly isDeleted: boolean | null;
  readonly exchangeLastActivityDate: string | null;
  readonly oneDriveLastActivityDate: string | null;
  readonly sharePointLastActivityDate: string | null;
  readonly skypeForBusinessLastActivityDate: string | null;
  readonly yammerLastActivityDate: string | null;
  readonly teamsLastActivityDate: string | null;
  readonly hasExchangeLicense: boolean | null;
  readonly hasOneDriveLicense: boolean | null;
  readonly hasSharePointLicense: boolean | null;
  readonly hasSkypeForBusinessLicense: boolean | null;
  readonly hasYammerLicense: boolean | null;
  readonly hasTeamsLicense: boolean | null;
}

/** One user of `getEmailActivityUserDetail`; its last activity is the one of Outlook. */
export interface EmailActivityRow {
  readonly userPrincipalName: string;
  readonly isDeleted: boolean | null;
  readonly lastActivityDate: string | null;
  readonly sendCount: number | null;
  readonly receiveCount: number | null;
  readonly readCount: number | null;
}

/** Newest successful interactive sign-in of a user to one application, condensed from `auditLogs/signIns`. */
export interface ApplicationSignInRow {
  readonly userId: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  /** One of the eleven applications when the app is known to belong to it, else null. */
  readonly application: string | null;
  readonly lastSignInAt: string;
}

/**
 * What a user has registered for multifactor authentication; disabled users have no row.
 * @see https://learn.microsoft.com/graph/api/resources/userregistrationdetails
 */
export interface RegistrationDetailsRow {
  readonly userId: string;
  /** A strong method is registered, whether or not the tenant's policy allows it. */
  readonly isMfaRegistered: boolean | null;
  /** A strong method is registered that the tenant's policy allows. */
  readonly isMfaCapable: boolean | null;
  readonly lastUpdatedAt: string | null;
}

/** The row type of each dataset. */
export interface DatasetRows {
  users: UserRow;
  subscribedSkus: SubscribedSkuRow;
  subscriptions: SubscriptionRow;
  groups: GroupRow;
  activations: ActivationRow;
  appUsage: AppUsageRow;
  oneDriveUsage: OneDriveUsageRow;
  mailboxUsage: MailboxUsageRow;
  activeUsers: ActiveUserRow;
  emailActivity: EmailActivityRow;
  applicationSignIns: ApplicationSignInRow;
  registrationDetails: RegistrationDetailsRow;
}

/** Something that is imported as a whole and replaces what was there before. */
export type Dataset = keyof DatasetRows;

/** Which task brings which datasets. `subscribedSkus` belongs to two: whichever runs, brings it. */
export const datasetsOfTask: Readonly<Record<ImportTask, readonly Dataset[]>> = {
  applicationRoster: [
    'users',
    'subscribedSkus',
    'activations',
    'appUsage',
    'oneDriveUsage',
    'mailboxUsage',
    'registrationDetails',
  ],
  applicationAccess: ['activeUsers', 'emailActivity', 'applicationSignIns'],
  licenseInformation: ['subscribedSkus', 'subscriptions'],
  licenseDifferentiation: ['groups'],
};

/** Newest sign-ins of a user that is in the file: what changes every day, without the rest of the user. */
export interface UserSignInRow {
  readonly userId: string;
  readonly lastSignInAt: string | null;
  readonly lastNonInteractiveSignInAt: string | null;
  readonly lastSuccessfulSignInAt: string | null;
}

/** What became of the users since an import. Batches count in the order in which they come. */
export interface UserChanges {
  /** New and changed users as they are now, and every soft-deleted one. */
  readonly upserts?: readonly UserRow[];
  /** Users that are gone; one that comes among the upserts later is back. */
  readonly removedIds?: readonly string[];
  /** Only for users that are not among the upserts. */
  readonly signIns?: readonly UserSignInRow[];
}

/** How the reading of one dataset ended. */
export interface DatasetOutcome {
  readonly dataset: Dataset;
  readonly task: ImportTask;
  /**
   * `complete`: the staged rows replace the old ones; `failed`: the old rows stay, with their age;
   * `unavailable`: the tenant or the grant does not offer it (no premium license, permission missing):
   * the old rows stay and the state says why.
   */
  readonly status: 'complete' | 'failed' | 'unavailable';
  /** Report refresh date (`YYYY-MM-DD`), or the date of the import for directory data. */
  readonly asOfDate: string | null;
  /** True when the service replaced names by hashes, so that rows can't be joined to users. */
  readonly concealed: boolean;
  /** For `users`: whether `signInActivity` could be read, and if not why (`premiumRequired`, `permissionMissing`…). */
  readonly signInActivity?: 'read' | 'premiumRequired' | 'permissionMissing' | 'roleMissing' | 'notRequested';
  /** Why it is not complete: an `ErrorReason`. */
  readonly reason: string | null;
  /**
   * What a complete dataset's staged rows are. `replace` (unless told): all there is; `merge`: what changed, and the
   * rest stays (users: soft-deleted ones that did not come again are gone; sign-ins: the newest of each pair is
   * kept); `unchanged`: nothing was staged, because the service says that the rows kept are still what it has.
   */
  readonly mode?: 'replace' | 'merge' | 'unchanged';
  /** For the next import, as text that only the importing code reads; null: it must read everything. */
  readonly syncState?: string | null;
}
