import { clouds } from '../../core/identity/clouds';
import type { ConnectionFormValues } from '../../shared/connectionContract';
import type { StepChoice } from './connectionSteps';

/** Source types that can be made. */
export const sourceTypeChoices: readonly StepChoice<ConnectionFormValues['sourceType']>[] = [
  { value: 'microsoft365', label: 'Microsoft 365' },
  {
    value: 'saasManagement',
    label: 'Microsoft 365 (SaaS Management)',
    detail: 'Supersedes the other source types of the same tenant',
  },
];

/** Clouds, with the host of their sign-in service. */
export const cloudChoices: readonly StepChoice<ConnectionFormValues['cloud']>[] = [
  ...(['global', 'usGovL4', 'usGovL5', 'china'] as const).map((value) => ({
    value,
    label: clouds[value].displayName,
    detail: new URL(clouds[value].login).host,
  })),
  { value: 'custom', label: 'Custom', detail: 'A sign-in service and Graph of your own' },
];

/** Kinds of app. */
export const appChoices: readonly StepChoice<ConnectionFormValues['app']>[] = [
  {
    value: 'multiTenant',
    label: 'The pre-registered multi-tenant app',
    detail: 'Nothing to register; an administrator consents once',
  },
  {
    value: 'own',
    label: 'An app registered in my own tenant',
    detail: 'With a client ID of yours, and for unattended imports a secret or certificate',
  },
];

/** Sign-in flows. */
export const flowChoices: readonly StepChoice<ConnectionFormValues['flow']>[] = [
  {
    label: 'Authorization Code',
    detail: 'Sign in with an account in the browser (PKCE)',
    value: 'authorizationCode',
  },
  {
    label: 'Device Code',
    detail: 'Enter a code on another page or device; for remote windows and locked-down browsers',
    value: 'deviceCode',
  },
  {
    label: 'Client Credentials',
    detail: 'The app signs in as itself with a secret or certificate; needs the tenant',
    value: 'clientCredentials',
  },
];

/** What an app proves itself by. */
export const credentialChoices: readonly StepChoice<ConnectionFormValues['credentialKind']>[] = [
  { value: 'secret', label: 'A client secret' },
  { value: 'certificate', label: 'A certificate', detail: 'PEM or PFX, with its private key' },
];

/** Whether a connection has a proxy of its own. */
export const proxyChoices: readonly StepChoice<boolean>[] = [
  { value: false, label: 'No', detail: 'The proxy settings of VS Code hold' },
  { value: true, label: 'Yes', detail: 'Every request of this connection goes through it' },
];
