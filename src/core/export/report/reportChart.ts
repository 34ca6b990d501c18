import { layOutBars, type PositionBar } from '../../../shared/positionBars';
import { markup, nothing, type Markup } from './markup';
import type { ReportLicense } from './reportData';
import { countText } from './reportFormats';

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
  const { bars, ticks, omitted } = layOutBars(licenses.filter((row) => row.isInTotals));
  if (bars.length === 0) return nothing;
  const end = ticks.at(-1) ?? 1;
  const height = top + bars.length * rowHeight + 8;
  const description = `Units of the ${omitted === 0 ? '' : 'largest '}licenses: used, unused, free and short. The table below has the same numbers${omitted === 0 ? '' : ` and ${countText(omitted)} more licenses`}.`;
  return markup`<figure class="chart">
    <div class="scroll" role="region" tabindex="0" aria-label="Chart of licenses">
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-text">
        <title id="chart-title">Licenses by use</title>
        <desc id="chart-text">${description}</desc>
        ${hatch}
        ${ticks.map((units) => {
          const x = at((units / end) * 100).toFixed(1);
          return markup`<line
                class="grid"
                x1="${x}"
                x2="${x}"
                y1="18"
                y2="${height - 4}"
              /><text class="axis" x="${x}" y="12" text-anchor="middle"
                >${countText(units)}</text
              > `;
        })}${bars.map((bar, index) => drawing(bar, index, nameOf(bar.row)))}
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

/** Where a place on the axis is in the drawing. */
function at(percent: number): number {
  return labelWidth + (percent / 100) * (barsEnd - labelWidth);
}

function drawing(bar: PositionBar<ReportLicense>, index: number, label: string): Markup {
  const { row, segments, short } = bar;
  const y = top + index * rowHeight;
  const part = (kind: string, start: number, width: number, grown: number): Markup =>
    markup`<rect
        class="s-${kind}"
        x="${at(start).toFixed(1)}"
        y="${y - grown}"
        width="${(at(start + width) - at(start)).toFixed(1)}"
        height="${barHeight + 2 * grown}"
      />`;
  const entitled = at(bar.entitledAt).toFixed(1);
  const value = `${countText(row.consumed)} of ${countText(row.entitled)}`;
  return markup`<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end">${shortened(label)}</text
    >${segments.map(({ kind, start, width }) => part(kind, start, width, 0))}${short === null ? nothing : part('short', short.start, short.width, 1)}<line
      class="entitled"
      x1="${entitled}"
      x2="${entitled}"
      y1="${y - 3}"
      y2="${y + barHeight + 3}"
    /><text class="axis" x="${(at(bar.end) + 7).toFixed(1)}" y="${y + 13}"
      >${value}</text
    > `;
}

/** What fits before the bars; by characters, so that no pair is torn. */
function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= 42 ? label : `${characters.slice(0, 41).join('')}…`;
}
