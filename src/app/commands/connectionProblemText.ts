import { clouds } from '../../core/identity/clouds';
import type { Cloud } from '../../core/model/connection';
import type { FormFieldProblem } from '../../core/model/connectionForm';
import type { ConnectionProblem } from '../../core/model/connectionRules';
import type { ConnectionFormValues, FormProblem } from '../../shared/connectionContract';

/** What is wrong with a field of a connection, and what fits, in one sentence. */
export function problemSentence({ field, reason }: ConnectionProblem): string {
  switch (reason) {
    case 'required':
      return field === 'name'
        ? 'Enter a name for the connection.'
        : 'Enter the application (client) ID of the app registration.';
    case 'invalidName':
      return 'The name may have letters, digits, underscores and spaces, and must start with a letter or digit.';
    case 'nameTaken':
      return 'Another connection has this name. Choose a different one.';
    case 'deprecatedSource':
      return 'Connections of the deprecated Office 365 source type can’t be created or changed. Choose Microsoft 365.';
    case 'invalidTenant':
      return 'Enter the tenant’s ID (a GUID) or one of its verified domains, such as contoso.onmicrosoft.com.';
    case 'tenantRequired':
      return 'Client credentials work in one tenant only. Enter its ID or a verified domain.';
    case 'invalidGuid':
      return 'An application (client) ID looks like 00000000-0000-0000-0000-000000000000. Copy it from the app registration.';
    case 'endpointsRequired':
      return 'A custom cloud needs the addresses of its login and Graph servers.';
    case 'endpointsNotAllowed':
      return 'Only a custom cloud has addresses of its own. Choose the custom cloud, or leave them out.';
    case 'invalidEndpoint':
      return 'The login and Graph addresses must be https origins without a path, such as https://login.example.com.';
    case 'invalidRedirectUri':
      return 'The redirect URI must be http://localhost or an https address that is registered for the application.';
    case 'presetFlow':
      return 'The multi-tenant app signs in with an account. Client credentials need an app registered in your own tenant.';
    case 'certificateRequired':
      return 'Client credentials by certificate need one. Choose a PEM or PFX file that holds its private key.';
    case 'secretRequired':
      return 'Client credentials need the client secret. Enter the secret’s value.';
    case 'invalidProxy':
      return 'Enter the proxy as https://host:port, http://host:port or IP:port.';
    case 'proxyPasswordWithoutUsername':
      return 'A proxy password needs a user name.';
    case 'noTasks':
      return 'Choose at least one task.';
    case 'unknownTask':
      return 'One of the tasks is not known.';
    case 'certificateNotAllowed':
      return 'Only a custom cloud may have a certificate authority of its own.';
  }
}

/** A problem of the form in words, with the change that would help as something to press. */
export function formProblem(problem: FormFieldProblem, values: ConnectionFormValues): FormProblem {
  const sentence = formSentence(problem, values);
  const label = problem.fix === undefined ? null : fixLabel(problem.fix, problem);
  return {
    field: problem.field,
    sentence,
    ...(label !== null && problem.fix !== undefined && { fix: { label, changes: problem.fix } }),
  };
}

function formSentence({ field, reason, found = '' }: FormFieldProblem, values: ConnectionFormValues): string {
  switch (reason) {
    case 'invalidDate':
      return 'Enter the day as YYYY-MM-DD, as the app registration shows it, or leave it empty.';
    case 'dateOver':
      return 'This secret has expired. Create a new one in the app registration and enter that.';
    case 'invalidDays':
      return 'Enter a number of days from 1 to 730, or nothing to follow the setting.';
    case 'endpoint.invalidUrl':
      return 'This is not an address. Copy the whole of it from “Endpoints” of the app registration.';
    case 'endpoint.notHttps':
      return 'The address must begin with https://; sign-ins never go over a connection that is not encrypted.';
    case 'endpoint.wrongPath':
      return `The address must end with /oauth2/v2.0/${field === 'tokenEndpoint' ? 'token' : 'authorize'} behind the tenant.`;
    case 'endpoint.otherCloud':
      return `This address belongs to the cloud ${cloudName(found)}, the connection to ${cloudName(values.cloud)}.`;
    case 'endpoint.otherHost':
      return values.cloud === 'custom'
        ? `${found} is not the sign-in service of this connection.`
        : `${found} is not a sign-in service of Microsoft. For a cloud of your own choose “Custom”.`;
    case 'endpoint.otherTenant':
      return values.tenant.trim() === ''
        ? `This address names the tenant ${found}, the connection names none.`
        : `This address names the tenant ${found}, the connection ${values.tenant.trim()}.`;
    case 'endpoint.tenantOpen':
      return `“${found}” stands for any tenant, but ${values.tenant.trim() === '' ? 'client credentials need one' : `the connection names ${values.tenant.trim()}`}.`;
    default:
      // A field without a value that is not the name is the client ID, as `problemSentence` has it.
      return problemSentence({ field: field === 'name' ? 'name' : 'clientId', reason });
  }
}

function fixLabel(fix: Partial<ConnectionFormValues>, { found = '' }: FormFieldProblem): string {
  if (fix.app === 'own') return 'Use an app registered in my own tenant';
  if (fix.cloud !== undefined) return `Set the cloud to ${cloudName(fix.cloud)}`;
  if (fix.tenant !== undefined) {
    return fix.tenant === '' ? 'Leave the tenant open' : `Set the tenant to ${fix.tenant}`;
  }
  if (fix.loginOrigin !== undefined) return `Set the sign-in service to ${fix.loginOrigin}`;
  if (fix.redirectUri === null) return 'Use the one of the connection’s cloud';
  return `Use ${found}`;
}

function cloudName(name: string): string {
  const row = (clouds as Partial<Record<string, { displayName: string }>>)[name];
  return row?.displayName ?? (name === ('custom' satisfies Cloud) ? 'Custom' : name);
}
