import { randomBytes, randomUUID } from 'node:crypto';
import type { AppRegistration } from './registrations';

/** A client secret of a registered application. */
export interface RegisteredSecret {
  readonly keyId: string;
  readonly secretText: string;
  /** ISO 8601. */
  readonly endDateTime: string;
}

/** An application that was registered while the tenant runs. */
export interface RegisteredApplication extends AppRegistration {
  /** Id of the application object. */
  readonly objectId: string;
  readonly redirectUris: readonly string[];
  /** Names of the permissions that its registration lists. */
  readonly delegated: readonly string[];
  readonly application: readonly string[];
  /** Base64 of DER certificates. */
  readonly certificates: readonly string[];
  readonly secrets: RegisteredSecret[];
  /** What an administrator has consented to. */
  readonly consented: { delegated: readonly string[]; application: readonly string[] };
  /** Consent and sign-in need the service principal beside the application. */
  hasServicePrincipal: boolean;
}

/** The applications registered since the start. */
export class RegisteredApplications {
  private readonly byClientId = new Map<string, RegisteredApplication>();

  add(
    fields: Pick<
      RegisteredApplication,
      'displayName' | 'kind' | 'redirectUris' | 'delegated' | 'application' | 'certificates'
    >,
  ): RegisteredApplication {
    const registered: RegisteredApplication = {
      ...fields,
      clientId: randomUUID(),
      objectId: randomUUID(),
      secrets: [],
      consented: { delegated: [], application: [] },
      hasServicePrincipal: false,
    };
    this.byClientId.set(registered.clientId, registered);
    return registered;
  }

  byId(clientId: string): RegisteredApplication | undefined {
    return this.byClientId.get(clientId.toLowerCase());
  }

  byObjectId(objectId: string): RegisteredApplication | undefined {
    return [...this.byClientId.values()].find((app) => app.objectId === objectId.toLowerCase());
  }

  /** A new secret, which is told once. */
  addSecret(app: RegisteredApplication, endDateTime: string): RegisteredSecret {
    const secretText = `reg~${randomBytes(24).toString('base64url')}`;
    const secret = { keyId: randomUUID(), secretText, endDateTime };
    app.secrets.push(secret);
    return secret;
  }

  /** An administrator accepts: what the registration lists, or the delegated permissions that were named. */
  consent(app: RegisteredApplication, named: readonly string[] | null): void {
    if (named === null) {
      app.consented.delegated = app.delegated;
      app.consented.application = app.application;
    } else {
      app.consented.delegated = [...new Set([...app.consented.delegated, ...named])].sort();
    }
  }
}
