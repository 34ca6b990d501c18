import { directoryRoles } from '../entra/registrations';
import type { GraphCall } from './graphContext';
import { GraphProblem } from './graphError';

/** Throws what Graph answers to those who may not read the audit reports: no premium license, or no role. */
export function requireAuditReader(call: GraphCall): void {
  const { switches } = call.state;
  if (switches.noPremium) {
    throw new GraphProblem(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
  const { application, roles } = call.caller;
  if (!application && (switches.missingReportsRole || !roles.has(directoryRoles.reportsReader))) {
    throw new GraphProblem(
      403,
      'Authentication_RequestFromUnsupportedUserRole',
      'User is not in the allowed roles',
    );
  }
}
