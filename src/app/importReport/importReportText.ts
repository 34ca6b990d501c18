import * as v from 'valibot';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';
import { dateTime, formatCount } from '../host/formats';
import { statusWord, taskTitle, triggerWord } from '../tree/words';

const run = v.object({
  tenantId: v.string(),
  connectionName: v.string(),
  trigger: v.string(),
  status: v.string(),
  startedAt: v.string(),
  finishedAt: v.string(),
  requests: v.number(),
  bytes: v.number(),
  throttledMs: v.number(),
});

const task = v.object({
  task: v.string(),
  status: v.string(),
  rows: v.number(),
  added: v.number(),
  changed: v.number(),
  removed: v.number(),
  durationMs: v.number(),
  warnings: v.fallback(v.string(), ''),
});

/** One import as the file keeps it. */
export interface ImportRecord {
  readonly run: v.InferOutput<typeof run>;
  readonly tasks: readonly v.InferOutput<typeof task>[];
}

/** Reads an import from the file. Rejects with `notFound`. */
export async function readImportRecord(store: Pick<Store, 'query'>, importId: string): Promise<ImportRecord> {
  const [row] = await store.query('SELECT * FROM v_imports WHERE importId = ?', [importId]);
  if (row === undefined) throw new LicenseError('notFound', 'There is no such import.', { importId });
  const tasks = await store.query('SELECT * FROM v_import_tasks WHERE importId = ?', [importId]);
  return { run: v.parse(run, row), tasks: v.parse(v.array(task), tasks) };
}

/** The import as a page of Markdown. Names and warnings are text in it, never markup. */
export function importReportText({ run: row, tasks }: ImportRecord): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const took = Date.parse(row.finishedAt) - Date.parse(row.startedAt);
  const lines = [
    `# Import “${plain(row.connectionName)}”`,
    '',
    `**${statusWord(row.status)}**, started ${triggerWord(row.trigger)} on ${plain(dateTime(row.startedAt))}, took ${seconds(took)}.`,
    '',
    '| Task | Result | Rows | Added | Changed | Removed | Time |',
    '|:--|:--|--:|--:|--:|--:|--:|',
    ...tasks.map((each) => {
      const numbers = [each.rows, each.added, each.changed, each.removed].map(formatCount);
      const cells = [
        plain(taskTitle(each.task)),
        statusWord(each.status),
        ...numbers,
        seconds(each.durationMs),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
    `Microsoft answered ${formatCount(row.requests)} requests with ${megabytes(row.bytes)}` +
      (row.throttledMs > 0
        ? ` and asked to wait ${seconds(row.throttledMs)} in all.`
        : ', without asking to wait.'),
    '',
  ];
  const warnings = tasks.flatMap((each) => each.warnings.split('\n').filter((line) => line !== ''));
  if (warnings.length > 0)
    lines.push('## Worth knowing', '', ...warnings.map((each) => `- ${plain(each)}`), '');
  return lines.join('\n');
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${formatCount(Math.ceil(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Text without a meaning in Markdown. */
function plain(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~&-]/g, '\\$&');
}
