import * as v from 'valibot';
import {
  cloudNames,
  signInFlows,
  sourceTypes,
  taskNames,
  type ConnectionFormValues,
} from '../../shared/connectionContract';

const text = v.pipe(v.string(), v.maxLength(2_000));
const optionalText = v.nullable(text);

/** The form's values as a page may send them. */
export const formValuesSchema: v.GenericSchema<unknown, ConnectionFormValues> = v.object({
  name: text,
  sourceType: v.picklist(sourceTypes),
  cloud: v.picklist(cloudNames),
  loginOrigin: text,
  graphOrigin: text,
  caCertificatePath: text,
  app: v.picklist(['multiTenant', 'own']),
  tenant: text,
  clientId: text,
  tasks: v.array(v.picklist(taskNames)),
  flow: v.picklist(signInFlows),
  tokenEndpoint: optionalText,
  authorizationEndpoint: optionalText,
  redirectUri: optionalText,
  credentialKind: v.picklist(['secret', 'certificate']),
  secretExpiresOn: text,
  useProxy: v.boolean(),
  proxyServer: text,
  proxyUsername: text,
  readOnly: v.boolean(),
  inactivityDays: text,
  graceDays: text,
});

/** Which connection a panel that is restored after a window reload was for. */
export const formStateSchema = v.object({
  connectionId: v.nullable(v.string()),
  copyOf: v.nullable(v.string()),
});
