import type { Cloud, ImportTask } from '../model/connection';
import type { PermissionKind } from './adminConsent';
import { clouds } from './clouds';
import { graphResourceAppId, permissionIds } from './permissionIds';
import { leastKnown, permissionNeeds } from './scopes';

/** What an app registration of one's own is to be for. */
export interface RegistrationWish {
  readonly displayName: string;
  /** `delegated`: people sign in. `application`: it signs in as itself, with a secret or a certificate. */
  readonly kind: PermissionKind;
  readonly cloud: Cloud;
  readonly tasks: readonly ImportTask[];
  /** Base64 of the DER certificate that proves an application; absent for a secret, and for people. */
  readonly certificate?: string;
}

/** The body of `POST /applications`. @see https://learn.microsoft.com/graph/api/application-post-applications */
export interface ApplicationBody {
  readonly displayName: string;
  readonly signInAudience: 'AzureADMyOrg';
  /** “Allow public client flows”, which device codes need. */
  readonly isFallbackPublicClient: boolean;
  readonly publicClient: { readonly redirectUris: readonly string[] };
  readonly requiredResourceAccess: readonly {
    readonly resourceAppId: string;
    readonly resourceAccess: readonly { readonly id: string; readonly type: 'Scope' | 'Role' }[];
  }[];
  readonly keyCredentials?: readonly {
    readonly type: 'AsymmetricX509Cert';
    readonly usage: 'Verify';
    readonly key: string;
    readonly displayName: string;
  }[];
}

/**
 * The permissions that the tasks need, the least ones that the cloud has, sorted. The same names exist as delegated
 * and as application permissions.
 */
export function registeredPermissions(tasks: readonly ImportTask[], cloud: Cloud): string[] {
  const names = tasks.flatMap((task) => permissionNeeds[task].map((need) => leastKnown(need, cloud)));
  return [...new Set(names)].sort();
}

/**
 * Redirect URIs to register: this machine, for the browser that comes back by itself, and Microsoft's page for
 * native applications, for pasting its address.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export function registeredRedirectUris(cloud: Cloud): string[] {
  const login = cloud === 'custom' ? clouds.global.login : clouds[cloud].login;
  return ['http://localhost', `${login}/common/oauth2/nativeclient`];
}

/** The registration exactly as it will be created. */
export function applicationBody(wish: RegistrationWish): ApplicationBody {
  const type = wish.kind === 'delegated' ? 'Scope' : 'Role';
  const resourceAccess = registeredPermissions(wish.tasks, wish.cloud).flatMap((name) => {
    const id = permissionIds[name]?.[wish.kind];
    return id === undefined ? [] : [{ id, type } as const];
  });
  return {
    displayName: wish.displayName,
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: wish.kind === 'delegated',
    publicClient: { redirectUris: wish.kind === 'delegated' ? registeredRedirectUris(wish.cloud) : [] },
    requiredResourceAccess: [{ resourceAppId: graphResourceAppId, resourceAccess }],
    ...(wish.certificate !== undefined && {
      keyCredentials: [
        {
          type: 'AsymmetricX509Cert',
          usage: 'Verify',
          key: wish.certificate,
          displayName: wish.displayName,
        },
      ],
    }),
  };
}
