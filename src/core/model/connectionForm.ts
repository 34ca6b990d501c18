import type { ConnectionFormField, ConnectionFormValues } from '../../shared/connectionContract';
import { importTasks, type Connection, type ConnectionThresholds } from './connection';
import type { ConnectionFields } from './connectionChange';
import {
  defaultRedirectUri,
  endpointProblem,
  projectEndpoints,
  redirectCloudProblem,
  type EndpointBasis,
  type EndpointProblem,
  type EndpointProblemReason,
} from './connectionEndpoints';
import { connectionProblems, type ConnectionField, type ConnectionProblemReason } from './connectionRules';
import { multiTenantApp } from './multiTenantApp';
import { isSecureOrigin } from './networkNames';

/** What the judgement of a form needs besides its values. */
export interface FormContext {
  /** Client ID of the multi-tenant app. */
  readonly presetClientId: string;
  /** Absent for a new connection. */
  readonly connectionId?: string;
  /** The tenant's GUID as the connection knows it. */
  readonly tenantId: string | null;
  readonly others: readonly Pick<Connection, 'connectionId' | 'name'>[];
  readonly hasSecret: boolean;
  readonly hasCertificate: boolean;
  readonly hasProxyPassword: boolean;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
}

/** One problem of the form, still without words. */
export interface FormFieldProblem {
  readonly field: ConnectionFormField;
  readonly reason:
    | ConnectionProblemReason
    | `endpoint.${EndpointProblemReason}`
    | 'invalidDate'
    | 'dateOver'
    | 'invalidDays';
  /** What an endpoint says instead: a cloud, a host, a tenant. */
  readonly found?: string;
  readonly fix?: Partial<ConnectionFormValues>;
}

/** The values with which a new connection begins: the multi-tenant app, with every field filled in. */
export function newFormValues(): ConnectionFormValues {
  return {
    name: '',
    sourceType: 'microsoft365',
    cloud: 'global',
    loginOrigin: '',
    graphOrigin: '',
    caCertificatePath: '',
    app: 'multiTenant',
    tenant: '',
    clientId: '',
    tasks: importTasks,
    flow: multiTenantApp.flow,
    tokenEndpoint: null,
    authorizationEndpoint: null,
    redirectUri: null,
    credentialKind: 'secret',
    secretExpiresOn: '',
    useProxy: false,
    proxyServer: '',
    proxyUsername: '',
    readOnly: false,
    inactivityDays: '',
    graceDays: '',
  };
}

/** A stored connection as values of the form. */
export function formValuesOf(connection: Connection, presetClientId: string): ConnectionFormValues {
  const preset = isPreset(connection.clientId, presetClientId);
  const { credential, redirectUri } = connection;
  return {
    name: connection.name,
    sourceType: connection.sourceType,
    cloud: connection.cloud,
    loginOrigin: connection.endpoints?.login ?? '',
    graphOrigin: connection.endpoints?.graph ?? '',
    caCertificatePath: connection.caCertificatePath ?? '',
    app: preset ? 'multiTenant' : 'own',
    tenant: connection.tenant ?? '',
    clientId: preset ? '' : connection.clientId,
    tasks: connection.tasks,
    flow: connection.flow,
    tokenEndpoint: null,
    authorizationEndpoint: null,
    redirectUri: redirectUri === defaultRedirectUri(connection, presetClientId) ? null : redirectUri,
    credentialKind: credential?.kind ?? 'secret',
    secretExpiresOn: credential?.kind === 'secret' ? (credential.expiresAt?.slice(0, 10) ?? '') : '',
    useProxy: connection.proxy !== null,
    proxyServer: connection.proxy?.server ?? '',
    proxyUsername: connection.proxy?.username ?? '',
    readOnly: connection.readOnly,
    inactivityDays: textOf(connection.thresholds?.inactivityDays),
    graceDays: textOf(connection.thresholds?.graceDays),
  };
}

/** What of the values is stored. Fields that are switched off by others are left out. */
export function fieldsOf(values: ConnectionFormValues, presetClientId: string): ConnectionFields {
  const clientId = values.app === 'multiTenant' ? presetClientId : values.clientId.trim();
  const custom = values.cloud === 'custom';
  const basis = {
    cloud: values.cloud,
    endpoints: custom ? { login: values.loginOrigin.trim(), graph: values.graphOrigin.trim() } : null,
    clientId,
  };
  const username = values.proxyUsername.trim();
  return {
    ...basis,
    name: values.name.trim(),
    sourceType: values.sourceType,
    tenant: values.tenant.trim() === '' ? null : values.tenant.trim(),
    flow: values.flow,
    redirectUri:
      values.flow === 'authorizationCode'
        ? (values.redirectUri?.trim() ?? defaultRedirectUri(basis, presetClientId))
        : null,
    proxy: values.useProxy
      ? { server: values.proxyServer.trim(), ...(username !== '' && { username }) }
      : null,
    tasks: importTasks.filter((task) => values.tasks.includes(task)),
    caCertificatePath:
      custom && values.caCertificatePath.trim() !== '' ? values.caCertificatePath.trim() : null,
    readOnly: values.readOnly,
    thresholds: thresholdsOf(values),
  };
}

/** Null when nothing is typed; what is no number of days yet counts as nothing. */
function thresholdsOf(values: ConnectionFormValues): ConnectionThresholds | null {
  const inactivityDays = daysOf(values.inactivityDays);
  const graceDays = daysOf(values.graceDays);
  return inactivityDays === null && graceDays === null ? null : { inactivityDays, graceDays };
}

function daysOf(text: string): number | null {
  return isDays(text) ? Number(text) : null;
}

function isDays(text: string): boolean {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 730;
}

function textOf(days: number | null | undefined): string {
  return days === null || days === undefined ? '' : String(days);
}

/** What decides the endpoints of the values. */
export function endpointBasis(
  values: ConnectionFormValues,
  context: Pick<FormContext, 'presetClientId' | 'tenantId'>,
): EndpointBasis {
  return { ...fieldsOf(values, context.presetClientId), tenantId: context.tenantId };
}

/** All problems of the values, at most one per field; none when they may be saved. */
export function formProblems(values: ConnectionFormValues, context: FormContext): FormFieldProblem[] {
  const fields = fieldsOf(values, context.presetClientId);
  const draft = {
    ...fields,
    ...(context.connectionId !== undefined && { connectionId: context.connectionId }),
    proxy:
      fields.proxy === null ? null : { ...fields.proxy, ...(context.hasProxyPassword && { password: '*' }) },
    credentialKind: values.credentialKind,
    hasCertificate: context.hasCertificate,
    presetClientId: context.presetClientId,
    ...(context.hasSecret && { secret: '*' }),
  };
  const problems: FormFieldProblem[] = connectionProblems(draft, context.others).flatMap(
    ({ field, reason }) =>
      formFields(field, reason, values).map((name) => ({
        field: name,
        reason,
        ...(reason === 'presetFlow' && { fix: { app: 'own' as const } }),
      })),
  );
  problems.push(
    ...endpointProblems(values, context),
    ...dateProblem(values, context.today),
    ...daysProblems(values),
  );
  const seen = new Set<string>();
  return problems.filter(({ field }) => !seen.has(field) && seen.add(field));
}

/** Where the form shows a problem of a connection's field. */
function formFields(
  field: ConnectionField,
  reason: ConnectionProblemReason,
  values: ConnectionFormValues,
): ConnectionFormField[] {
  switch (field) {
    case 'endpoints': {
      const wrong = (['loginOrigin', 'graphOrigin'] as const).filter(
        (name) => !isSecureOrigin(values[name].trim()),
      );
      return wrong.length > 0 ? wrong : ['loginOrigin'];
    }
    case 'proxy':
      return [reason === 'proxyPasswordWithoutUsername' ? 'proxyUsername' : 'proxyServer'];
    default:
      return [field];
  }
}

function endpointProblems(values: ConnectionFormValues, context: FormContext): FormFieldProblem[] {
  const basis = endpointBasis(values, context);
  const found: FormFieldProblem[] = [];
  const disabled = disabledFields(values);
  for (const kind of ['tokenEndpoint', 'authorizationEndpoint'] as const) {
    const text = values[kind];
    if (text === null || disabled.includes(kind)) continue;
    const problem = endpointProblem(kind, text, basis);
    if (problem !== null) found.push(asFormProblem(kind, problem));
  }
  if (values.redirectUri !== null && !disabled.includes('redirectUri')) {
    const problem = redirectCloudProblem(values.redirectUri.trim(), basis);
    if (problem !== null)
      found.push({ ...asFormProblem('redirectUri', problem), fix: { redirectUri: null } });
  }
  return found;
}

function asFormProblem(field: ConnectionFormField, problem: EndpointProblem): FormFieldProblem {
  const { reason, found, fix } = problem;
  return {
    field,
    reason: `endpoint.${reason}`,
    found,
    ...(fix !== undefined && {
      fix: {
        ...(fix.cloud !== undefined && { cloud: fix.cloud }),
        ...(fix.login !== undefined && { loginOrigin: fix.login }),
        ...(fix.tenant !== undefined && { tenant: fix.tenant ?? '' }),
      },
    }),
  };
}

function dateProblem(values: ConnectionFormValues, today: string): FormFieldProblem[] {
  const text = values.secretExpiresOn.trim();
  if (text === '' || disabledFields(values).includes('secretExpiresOn')) return [];
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  // 31 February is a date to JavaScript, another one.
  const valid = day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (!valid) return [{ field: 'secretExpiresOn', reason: 'invalidDate' }];
  return text < today ? [{ field: 'secretExpiresOn', reason: 'dateOver' }] : [];
}

function daysProblems(values: ConnectionFormValues): FormFieldProblem[] {
  return (['inactivityDays', 'graceDays'] as const)
    .filter((field) => values[field].trim() !== '' && !isDays(values[field]))
    .map((field) => ({ field, reason: 'invalidDays' }));
}

/** Fields that the other values switch off: those of other flows, of another app, of a proxy that is not used. */
export function disabledFields(values: ConnectionFormValues): ConnectionFormField[] {
  const off: ConnectionFormField[] = [];
  if (values.app === 'multiTenant') off.push('clientId');
  if (values.flow !== 'authorizationCode') off.push('authorizationEndpoint', 'redirectUri');
  if (values.flow !== 'clientCredentials') {
    off.push('credentialKind', 'secret', 'secretExpiresOn', 'certificate');
  } else if (values.credentialKind === 'secret') off.push('certificate');
  else off.push('secret', 'secretExpiresOn');
  if (!values.useProxy) off.push('proxyServer', 'proxyUsername', 'proxyPassword');
  if (values.cloud !== 'custom') off.push('loginOrigin', 'graphOrigin', 'caCertificatePath');
  return off;
}

/** The endpoints that follow from the values. */
export function projectedEndpoints(
  values: ConnectionFormValues,
  context: Pick<FormContext, 'presetClientId' | 'tenantId'>,
): ReturnType<typeof projectEndpoints> {
  return projectEndpoints(endpointBasis(values, context), context.presetClientId);
}

function isPreset(clientId: string, presetClientId: string): boolean {
  return clientId.toLowerCase() === presetClientId.toLowerCase();
}
