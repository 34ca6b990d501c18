/** A task as a column of the guide. */
export interface GuideTask {
  readonly task: string;
  readonly title: string;
}

/** A permission that at least one task needs. */
export interface GuidePermission {
  /** Its exact name, the same as delegated and as application permission. */
  readonly permission: string;
  readonly purpose: string;
  /** Ids for the manifest of a registration; null when not known. */
  readonly delegatedId: string | null;
  readonly applicationId: string | null;
  /** By task: whether the task needs it. A task that does without is not named. */
  readonly tasks: Readonly<Record<string, 'needed' | 'optional'>>;
}

/** What a person must enter to register an application by hand, for one cloud. */
export interface RegistrationGuide {
  readonly cloud: string;
  readonly clouds: readonly { readonly value: string; readonly label: string }[];
  readonly portalUrl: string;
  readonly redirectUris: readonly string[];
  readonly tasks: readonly GuideTask[];
  readonly permissions: readonly GuidePermission[];
  /** Who may consent to delegated and to application permissions. */
  readonly consentRoles: { readonly delegated: string; readonly application: string };
}

/** The page that explains how to register one's own app. */
export type RegistrationContract = {
  requests: {
    start: { params: null; result: RegistrationGuide };
    guide: { params: { readonly cloud: string }; result: RegistrationGuide };
    copy: { params: { readonly text: string }; result: null };
    /** Asks for a file and writes the permissions; null when the person cancelled. */
    exportCsv: { params: { readonly cloud: string }; result: { readonly rows: number } | null };
    openPortal: { params: { readonly cloud: string }; result: null };
    /** Starts the command that registers it through Graph. */
    register: { params: null; result: null };
    addConnection: { params: null; result: null };
  };
  events: Record<string, never>;
};

/** What the page keeps across hiding and a window reload. */
export interface RegistrationState {
  readonly cloud: string;
}
