import type * as vscode from 'vscode';
import type { SecretVault } from '../../core/identity/identity';

/** Keeps the product's secrets in VS Code's SecretStorage, which encrypts them with the system's key chain. */
export function createSecretStorageVault(secrets: vscode.SecretStorage): SecretVault {
  return {
    get: async (key) => secrets.get(key),
    set: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
  };
}
