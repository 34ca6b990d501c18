/** Source types as the file keeps them. */
export const sourceTypes = ['microsoft365', 'saasManagement', 'office365Deprecated'] as const;
/** Sign-in flows as the file keeps them. */
export const signInFlows = ['authorizationCode', 'deviceCode', 'clientCredentials'] as const;
/** Clouds as the file keeps them. */
export const cloudNames = ['global', 'usGovL4', 'usGovL5', 'china', 'custom'] as const;
/** Import tasks as the file keeps them, in the order in which they are listed. */
export const taskNames = [
  'applicationRoster',
  'applicationAccess',
  'licenseInformation',
  'licenseDifferentiation',
] as const;

/**
 * What the connection form holds. No secret is among it: secrets are asked for by VS Code itself and never come near
 * a page. Texts are as typed.
 */
export interface ConnectionFormValues {
  readonly name: string;
  readonly sourceType: (typeof sourceTypes)[number];
  readonly cloud: (typeof cloudNames)[number];
  /** Origin of the sign-in service of a custom cloud. */
  readonly loginOrigin: string;
  /** Origin of Graph of a custom cloud. */
  readonly graphOrigin: string;
  readonly caCertificatePath: string;
  /** The pre-registered multi-tenant app, or one registered in one's own tenant. */
  readonly app: 'multiTenant' | 'own';
  readonly tenant: string;
  /** Application (client) ID of one's own app; that of the multi-tenant app is the preset. */
  readonly clientId: string;
  readonly tasks: readonly (typeof taskNames)[number][];
  readonly flow: (typeof signInFlows)[number];
  /** Null while the endpoint follows cloud, tenant and app. */
  readonly tokenEndpoint: string | null;
  /** Null while the endpoint follows cloud, tenant and app. */
  readonly authorizationEndpoint: string | null;
  /** Null for the usual one of the app. */
  readonly redirectUri: string | null;
  readonly credentialKind: 'secret' | 'certificate';
  /** `YYYY-MM-DD`, or empty when not known. */
  readonly secretExpiresOn: string;
  readonly useProxy: boolean;
  readonly proxyServer: string;
  readonly proxyUsername: string;
  readonly readOnly: boolean;
  /** Days without use that make inactive; empty for that of the settings. */
  readonly inactivityDays: string;
  /** Days for which an account without use is new; empty for that of the settings. */
  readonly graceDays: string;
}

/** A field that can have a problem or be disabled; the three secrets have a field each, but no value. */
export type ConnectionFormField = keyof ConnectionFormValues | 'secret' | 'certificate' | 'proxyPassword';

/** What is wrong with a field, in a sentence, and what would make it fit. */
export interface FormProblem {
  readonly field: ConnectionFormField;
  readonly sentence: string;
  readonly fix?: { readonly label: string; readonly changes: Partial<ConnectionFormValues> };
}

/** Whether there is a secret: kept already, or entered and kept at the next Save. */
export type SecretPresence = 'none' | 'stored' | 'entered';

/** What may be shown of a certificate. */
export interface CertificateSummary {
  /** Null of a certificate that is stored already. */
  readonly subject: string | null;
  /** SHA-256, lower-case hex. */
  readonly thumbprint: string | null;
  /** UTC ISO 8601. */
  readonly expiresAt: string | null;
}

/** A permission that a task needs. */
export interface TaskPermission {
  readonly permission: string;
  readonly purpose: string;
  /** Without it the task brings results all the same, with a warning. */
  readonly optional: boolean;
  /** False where the multi-tenant app is not registered for it. */
  readonly available: boolean;
}

/** What follows from the values: the host's judgement, asked for at every change. */
export interface ConnectionFormCheck {
  readonly problems: readonly FormProblem[];
  readonly disabled: readonly ConnectionFormField[];
  /** The endpoints as they follow from cloud, tenant and app. */
  readonly projected: {
    readonly tokenEndpoint: string;
    readonly authorizationEndpoint: string;
    readonly redirectUri: string;
  };
  /** Whether the browser comes back by itself; otherwise the address it ended on is pasted. */
  readonly redirectIsLocal: boolean;
  readonly permissions: Readonly<Record<(typeof taskNames)[number], readonly TaskPermission[]>>;
  /** What a sign-in asks for, sorted. */
  readonly asksFor: readonly string[];
  readonly secrets: {
    readonly secret: SecretPresence;
    readonly certificate: SecretPresence;
    readonly proxyPassword: SecretPresence;
  };
  readonly certificate: CertificateSummary | null;
}

/** Who is signed in, as the connection knows it. */
export interface ConnectionSignIn {
  /** Null before the first sign-in and after a sign-out. */
  readonly signedInAt: string | null;
  readonly account: string | null;
  readonly tenantId: string | null;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly refreshedAt: string | null;
  /** Permissions that the chosen tasks need and the sign-in does not have. */
  readonly missing: readonly string[];
  /** When what is stored ends and how near that is, in a few words; null when not known. */
  readonly ends: { readonly text: string; readonly near: boolean } | null;
}

/** A choice of the form with words for it. */
export interface FormChoice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly detail?: string;
}

/** Everything a page needs to begin. */
export interface ConnectionFormStart {
  readonly mode: 'create' | 'edit';
  /** Null until a new connection has been saved. */
  readonly connectionId: string | null;
  /** The connection that a new one is copied from. */
  readonly copyOf: string | null;
  /** Its name. */
  readonly copiedFrom: string | null;
  /** True for a connection of the deprecated source type: shown, not changed. */
  readonly deprecated: boolean;
  readonly values: ConnectionFormValues;
  readonly presetClientId: string;
  readonly clouds: readonly FormChoice<ConnectionFormValues['cloud']>[];
  readonly tasks: readonly FormChoice<ConnectionFormValues['tasks'][number]>[];
  /** Days of the settings, which hold where the form says nothing. */
  readonly usualThresholds: { readonly inactivityDays: number; readonly graceDays: number };
  readonly check: ConnectionFormCheck;
  readonly signIn: ConnectionSignIn;
}

/** How saving ended. */
export type ConnectionSaveResult =
  | {
      readonly saved: true;
      readonly connectionId: string;
      readonly values: ConnectionFormValues;
      readonly check: ConnectionFormCheck;
      readonly signIn: ConnectionSignIn;
    }
  | { readonly saved: false; readonly check: ConnectionFormCheck };

/** The connection form: what its page may ask and what it is told. */
export type ConnectionContract = {
  requests: {
    start: { params: null; result: ConnectionFormStart };
    check: { params: ConnectionFormValues; result: ConnectionFormCheck };
    /** VS Code asks for the secret; null when the person gave up. */
    askSecret: {
      params: { readonly kind: 'secret' | 'proxyPassword'; readonly values: ConnectionFormValues };
      result: ConnectionFormCheck | null;
    };
    /** VS Code asks for the file, and for its password if it has one. */
    pickCertificate: {
      params: { readonly values: ConnectionFormValues };
      result: ConnectionFormCheck | null;
    };
    pickCaCertificate: { params: null; result: { readonly path: string } | null };
    save: { params: ConnectionFormValues; result: ConnectionSaveResult };
    /** Signs in the connection as saved; null when it was cancelled. */
    signIn: { params: null; result: ConnectionSignIn | null };
    convert: { params: null; result: ConnectionFormStart };
    /** Closes the panel. Unsaved changes are asked about. */
    close: { params: { readonly changed: boolean }; result: null };
  };
  events: {
    /** The connection was signed in or out, or signed itself in again, elsewhere. */
    signInChanged: ConnectionSignIn;
  };
};

/** What the page keeps across hiding and a window reload. Never a secret. */
export interface ConnectionFormState {
  readonly connectionId: string | null;
  readonly copyOf: string | null;
  /** Values that differ from what is saved. */
  readonly values: ConnectionFormValues | null;
  readonly scrollTop: number;
}
