import { createHash } from 'node:crypto';
import { markup, Markup } from './markup';
import type { ReportData } from './reportData';
import { findingsSection } from './reportFindings';
import { reportHead, reportTitle } from './reportHead';
import { savingsSection, spendSection } from './reportMoney';
import { leftOutSection, methodSection } from './reportNotes';
import { positionSection } from './reportPosition';
import { reportStyle } from './reportStyle';

const styleHash = createHash('sha256').update(reportStyle, 'utf8').digest('base64');

/** Nothing runs, loads or is sent: no script, no address, and no style but this one. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one HTML file that needs nothing else: for a browser, for paper, and for whoever reads it aloud.
 * @returns the document in pieces, in order
 */
export function* htmlReport(data: ReportData): Generator<string> {
  yield markup`<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${reportTitle(data)}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
`.text;
  yield reportHead(data).text;
  yield savingsSection(data).text;
  yield positionSection(data).text;
  yield spendSection(data).text;
  for (const part of findingsSection(data)) yield part.text;
  yield leftOutSection(data).text;
  yield methodSection(data).text;
  yield markup`</main>
<footer><p>Written by License Manager for Microsoft 365 from the data on this computer. Nothing in this file loads or sends anything.</p></footer>
</body>
</html>
`.text;
}
