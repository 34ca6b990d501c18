import { markup, nothing, type Markup } from './markup';
import type { ReportLicense } from './reportData';
import { countText } from './reportFormats';

const maxBars = 20;
const rowHeight = 26;
const barHeight = 16;
const labelWidth = 300;
const barsEnd = 870;
const width = 960;
const top = 24;

const parts = [
  ['active', 'Active'],
  ['inactive', 'Inactive'],
  ['never', 'Never active'],
  ['other', 'Use unknown, new, or no person'],
  ['spare', 'Held by nobody'],
  ['short', 'Short: in use beyond the entitlement'],
] as const;

/** The largest licenses as bars, those that are short among them in any case; the table has all of them. */
export function positionChart(
  licenses: readonly ReportLicense[],
  nameOf: (row: ReportLicense) => string,
): Markup {
  const counted = licenses.filter((row) => row.isInTotals && size(row) > 0);
  if (counted.length === 0) return nothing;
  const chosen = [...counted]
    .sort((a, b) => Number(b.shortfallNow > 0) - Number(a.shortfallNow > 0) || size(b) - size(a))
    .slice(0, maxBars)
    .sort((a, b) => size(b) - size(a));
  const ticks = axisTicks(Math.max(...chosen.map(size)));
  const end = ticks.at(-1) ?? 1;
  const at = (units: number): number => labelWidth + (units / end) * (barsEnd - labelWidth);
  const height = top + chosen.length * rowHeight + 8;
  const omitted = counted.length - chosen.length;
  const description = `Units of the ${chosen.length === counted.length ? '' : 'largest '}licenses: used, unused, free and short. The table below has the same numbers${omitted === 0 ? '' : ` and ${countText(omitted)} more licenses`}.`;
  return markup`<figure class="chart">
    <div class="scroll" role="region" tabindex="0" aria-label="Chart of licenses">
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">Licenses by use</title>
        <desc id="chart-text">${description}</desc>
        ${hatch}
        ${ticks.map(
          (units) =>
            markup`<line
                class="grid"
                x1="${at(units).toFixed(1)}"
                x2="${at(units).toFixed(1)}"
                y1="18"
                y2="${height - 4}"
              /><text class="axis" x="${at(units).toFixed(1)}" y="12" text-anchor="middle"
                >${countText(units)}</text
              > `,
        )}${chosen.map((row, index) => bar(row, index, at, nameOf(row)))}
      </svg>
    </div>
    <ul class="legend">
      ${parts.map(
        ([kind, label]) =>
          markup`<li>
            <svg viewBox="0 0 14 12" aria-hidden="true">
              <rect class="s-${kind}" x="1" y="1" width="12" height="10" /></svg
            >${label}
          </li>`,
      )}
      <li>
        <svg viewBox="0 0 14 12" aria-hidden="true">
          <line class="entitled" x1="7" x2="7" y1="0" y2="12" /></svg
        >Entitled
      </li>
    </ul>
    <figcaption class="muted small">${description}</figcaption>
  </figure> `;
}

const hatch = markup`<defs
  ><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"
    ><rect class="hatch-ground" width="6" height="6" /><line
      class="hatch-line"
      x1="0"
      x2="0"
      y1="0"
      y2="6" /></pattern
></defs>`;

function bar(row: ReportLicense, index: number, at: (units: number) => number, label: string): Markup {
  const y = top + index * rowHeight;
  const rects: Markup[] = [];
  let used = 0;
  const add = (kind: string, units: number): void => {
    if (units <= 0) return;
    const from = at(used);
    used += units;
    rects.push(
      markup`<rect
        class="s-${kind}"
        x="${from.toFixed(1)}"
        y="${y}"
        width="${(at(used) - from).toFixed(1)}"
        height="${barHeight}"
      />`,
    );
  };
  const judged = (row.active ?? 0) + (row.inactive ?? 0) + (row.never ?? 0);
  add('active', row.active ?? 0);
  add('inactive', row.inactive ?? 0);
  add('never', row.never ?? 0);
  add('other', row.consumed - judged);
  add('spare', row.entitled - used);
  if (row.shortfallNow > 0) {
    const from = at(row.entitled);
    rects.push(
      markup`<rect
        class="s-short"
        x="${from.toFixed(1)}"
        y="${y - 1}"
        width="${(at(row.consumed) - from).toFixed(1)}"
        height="${barHeight + 2}"
      />`,
    );
  }
  const entitled = at(row.entitled).toFixed(1);
  const value = `${countText(row.consumed)} of ${countText(row.entitled)}`;
  return markup`<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end">${shortened(label)}</text
    >${rects}<line
      class="entitled"
      x1="${entitled}"
      x2="${entitled}"
      y1="${y - 3}"
      y2="${y + barHeight + 3}"
    /><text class="axis" x="${(Math.max(at(row.entitled), at(size(row))) + 7).toFixed(1)}" y="${y + 13}"
      >${value}</text
    > `;
}

/** Round marks for an axis that reaches the value: 1, 2 or 5 times a power of ten apart, five at most. */
function axisTicks(maximum: number): number[] {
  const rough = maximum / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(maximum / step) + 1 }, (_, index) => index * step);
}

function size(row: ReportLicense): number {
  return Math.max(row.entitled, row.consumed, (row.active ?? 0) + (row.inactive ?? 0) + (row.never ?? 0));
}

/** What fits before the bars; by characters, so that no pair is torn. */
function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= 42 ? label : `${characters.slice(0, 41).join('')}…`;
}
