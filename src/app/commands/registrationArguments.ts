import * as v from 'valibot';
import { importTasks } from '../../core/model/connection';

/** What `registerApplication` takes; without an object everything is asked. */
export const registrationSchema = v.strictObject({
  /** A connection whose cloud, tenant, app and proxy the sign-in uses; it is not changed. */
  connectionId: v.optional(v.string()),
  /** Without a connection: where to sign in. */
  cloud: v.optional(v.picklist(['global', 'usGovL4', 'usGovL5', 'china', 'custom'])),
  endpoints: v.optional(v.strictObject({ login: v.string(), graph: v.string() })),
  caCertificatePath: v.optional(v.string()),
  tenant: v.optional(v.string()),
  /** The app to sign in with; the multi-tenant app unless given. */
  signInClientId: v.optional(v.string()),
  /** How to sign in for registering. */
  flow: v.optional(v.picklist(['authorizationCode', 'deviceCode'])),
  /** Whether people will sign in to the new app, or it will sign in as itself. */
  kind: v.picklist(['delegated', 'application']),
  displayName: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(120)),
  /** Name of the connection that is added. */
  connectionName: v.optional(v.string()),
  tasks: v.optional(v.pipe(v.array(v.picklist(importTasks)), v.minLength(1))),
  /** PEM or PFX with its key, in place of a secret. */
  certificatePath: v.optional(v.string()),
  certificatePassword: v.optional(v.string()),
});

/** The checked argument of `registerApplication`. */
export type RegistrationArgument = v.InferOutput<typeof registrationSchema>;
