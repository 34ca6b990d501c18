import type {
  ConnectionFormCheck,
  ConnectionFormField,
  ConnectionFormStart,
  ConnectionFormValues,
} from '../../src/shared/connectionContract';
import { createIcon } from '../common/createElement';
import type { FieldControl } from '../common/fieldFrame';
import type { ConnectionView } from './connectionView';
import {
  certificateStatus,
  endpointHint,
  flowHints,
  permissionsText,
  redirectHint,
  secretStatus,
} from './connectionWords';
import type { FormFields } from './formFields';

/** Fields that follow others until a person writes them. */
export const endpoints = ['tokenEndpoint', 'authorizationEndpoint', 'redirectUri'] as const;

const plainTexts = [
  'name',
  'loginOrigin',
  'graphOrigin',
  'caCertificatePath',
  'tenant',
  'secretExpiresOn',
  'proxyServer',
  'proxyUsername',
  'inactivityDays',
  'graceDays',
] as const;

/** What the fields are to show: what is typed, what the host says of it, and what the form began with. */
export interface FormShown {
  readonly values: ConnectionFormValues;
  readonly check: ConnectionFormCheck;
  readonly begin: ConnectionFormStart;
}

/** All fields but the tasks, which are one field together. */
export function controlsOf(fields: FormFields): ReadonlyMap<ConnectionFormField, FieldControl> {
  const { tasks: _, statuses: __, caButton: ___, ...controls } = fields;
  return new Map(Object.entries(controls) as [ConnectionFormField, FieldControl][]);
}

/** Puts the values into the fields. */
export function showValues(
  fields: FormFields,
  view: ConnectionView,
  { values, check, begin }: FormShown,
): void {
  for (const name of plainTexts) {
    fields[name].value = values[name];
  }
  fields.sourceType.value = values.sourceType;
  fields.cloud.value = values.cloud;
  fields.app.value = values.app;
  fields.flow.value = values.flow;
  fields.credentialKind.value = values.credentialKind;
  fields.useProxy.value = values.useProxy;
  fields.readOnly.value = values.readOnly;
  fields.clientId.value = values.app === 'multiTenant' ? begin.presetClientId : values.clientId;
  for (const name of endpoints) {
    fields[name].value = values[name] ?? check.projected[name];
    view.resets[name].hidden = values[name] === null || begin.deprecated;
  }
  for (const [task, box] of fields.tasks) {
    box.value = values.tasks.includes(task);
    box.setHint(permissionsText(check.permissions[task]));
  }
}

/** Says at the fields what their values mean, and which secrets there are. */
export function showHints(fields: FormFields, { values, check, begin }: FormShown): void {
  fields.cloud.setHint(begin.clouds.find(({ value }) => value === values.cloud)?.detail ?? '');
  fields.sourceType.setHint(
    values.sourceType === 'saasManagement' ? 'Supersedes the other source types of the same tenant.' : '',
  );
  fields.clientId.setHint(
    values.app === 'multiTenant'
      ? 'That of the multi-tenant app. The setting “m365Licenses.multiTenantApp.clientId” replaces it.'
      : 'From the overview page of the app registration.',
  );
  fields.flow.setHint(flowHints[values.flow]);
  fields.tokenEndpoint.setHint(endpointHint(values.tokenEndpoint !== null));
  fields.authorizationEndpoint.setHint(endpointHint(values.authorizationEndpoint !== null));
  fields.redirectUri.setHint(redirectHint(check.redirectIsLocal));
  for (const kind of ['secret', 'proxyPassword', 'certificate'] as const) {
    const presence = check.secrets[kind];
    const status = fields.statuses[kind];
    status.classList.toggle('there', presence !== 'none');
    status.replaceChildren(
      ...(presence === 'none' ? [] : [createIcon('lock')]),
      kind === 'certificate' ? certificateStatus(presence, check.certificate) : secretStatus(presence),
    );
  }
}

/** Shows and enables what the values leave a choice in. */
export function showAvailability(
  fields: FormFields,
  view: ConnectionView,
  { values, check, begin }: FormShown,
): void {
  view.customCloud.hidden = values.cloud !== 'custom';
  view.personFlow.hidden = values.flow !== 'authorizationCode';
  view.appFlow.hidden = values.flow !== 'clientCredentials';
  view.secretFields.hidden = values.credentialKind !== 'secret';
  view.certificateFields.hidden = values.credentialKind !== 'certificate';
  const frozen = begin.deprecated;
  const off = new Set(check.disabled);
  // What depends on one switch alone need not wait for the host.
  for (const name of ['proxyServer', 'proxyUsername', 'proxyPassword'] as const) {
    if (values.useProxy) off.delete(name);
    else off.add(name);
  }
  if (values.app === 'own') off.delete('clientId');
  else off.add('clientId');
  for (const [name, control] of controlsOf(fields)) control.setDisabled(frozen || off.has(name));
  for (const box of fields.tasks.values()) box.setDisabled(frozen);
  fields.caButton.setDisabled(frozen || off.has('caCertificatePath'));
}
