import type { ConnectionProblem } from '../../core/model/connectionRules';

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
