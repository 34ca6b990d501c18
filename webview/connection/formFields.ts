import type {
  ConnectionFormField,
  ConnectionFormStart,
  ConnectionFormValues,
} from '../../src/shared/connectionContract';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement } from '../common/createElement';
import { createActionField, type FieldControl } from '../common/fieldFrame';
import {
  createCheckbox,
  createDropdown,
  createRadioGroup,
  createTextField,
  type TextFieldOptions,
  type ValueControl,
} from '../common/formControls';
import { flowChoices, sourceTypeChoices } from './connectionWords';

type TextName = {
  [K in keyof ConnectionFormValues]: ConnectionFormValues[K] extends string | null
    ? string extends ConnectionFormValues[K]
      ? K
      : null extends ConnectionFormValues[K]
        ? K
        : never
    : never;
}[keyof ConnectionFormValues];

/** What a person does to the form. */
export interface FormActions {
  change(field: ConnectionFormField, changes: Partial<ConnectionFormValues>): void;
  leave(field: ConnectionFormField): void;
  askSecret(kind: 'secret' | 'proxyPassword'): void;
  pickCertificate(): void;
  pickCaCertificate(): void;
}

/** All fields of the form, by name, and the task check boxes, which are one field together. */
export interface FormFields {
  readonly name: ValueControl<string>;
  readonly sourceType: ValueControl<ConnectionFormValues['sourceType']>;
  readonly cloud: ValueControl<ConnectionFormValues['cloud']>;
  readonly loginOrigin: ValueControl<string>;
  readonly graphOrigin: ValueControl<string>;
  readonly caCertificatePath: ValueControl<string>;
  readonly app: ValueControl<ConnectionFormValues['app']>;
  readonly tenant: ValueControl<string>;
  readonly clientId: ValueControl<string>;
  readonly tasks: ReadonlyMap<ConnectionFormValues['tasks'][number], ValueControl<boolean>>;
  readonly flow: ValueControl<ConnectionFormValues['flow']>;
  readonly tokenEndpoint: ValueControl<string>;
  readonly authorizationEndpoint: ValueControl<string>;
  readonly redirectUri: ValueControl<string>;
  readonly credentialKind: ValueControl<ConnectionFormValues['credentialKind']>;
  readonly secret: FieldControl;
  readonly secretExpiresOn: ValueControl<string>;
  readonly certificate: FieldControl;
  readonly useProxy: ValueControl<boolean>;
  readonly proxyServer: ValueControl<string>;
  readonly proxyUsername: ValueControl<string>;
  readonly proxyPassword: FieldControl;
  readonly readOnly: ValueControl<boolean>;
  readonly inactivityDays: ValueControl<string>;
  readonly graceDays: ValueControl<string>;
  /** Texts beside the buttons of what is kept elsewhere. */
  readonly statuses: Readonly<Record<'secret' | 'certificate' | 'proxyPassword', HTMLElement>>;
  readonly caButton: ButtonControl;
}

/** Makes the fields. */
export function createFields(start: ConnectionFormStart, actions: FormActions): FormFields {
  const text = (
    field: TextName,
    label: string,
    options: Pick<TextFieldOptions, 'hint' | 'placeholder' | 'monospace' | 'beside' | 'maxLength'> = {},
  ): ReturnType<typeof createTextField> =>
    createTextField({
      label,
      ...options,
      onChange: (value) => actions.change(field, { [field]: value }),
      onLeave: () => actions.leave(field),
    });
  const statuses = {
    secret: createElement('span', { class: 'field-status' }),
    certificate: createElement('span', { class: 'field-status' }),
    proxyPassword: createElement('span', { class: 'field-status' }),
  };
  const caButton = createButton({ label: 'Browse…', onClick: () => actions.pickCaCertificate() });
  caButton.element.setAttribute('aria-label', 'Browse for the CA certificate file');
  const ask = (
    kind: keyof typeof statuses,
    label: string,
    buttonLabel: string,
    hint: string,
    onClick: () => void,
  ): FieldControl => {
    const button = createButton({ label: buttonLabel, onClick });
    button.element.setAttribute('aria-label', `${label}: ${buttonLabel}`);
    return createActionField({
      label,
      hint,
      button: button.element,
      status: statuses[kind],
      focus: () => button.focus(),
      setDisabled: (disabled) => button.setDisabled(disabled),
    });
  };

  return {
    statuses,
    caButton,
    name: text('name', 'Connection name', {
      hint: 'Letters, digits, underscores and spaces; begins with a letter or digit. Imports bear this name.',
      maxLength: 128,
    }),
    sourceType: createDropdown({
      label: 'Source type',
      choices: sourceTypeChoices(start.deprecated),
      onChange: (sourceType) => actions.change('sourceType', { sourceType }),
    }),
    cloud: createDropdown({
      label: 'Cloud',
      choices: start.clouds,
      onChange: (cloud) => actions.change('cloud', { cloud }),
    }),
    loginOrigin: text('loginOrigin', 'Sign-in service', {
      placeholder: 'https://login.example.com',
      monospace: true,
    }),
    graphOrigin: text('graphOrigin', 'Microsoft Graph', {
      placeholder: 'https://graph.example.com',
      monospace: true,
    }),
    caCertificatePath: text('caCertificatePath', 'CA certificate file', {
      hint: 'A PEM file. Trusted for this connection only, besides what this computer trusts.',
      beside: caButton.element,
      maxLength: 2_000,
    }),
    app: createRadioGroup({
      label: 'Which app',
      choices: [
        {
          value: 'multiTenant',
          label: 'The pre-registered multi-tenant app',
          detail: 'Nothing to register: every field is filled in, and an administrator consents once.',
        },
        {
          value: 'own',
          label: 'An app registered in my own tenant',
          detail: 'With a client ID of yours, and for unattended imports a secret or certificate.',
        },
      ],
      onChange: (app) => actions.change('app', { app }),
    }),
    tenant: text('tenant', 'Tenant', {
      placeholder: 'contoso.onmicrosoft.com',
      hint: 'Its ID or a verified domain. Leave it empty to take the tenant of the account that signs in.',
    }),
    clientId: text('clientId', 'Application (client) ID', {
      placeholder: '00000000-0000-0000-0000-000000000000',
      monospace: true,
    }),
    tasks: new Map(
      start.tasks.map(({ value, label, detail }) => [
        value,
        createCheckbox({
          label,
          ...(detail !== undefined && { detail }),
          onChange: () => actions.change('tasks', {}),
        }),
      ]),
    ),
    flow: createDropdown({
      label: 'Authentication flow',
      choices: flowChoices,
      onChange: (flow) => actions.change('flow', { flow }),
    }),
    tokenEndpoint: text('tokenEndpoint', 'Token endpoint', { monospace: true }),
    authorizationEndpoint: text('authorizationEndpoint', 'Authorization endpoint', { monospace: true }),
    redirectUri: text('redirectUri', 'Redirect URI', { monospace: true }),
    credentialKind: createRadioGroup({
      label: 'The app proves itself by',
      choices: [
        { value: 'secret', label: 'A client secret' },
        { value: 'certificate', label: 'A certificate (PEM or PFX)' },
      ],
      onChange: (credentialKind) => actions.change('credentialKind', { credentialKind }),
    }),
    secret: ask('secret', 'Client secret', 'Enter…', 'The secret’s value, not its ID.', () =>
      actions.askSecret('secret'),
    ),
    secretExpiresOn: text('secretExpiresOn', 'Secret expires on', {
      placeholder: 'YYYY-MM-DD',
      hint: 'As the app registration shows it. You are reminded 30, 14 and 3 days before.',
      maxLength: 10,
    }),
    certificate: ask(
      'certificate',
      'Certificate',
      'Browse…',
      'A file with the certificate and its private key. Both are copied to the key chain of this computer.',
      () => actions.pickCertificate(),
    ),
    useProxy: createCheckbox({
      label: 'Use Proxy',
      detail: 'Every request of this connection goes through it. Off: the proxy settings of VS Code hold.',
      onChange: (useProxy) => actions.change('useProxy', { useProxy }),
    }),
    proxyServer: text('proxyServer', 'Proxy server', {
      placeholder: 'https://proxy.example.com:8080',
      hint: 'https://host:port, http://host:port or IP:port',
      monospace: true,
    }),
    proxyUsername: text('proxyUsername', 'Username', { hint: 'Only if the proxy asks for one.' }),
    proxyPassword: ask('proxyPassword', 'Password', 'Enter…', '', () => actions.askSecret('proxyPassword')),
    readOnly: createCheckbox({
      label: 'Read-only',
      detail: 'This connection never asks for permission to change anything in the tenant.',
      onChange: (readOnly) => actions.change('readOnly', { readOnly }),
    }),
    inactivityDays: text('inactivityDays', 'Inactive after days', {
      placeholder: String(start.usualThresholds.inactivityDays),
      hint: `Whoever used nothing for longer is inactive. Empty: ${start.usualThresholds.inactivityDays}, as the setting says.`,
      maxLength: 3,
    }),
    graceDays: text('graceDays', 'New for days', {
      placeholder: String(start.usualThresholds.graceDays),
      hint: `A younger account without use is new, not never active. Empty: ${start.usualThresholds.graceDays}, as the setting says.`,
      maxLength: 3,
    }),
  };
}
