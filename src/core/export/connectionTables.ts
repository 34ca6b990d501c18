import type { CheckRow } from '../../shared/doctorContract';
import type { RegistrationGuide } from '../../shared/registrationContract';
import type { CsvValue } from './csvCell';

/** The checks of a connection as rows for a CSV file, the header first, worst first; unknown is an empty cell. */
export function checksTable(checks: readonly CheckRow[]): CsvValue[][] {
  return [checkColumns.slice(), ...checks.map((check) => checkColumns.map((column) => check[column]))];
}

const checkColumns = [
  ...(['verdict', 'task', 'reads', 'endpoint', 'action', 'permission', 'permissionKind'] as const),
  ...(['granted', 'grantedBy', 'optional', 'role', 'consentUrl', 'support'] as const),
];

/** The permissions of an app registration as rows for a CSV file, the header first, a column per task. */
export function permissionsTable({ permissions, tasks }: RegistrationGuide): CsvValue[][] {
  return [
    ['permission', 'purpose', 'delegatedId', 'applicationId', ...tasks.map(({ task }) => task)],
    ...permissions.map((row): CsvValue[] => [
      row.permission,
      row.purpose,
      row.delegatedId,
      row.applicationId,
      ...tasks.map(({ task }) => row.tasks[task] ?? null),
    ]),
  ];
}
