/** Microsoft Graph as a resource of app registrations. */
export const graphResourceAppId = '00000003-0000-0000-c000-000000000000';

/** Ids of a Graph permission in an app registration. */
export interface PermissionIds {
  /** The delegated permission (`Scope`). */
  readonly delegated: string;
  /** The application permission (`Role`). */
  readonly application: string;
}

/**
 * Ids of the permissions that a registration can list; the same in every tenant.
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
export const permissionIds: Readonly<Record<string, PermissionIds>> = {
  'User.Read.All': {
    delegated: 'a154be20-db9c-4678-8ab7-66f6cc099a59',
    application: 'df021288-bdef-4463-88db-98f22de89214',
  },
  'LicenseAssignment.Read.All': {
    delegated: 'f395577a-0960-456b-979f-7228de0c5996',
    application: 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
  },
  'LicenseAssignment.ReadWrite.All': {
    delegated: 'f55016cc-149c-447e-8f21-7cf3ec1d6350',
    application: '5facf0c1-8979-4e95-abcf-ff3d079771c0',
  },
  'Organization.Read.All': {
    delegated: '4908d5b9-3fb2-4b1e-9336-1888b7937185',
    application: '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  },
  'Reports.Read.All': {
    delegated: '02e97553-ed7b-43d0-ab3c-f8bace0d040c',
    application: '230c1aed-a721-4c5d-9cb4-a90514e508ef',
  },
  'ReportSettings.Read.All': {
    delegated: '84fac5f4-33a9-4100-aa38-a20c6d29e5e7',
    application: 'ee353f83-55ef-4b78-82da-555bfa2b4b95',
  },
  'AuditLog.Read.All': {
    delegated: 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
    application: 'b0afded3-3588-46d8-8b3d-9842eff778da',
  },
  'Directory.Read.All': {
    delegated: '06da0dbc-49e2-44d2-8312-53f166ab848a',
    application: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  },
  'Group.Read.All': {
    delegated: '5f8c59db-677d-491f-a6b8-5f174b11ec1d',
    application: '5b567255-7703-4780-807c-7be8301ae99b',
  },
  'GroupMember.Read.All': {
    delegated: 'bc024368-1153-4739-b217-4326f2e966d0',
    application: '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  },
};
