import {
  cloudNames,
  signInFlows,
  sourceTypes,
  taskNames,
  type ConnectionFormValues,
} from '../../src/shared/connectionContract';

/** What a page saved, perhaps by an older version. The values are checked when they meet those of the form. */
export interface RestoredState {
  readonly values: object | null;
  readonly scrollTop: number;
}

/** Reads what a page saved. Which connection it was of is for the host to read. */
export function restoreState(saved: unknown): RestoredState {
  const state = record(saved);
  const { values, scrollTop } = state;
  return {
    values: typeof values === 'object' ? values : null,
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

/** Unsaved values over those that the form begins with, field by field; what does not fit is left out. */
export function mergeValues(base: ConnectionFormValues, saved: object): ConnectionFormValues {
  const state = record(saved);
  const text = (name: keyof ConnectionFormValues, fallback: string): string => {
    const value = state[name];
    return typeof value === 'string' ? value : fallback;
  };
  const optional = (name: keyof ConnectionFormValues, fallback: string | null): string | null => {
    const value = state[name];
    return typeof value === 'string' || value === null ? value : fallback;
  };
  const flag = (name: keyof ConnectionFormValues, fallback: boolean): boolean => {
    const value = state[name];
    return typeof value === 'boolean' ? value : fallback;
  };
  const oneOf = <T extends string>(name: keyof ConnectionFormValues, all: readonly T[], fallback: T): T =>
    all.find((value) => value === state[name]) ?? fallback;
  const tasks = state['tasks'];
  return {
    name: text('name', base.name),
    sourceType: oneOf('sourceType', sourceTypes, base.sourceType),
    cloud: oneOf('cloud', cloudNames, base.cloud),
    loginOrigin: text('loginOrigin', base.loginOrigin),
    graphOrigin: text('graphOrigin', base.graphOrigin),
    caCertificatePath: text('caCertificatePath', base.caCertificatePath),
    app: oneOf('app', ['multiTenant', 'own'], base.app),
    tenant: text('tenant', base.tenant),
    clientId: text('clientId', base.clientId),
    tasks: Array.isArray(tasks) ? taskNames.filter((task) => tasks.includes(task)) : base.tasks,
    flow: oneOf('flow', signInFlows, base.flow),
    tokenEndpoint: optional('tokenEndpoint', base.tokenEndpoint),
    authorizationEndpoint: optional('authorizationEndpoint', base.authorizationEndpoint),
    redirectUri: optional('redirectUri', base.redirectUri),
    credentialKind: oneOf('credentialKind', ['secret', 'certificate'], base.credentialKind),
    secretExpiresOn: text('secretExpiresOn', base.secretExpiresOn),
    useProxy: flag('useProxy', base.useProxy),
    proxyServer: text('proxyServer', base.proxyServer),
    proxyUsername: text('proxyUsername', base.proxyUsername),
    readOnly: flag('readOnly', base.readOnly),
    inactivityDays: text('inactivityDays', base.inactivityDays),
    graceDays: text('graceDays', base.graceDays),
  };
}

/** Whether two sets of values are the same; the order of tasks is none. */
export function sameValues(a: ConnectionFormValues, b: ConnectionFormValues): boolean {
  const flat = (values: ConnectionFormValues): string =>
    JSON.stringify(mergeValues(values, { tasks: values.tasks }));
  return flat(a) === flat(b);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
