import type { CheckRow, DoctorReport } from '../../src/shared/doctorContract';
import { taskWords, verdictLooks } from './verdictWords';

/** Whether the token has the permission, in a few words. */
export function grantedText({ granted, grantedBy }: Pick<CheckRow, 'granted' | 'grantedBy'>): string {
  if (granted === null) return 'not known';
  if (!granted) return 'not granted';
  return grantedBy === null ? 'granted' : `included in ${grantedBy}`;
}

/** The state of the whole in one sentence. */
export function summaryText(report: Pick<DoctorReport, 'rows'>): string {
  const bad = report.rows.filter((row) => row.verdict !== 'ok');
  const total = report.rows.length;
  if (bad.length === 0) return `All ${total} checks passed: an import can read everything it needs.`;
  const needed = bad.filter((row) => !row.optional).length;
  const optional = bad.length - needed;
  const parts = [
    ...(needed > 0 ? [`${needed} of ${total} checks ${needed === 1 ? 'needs' : 'need'} attention`] : []),
    ...(optional > 0
      ? [
          needed > 0
            ? `${optional} more ${optional === 1 ? 'is' : 'are'} optional`
            : `Everything needed can be read; ${optional} optional ${optional === 1 ? 'check' : 'checks'} of ${total} did not pass`,
        ]
      : []),
  ];
  return `${parts.join(', ')}.`;
}

/** The whole report as text with tabs, for a ticket or a spreadsheet. */
export function reportAsText(report: DoctorReport): string {
  const head = [
    `Test of ${report.connectionName}`,
    `Tenant: ${report.tenantId ?? 'not known'}`,
    `Account: ${report.account ?? 'not signed in'}`,
    `Application (client) ID: ${report.clientId}`,
    `Cloud: ${report.cloud}`,
    `Tested: ${report.testedAt}`,
    `Admin consent: ${report.consentUrl}`,
    '',
  ];
  const names = [
    'Verdict',
    'Task',
    'Reads',
    'Endpoint',
    'Permission',
    'Kind',
    'Granted',
    'Role',
    'What to do',
    'Numbers',
  ];
  const rows = report.rows.map((row) =>
    [
      verdictLooks[row.verdict].word,
      taskWords[row.task] ?? row.task,
      row.reads,
      row.endpoint,
      row.permission,
      row.permissionKind,
      grantedText(row),
      row.role ?? '',
      row.action,
      row.support,
    ].join('\t'),
  );
  return [...head, names.join('\t'), ...rows].join('\n');
}
