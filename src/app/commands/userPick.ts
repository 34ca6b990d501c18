import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';

/** A user as commands name one. */
export interface ChosenUser {
  readonly tenantId: string;
  readonly userId: string;
}

interface UserItem extends vscode.QuickPickItem {
  readonly user: ChosenUser;
}

/** Matches that are offered; more words narrow them down. */
const mostMatches = 50;
const typingDelay = 150;

/** Asks for a user: what is typed is searched in names, addresses and licenses. Rejects with `cancelled`. */
export async function pickUser(
  store: Pick<Store, 'openView' | 'viewRows' | 'closeView'>,
  tenantId?: string,
): Promise<ChosenUser> {
  const pick = vscode.window.createQuickPick<UserItem>();
  pick.placeholder = 'Type a name, an address or a license';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  const search = async (text: string): Promise<void> => {
    const mine = ++asked;
    pick.busy = true;
    const items = await findUsers(store, text, tenantId).catch(() => []);
    if (mine !== asked) return;
    pick.items = items;
    pick.busy = false;
  };
  try {
    return await new Promise<ChosenUser>((resolve, reject) => {
      pick.onDidChangeValue((text) => {
        clearTimeout(timer);
        timer = setTimeout(() => void search(text), typingDelay);
      });
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen !== undefined) resolve(chosen.user);
      });
      pick.onDidHide(() => reject(new LicenseError('cancelled', 'No user was chosen.')));
      pick.show();
      void search('');
    });
  } finally {
    asked += 1;
    clearTimeout(timer);
    pick.dispose();
  }
}

async function findUsers(
  store: Pick<Store, 'openView' | 'viewRows' | 'closeView'>,
  text: string,
  tenantId: string | undefined,
): Promise<UserItem[]> {
  const view = await store.openView({
    report: 'roster',
    ...(tenantId !== undefined && { tenantId }),
    filter: { text },
  });
  try {
    const rows = await store.viewRows(view.viewId, 0, mostMatches);
    return rows.map((row) => ({
      label: String(row['displayName'] ?? row['userPrincipalName']),
      description: String(row['userPrincipalName']),
      detail: row['licenses'] === '' ? 'No license' : String(row['licenses'] ?? ''),
      user: { tenantId: String(row['tenantId']), userId: String(row['userId']) },
    }));
  } finally {
    await store.closeView(view.viewId);
  }
}
