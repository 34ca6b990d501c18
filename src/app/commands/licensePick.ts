import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';
import { argumentFields, invalidArgument, isArgumentObject } from '../host/commandRunner';

/** A license as commands name it. */
export interface ChosenLicense {
  readonly licenseId: string;
  readonly tenantId: string;
  readonly skuPartNumber: string;
  /** Own name, product name or part number, whichever is known first. */
  readonly name: string;
}

/** The license with this id; `notFound` when there is none. */
export async function findLicense(store: Pick<Store, 'query'>, licenseId: string): Promise<ChosenLicense> {
  const [row] = await store.query(
    'SELECT licenseId, tenantId, skuPartNumber, productName FROM v_licenses WHERE licenseId = ?',
    [licenseId],
  );
  if (row !== undefined) return chosen(row);
  throw new LicenseError(
    'notFound',
    `There is no license with the id “${licenseId}”. An id is {tenantId}_{skuId}; the license may not be imported yet.`,
    { licenseId },
  );
}

/** The license that a command is about: named by its argument, or else picked by the person. */
export async function chooseLicense(
  store: Pick<Store, 'query'>,
  argument: unknown,
  placeHolder: string,
): Promise<ChosenLicense> {
  const { licenseId, tenantId } = argumentFields(argument);
  if (typeof licenseId === 'string') return findLicense(store, licenseId);
  if (isArgumentObject(argument)) throw invalidArgument('“licenseId” is missing.');
  const rows = await store.query(
    `SELECT l.licenseId, l.tenantId, l.skuPartNumber, l.productName, t.displayName
       FROM v_licenses l JOIN v_tenants t ON t.tenantId = l.tenantId
      WHERE ?1 IS NULL OR l.tenantId = ?1
      ORDER BY t.displayName COLLATE NOCASE, l.productName COLLATE NOCASE, l.skuPartNumber`,
    [typeof tenantId === 'string' ? tenantId : null],
  );
  if (rows.length === 0) {
    throw new LicenseError('notFound', 'There are no licenses yet. Import a tenant first.');
  }
  const many = new Set(rows.map((row) => row['tenantId'])).size > 1;
  const picked = await vscode.window.showQuickPick(
    rows.map((row) => {
      const license = chosen(row);
      return {
        label: license.name,
        description: license.skuPartNumber,
        ...(many && { detail: String(row['displayName']) }),
        license,
      };
    }),
    { placeHolder, matchOnDescription: true, matchOnDetail: true },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'No license was chosen.');
  return picked.license;
}

/** The tenant that a command is about: named by its argument, the only one there is, or picked by the person. */
export async function chooseTenant(
  store: Pick<Store, 'query'>,
  argument: unknown,
  placeHolder: string,
): Promise<{ readonly tenantId: string; readonly displayName: string }> {
  const wanted = argumentFields(argument)['tenantId'];
  if (wanted === undefined && isArgumentObject(argument)) throw invalidArgument('“tenantId” is missing.');
  const rows = await store.query(
    `SELECT tenantId, displayName, defaultDomain FROM v_tenants
      WHERE ?1 IS NULL OR tenantId = ?1 ORDER BY displayName COLLATE NOCASE`,
    [typeof wanted === 'string' ? wanted : null],
  );
  const tenants = rows.map((row) => ({
    tenantId: String(row['tenantId']),
    displayName: String(row['displayName'] ?? row['tenantId']),
    defaultDomain: typeof row['defaultDomain'] === 'string' ? row['defaultDomain'] : '',
  }));
  const [only] = tenants;
  if (only === undefined) {
    throw new LicenseError(
      'notFound',
      typeof wanted === 'string'
        ? `There is no data of the tenant “${wanted}”. Import it first.`
        : 'There are no tenants yet. Import one first.',
    );
  }
  if (tenants.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    tenants.map((tenant) => ({ label: tenant.displayName, description: tenant.defaultDomain, tenant })),
    { placeHolder, matchOnDescription: true },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'No tenant was chosen.');
  return picked.tenant;
}

function chosen(row: Readonly<Record<string, unknown>>): ChosenLicense {
  const skuPartNumber = String(row['skuPartNumber']);
  const name = row['productName'];
  return {
    licenseId: String(row['licenseId']),
    tenantId: String(row['tenantId']),
    skuPartNumber,
    name: typeof name === 'string' && name !== '' ? name : skuPartNumber,
  };
}
