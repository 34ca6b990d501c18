import type { SecretVault } from '../../../src/core/identity/identity';
import type { Connection } from '../../../src/core/model/connection';
import { ConnectionPage, type ConnectionPageDeps } from '../../../src/app/panels/connectionPage';

/** The world around a connection form: connections and secrets in memory, a person who answers at once. */
export interface ConnectionHost {
  readonly page: ConnectionPage;
  readonly connections: Map<string, Connection>;
  readonly secrets: Map<string, string>;
  readonly asked: string[];
}

/** What the person around the form does. */
export interface ConnectionHostOptions extends Partial<ConnectionPageDeps> {
  readonly existing?: readonly Connection[];
}

export const now = new Date('2026-11-21T12:00:00.000Z');

/** A connection with everything usual. */
export function connectionOf(changes: Partial<Connection> = {}): Connection {
  return {
    connectionId: 'c1',
    name: 'Fenwick production',
    sourceType: 'microsoft365',
    tenant: null,
    tenantId: null,
    cloud: 'global',
    endpoints: null,
    clientId: '5bb1a5a2-0d97-4335-9448-119f7b27aff9',
    flow: 'authorizationCode',
    redirectUri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
    proxy: null,
    tasks: ['applicationRoster', 'applicationAccess', 'licenseInformation', 'licenseDifferentiation'],
    caCertificatePath: null,
    readOnly: false,
    createdAt: '2026-09-01T08:00:00.000Z',
    account: null,
    signedInAt: null,
    ...changes,
  };
}

/** Puts a form's host together. */
export function connectionHost(options: ConnectionHostOptions = {}): ConnectionHost {
  const { existing = [], ...given } = options;
  const connections = new Map(existing.map((connection) => [connection.connectionId, connection]));
  const secrets = new Map<string, string>();
  const asked: string[] = [];
  const vault: SecretVault = {
    get: async (key) => secrets.get(key),
    set: async (key, value) => void secrets.set(key, value),
    delete: async (key) => void secrets.delete(key),
  };
  const page = new ConnectionPage({
    connectionId: null,
    copyOf: null,
    store: {
      connections: async () => [...connections.values()],
      saveConnection: async (connection) => void connections.set(connection.connectionId, connection),
    },
    vault,
    presetClientId: () => '5bb1a5a2-0d97-4335-9448-119f7b27aff9',
    usualThresholds: () => ({ inactivityDays: 30, graceDays: 21 }),
    now: () => now,
    askSecret: async (kind) => {
      asked.push(kind);
      return `the ${kind} itself`;
    },
    pickCertificate: async () => undefined,
    pickCaCertificate: async () => undefined,
    signIn: async () => undefined,
    convert: async () => undefined,
    confirmDiscard: async () => {
      asked.push('discard');
      return true;
    },
    close: () => void asked.push('close'),
    onSaved: (connection) => void asked.push(`saved ${connection.name}`),
    ...given,
  });
  return { page, connections, secrets, asked };
}
