import * as vscode from 'vscode';
import { stateOf, stateText } from './licenseText';
import type { LicenseEntry } from './tenantSnapshot';

const scheme = 'm365-license';

/**
 * Address of an entry of the tree, by which its name is colored. What it looks like is part of the address, so that
 * nothing has to be remembered or announced.
 */
export function licenseUri(license: LicenseEntry): vscode.Uri {
  const { severity } = stateOf(license);
  return decorated(`/${license.licenseId}`, severity, severity === 'none' ? '' : stateText(license));
}

/** The same for a heading above licenses, the number of which that are short is given. */
export function headingUri(id: string, short: number): vscode.Uri {
  return decorated(`/${id}`, short > 0 ? 'trouble' : 'none', short > 0 ? `${short} short` : '');
}

function decorated(path: string, severity: string, tooltip: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path, query: severity, fragment: tooltip });
}

const colors: Readonly<Record<string, string>> = {
  trouble: 'list.errorForeground',
  warning: 'list.warningForeground',
};

/** Colors the names of licenses that are short, or will be; the words beside them say the same. */
export class LicenseDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const color = uri.scheme === scheme ? colors[uri.query] : undefined;
    if (color === undefined) return undefined;
    return { color: new vscode.ThemeColor(color), tooltip: uri.fragment };
  }
}
