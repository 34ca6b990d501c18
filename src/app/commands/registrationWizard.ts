import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { clouds } from '../../core/identity/clouds';
import type { Connection } from '../../core/model/connection';
import type { Store } from '../../core/store/store';
import { findConnection } from './connectionPick';
import { pickClientCertificate, type CertificateChoice } from './connectionSecrets';
import type { RegistrationArgument } from './registrationArguments';

const title = 'Register Your Own App';

/** Asks a person what to register. Rejects with `cancelled` when they give up. */
export async function askRegistration(
  store: Store,
  connectionId: unknown,
): Promise<{ argument: RegistrationArgument; certificate: CertificateChoice | undefined }> {
  const where =
    typeof connectionId === 'string'
      ? { connectionId: (await findConnection(store, connectionId)).connectionId }
      : await askWhere(await store.connections());
  const proof = await askProof();
  const displayName = await vscode.window.showInputBox({
    title,
    prompt: 'Name of the app registration, as administrators will see it.',
    value: 'License Manager',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Enter a name.' : undefined),
  });
  if (displayName === undefined) throw cancelled();
  const certificate = proof === 'certificate' ? await pickClientCertificate() : undefined;
  if (proof === 'certificate' && certificate === undefined) throw cancelled();
  return {
    argument: {
      ...where,
      kind: proof === 'people' ? 'delegated' : 'application',
      displayName: displayName.trim(),
    },
    certificate,
  };
}

async function askWhere(
  connections: readonly Connection[],
): Promise<Pick<RegistrationArgument, 'connectionId' | 'cloud'>> {
  type Item = vscode.QuickPickItem & { readonly where: Pick<RegistrationArgument, 'connectionId' | 'cloud'> };
  const items: Item[] = [
    ...(Object.keys(clouds) as (keyof typeof clouds)[]).map((cloud): Item => ({
      label: clouds[cloud].displayName,
      description: 'any tenant that you can sign in to',
      where: { cloud },
    })),
    ...connections.map((connection): Item => ({
      label: connection.name,
      description: 'the tenant of this connection',
      where: { connectionId: connection.connectionId },
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Where is the tenant?',
    ignoreFocusOut: true,
  });
  if (picked === undefined) throw cancelled();
  return picked.where;
}

async function askProof(): Promise<'people' | 'secret' | 'certificate'> {
  const items = [
    {
      label: 'People sign in',
      detail: 'Delegated permissions: an import sees what the signed-in account may see.',
      proof: 'people',
    },
    {
      label: 'It signs in by itself, with a client secret',
      detail:
        'Application permissions, for imports without anybody there. The secret goes into the key chain.',
      proof: 'secret',
    },
    {
      label: 'It signs in by itself, with a certificate…',
      detail: 'Application permissions; choose a PEM or PFX file with its private key.',
      proof: 'certificate',
    },
  ] as const;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'How will the app sign in?',
    ignoreFocusOut: true,
  });
  if (picked === undefined) throw cancelled();
  return picked.proof;
}

function cancelled(): LicenseError {
  return new LicenseError('cancelled', 'Nothing was registered.');
}
