import { consentRoles } from './adminConsent';
import { applicationBody, registeredPermissions, type RegistrationWish } from './appRegistration';
import { secretLifetimeDays } from './appRegistrationRun';
import { permissionIds } from './permissionIds';

/** What the preview says beside the wish. */
export interface PreviewFacts {
  readonly tenantId: string;
  /** Who creates it. */
  readonly account: string;
  /** Name of the connection that will be added. */
  readonly connectionName: string;
  /** SHA-256 thumbprint of the certificate, lower-case hex; null for none. */
  readonly thumbprint: string | null;
}

/** Everything that registering will create, as a Markdown document for a person to read before it happens. */
export function registrationPreview(wish: RegistrationWish, facts: PreviewFacts): string {
  const body = applicationBody(wish);
  const secret = wish.kind === 'application' && wish.certificate === undefined;
  const permissions = registeredPermissions(wish.tasks, wish.cloud);
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  return [
    `# What will be registered`,
    '',
    `Nothing has been created yet. Choose **Create** in the message to go on, or **Cancel**.`,
    '',
    `| | |`,
    `|:--|:--|`,
    `| Tenant | ${cell(facts.tenantId)} |`,
    `| Created by | ${cell(facts.account)} |`,
    `| Name | ${cell(body.displayName)} |`,
    `| Who can sign in | accounts of this tenant only (${body.signInAudience}) |`,
    `| Allow public client flows | ${yes(body.isFallbackPublicClient)} |`,
    `| Redirect URIs | ${body.publicClient.redirectUris.map((uri) => `\`${uri}\``).join(', ') || 'none'} |`,
    `| Secret | ${secret ? `one, good for ${secretLifetimeDays} days; it goes straight into the key chain of this computer` : 'none'} |`,
    `| Certificate | ${facts.thumbprint === null ? 'none' : `the public part of the one you chose, SHA-256 ${facts.thumbprint}`} |`,
    '',
    `## Permissions of Microsoft Graph (${wish.kind}, read-only)`,
    '',
    `| Permission | ID |`,
    `|:--|:--|`,
    ...permissions.map((name) => `| ${name} | ${permissionIds[name]?.[wish.kind] ?? ''} |`),
    '',
    `The registration only lists them. They work after ${consentRoles(wish.kind)} has granted consent, for which you get a link.`,
    '',
    `## Besides`,
    '',
    `- A service principal of the application in this tenant (an “enterprise application”), which consent needs.`,
    `- A connection “${facts.connectionName}” in this extension, which uses the application.`,
    '',
    `## The request as it will be sent`,
    '',
    '```json',
    `POST /v1.0/applications`,
    JSON.stringify(shortened(body), null, 2),
    '```',
    '',
  ].join('\n');
}

/** A certificate is long and says nothing to a reader. */
function shortened(body: ReturnType<typeof applicationBody>): unknown {
  return body.keyCredentials === undefined
    ? body
    : {
        ...body,
        keyCredentials: body.keyCredentials.map((key) => ({ ...key, key: `${key.key.slice(0, 16)}…` })),
      };
}

function cell(text: string): string {
  return text.replace(/[|\r\n]/g, ' ');
}
