import type { SampleRequest } from '../net/exchange';
import type { TenantState } from '../tenantState';

/** Who calls: what the bearer token says, after its checks. */
export interface GraphCaller {
  /** Application token without a user. */
  readonly application: boolean;
  /** Delegated scopes or application roles. */
  readonly permissions: ReadonlySet<string>;
  /** Template ids of the directory roles of the signed-in user. */
  readonly roles: ReadonlySet<string>;
}

/** One call of a Graph endpoint. */
export interface GraphCall {
  readonly state: TenantState;
  readonly request: SampleRequest;
  readonly caller: GraphCaller;
  /** `v1.0` or `beta`. */
  readonly version: string;
  /** Parts of the path that the route captured. */
  readonly captured: readonly string[];
}
