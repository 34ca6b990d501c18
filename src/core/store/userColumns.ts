import type { UserRow } from '../model/datasets';
import { flag, idKey, upnKey } from './identifiers';
import type { SqlValue } from './store';

/** A column of the `users` table that an import brings. */
export interface UserColumn {
  readonly name: string;
  readonly value: (row: UserRow) => SqlValue;
  /** Only comes with sign-in activity; where that could not be read the old value stays. */
  readonly isSignIn?: boolean;
}

/** The columns of the `users` table that an import brings, `userId` (the key) first. */
export const userColumns: readonly UserColumn[] = [
  { name: 'userId', value: (row) => idKey(row.userId) },
  { name: 'userPrincipalName', value: (row) => row.userPrincipalName },
  { name: 'upnKey', value: (row) => upnKey(row.userPrincipalName) },
  { name: 'displayName', value: (row) => row.displayName },
  { name: 'givenName', value: (row) => row.givenName },
  { name: 'surname', value: (row) => row.surname },
  { name: 'mail', value: (row) => row.mail },
  { name: 'accountEnabled', value: (row) => flag(row.accountEnabled) },
  { name: 'userType', value: (row) => row.userType },
  { name: 'onPremisesSyncEnabled', value: (row) => flag(row.onPremisesSyncEnabled) },
  { name: 'jobTitle', value: (row) => row.jobTitle },
  { name: 'department', value: (row) => row.department },
  { name: 'companyName', value: (row) => row.companyName },
  { name: 'country', value: (row) => row.country },
  { name: 'usageLocation', value: (row) => row.usageLocation },
  { name: 'createdAt', value: (row) => row.createdAt },
  { name: 'deletedAt', value: (row) => row.deletedAt },
  { name: 'lastSignInAt', value: (row) => row.lastSignInAt, isSignIn: true },
  { name: 'lastNonInteractiveSignInAt', value: (row) => row.lastNonInteractiveSignInAt, isSignIn: true },
  { name: 'lastSuccessfulSignInAt', value: (row) => row.lastSuccessfulSignInAt, isSignIn: true },
];
