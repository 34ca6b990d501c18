/**
 * What the check of one endpoint came to.
 *
 * - `ok`: it answers.
 * - `missingScope`: the token lacks the permission.
 * - `missingAdminConsent`: the application asks for the permission and nobody has consented.
 * - `missingRole`: the permission is there, the signed-in account lacks the directory role.
 * - `noPremiumLicense`: the tenant has no Entra ID P1 or P2.
 * - `namesConcealed`: reports come with hashes in place of names.
 * - `conditionalAccess`: a policy of the tenant refuses.
 * - `proxyRefused`, `certificateNotTrusted`, `unreachable`: the way to Microsoft.
 * - `clockWrong`: this computer's clock is more than five minutes off, and a token was refused.
 * - `signInNeeded`: a person must sign in.
 * - `signInRefused`: signing in does not help before the connection or its app registration is corrected.
 * - `serviceError`: everything else; trying later may help.
 */
export type CheckVerdict =
  | 'ok'
  | 'missingScope'
  | 'missingAdminConsent'
  | 'missingRole'
  | 'noPremiumLicense'
  | 'namesConcealed'
  | 'conditionalAccess'
  | 'proxyRefused'
  | 'certificateNotTrusted'
  | 'clockWrong'
  | 'signInNeeded'
  | 'signInRefused'
  | 'unreachable'
  | 'serviceError';

/** One thing that a task reads, and whether it can. */
export interface CheckRow {
  /** `applicationRoster`, `applicationAccess`, `licenseInformation` or `licenseDifferentiation`. */
  readonly task: string;
  /** What is read, in a few words. */
  readonly reads: string;
  /** Method and path without query, as Microsoft documents it: `GET /v1.0/users`. */
  readonly endpoint: string;
  /** The least permission, by its exact name. */
  readonly permission: string;
  /** Whom permissions are granted to: the signed-in person's app, or the app itself. */
  readonly permissionKind: 'delegated' | 'application';
  /** Whether the token has the permission or one that includes it; null when there is no token. */
  readonly granted: boolean | null;
  /** The larger permission that includes it; null when it has the permission itself, or none. */
  readonly grantedBy: string | null;
  /** The directory role that a signed-in person needs besides; null for none, and for an application. */
  readonly role: string | null;
  /** Without it the task still brings results, with a warning. */
  readonly optional: boolean;
  readonly verdict: CheckVerdict;
  /** What to do, in a sentence. */
  readonly action: string;
  /** Where an administrator grants consent; null where consent is not what is missing. */
  readonly consentUrl: string | null;
  /** Error numbers, correlation and request ids, for support; empty where there are none. */
  readonly support: string;
}

/** The result of a test of a connection. Names and ids, never a token or secret. */
export interface DoctorReport {
  readonly connectionId: string;
  readonly connectionName: string;
  /** User principal name, or the client ID of an application that signs in as itself. */
  readonly account: string | null;
  readonly tenantId: string | null;
  readonly clientId: string;
  /** Name of the cloud. */
  readonly cloud: string;
  /** Permissions of the token, sorted; null without a token. */
  readonly permissions: readonly string[] | null;
  /** Where an administrator grants consent for everything that the connection's tasks need. */
  readonly consentUrl: string;
  /** UTC ISO 8601. */
  readonly testedAt: string;
  /** Worst first. */
  readonly rows: readonly CheckRow[];
}

/** The report page: what it may ask and what it is told. */
export type DoctorContract = {
  requests: {
    start: { params: null; result: { readonly connectionId: string } };
    /** Tests the connection as it is stored now. */
    test: { params: null; result: DoctorReport };
    /** The sign-in as VS Code shows it; a sign-in that fails is said by VS Code. */
    signIn: { params: null; result: { readonly signedIn: boolean } };
    /** Puts a permission name, a link or the whole table as text on the clipboard. */
    copy: { params: { readonly text: string }; result: null };
    /** Asks for a file and writes the newest report's table; null when the person cancelled. */
    exportCsv: { params: null; result: { readonly rows: number } | null };
    /** Opens the consent page of one row or of the whole connection in the browser. */
    openConsent: { params: { readonly url: string }; result: null };
  };
  events: {
    /** The person asked for the test once more, outside the page. */
    testAgain: null;
  };
};

/** What the page keeps across hiding and a window reload. */
export interface DoctorState {
  readonly connectionId: string;
}
