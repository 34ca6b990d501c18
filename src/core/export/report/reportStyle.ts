/** The report's style: light and dark by the reader's system, and paper. The document allows no other by its hash. */
export const reportStyle = `
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--muted:#57606a;--line:#d5dae0;--card:#f5f7f9;--head:#eef1f4;--accent:#0b5cad;
--active:#2f7d4f;--inactive:#d8a11a;--never:#c4531d;--other:#8d83b8;--spare:#c9d1d9;--short:#b3151f;--good:#1a6b3a;--bad:#b3151f}
@media (prefers-color-scheme:dark){:root{--page:#16191d;--text:#e4e8ec;--muted:#a3adb8;--line:#363d45;--card:#1e2329;--head:#242a31;--accent:#6cb2f5;
--active:#4fa873;--inactive:#dcaf3c;--never:#e0743f;--other:#a79cd6;--spare:#4a535d;--short:#f2636b;--good:#6fc48d;--bad:#f58087}}
*{box-sizing:border-box}
html{font:15px/1.5 "Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--page);color:var(--text)}
body{max-width:1120px;margin:0 auto;padding:32px 28px 48px}
h1,h2,h3,p,dl,dd,figure{margin:0}
header{padding-top:20px;border-top:4px solid var(--accent)}
.overline{color:var(--accent);font-size:.87rem;font-weight:650;letter-spacing:.08em;text-transform:uppercase}
h1{font-size:1.9rem;line-height:1.2;font-weight:650}
h2{margin:44px 0 6px;padding-top:14px;border-top:2px solid var(--line);font-size:1.35rem;line-height:1.3;font-weight:650}
h3{margin:26px 0 4px;font-size:1.05rem;font-weight:650}
a{color:var(--accent)}
p{max-width:82ch}
p+p{margin-top:8px}
.muted{color:var(--muted)}
dt{margin-top:8px}
.small{font-size:.87rem}
.lead{max-width:88ch;margin:24px 0 0;padding:0 0 0 1.2em;font-size:1.06rem}
p.lead{padding:0}
.lead li+li{margin-top:6px}
.actions{margin:12px 0 0;padding:0;list-style:none;counter-reset:action}
.actions li{display:grid;grid-template-columns:2.4em 1fr auto;gap:0 12px;padding:10px 0;border-bottom:1px solid var(--line);counter-increment:action}
.actions li:first-child{border-top:1px solid var(--line)}
.actions li::before{grid-row:1/3;align-self:center;content:counter(action);color:var(--accent);font-size:1.4rem;font-weight:650;text-align:center}
.actions a{color:inherit;font-weight:650;text-decoration:none}
.actions a:hover{text-decoration:underline}
.worth{font-weight:600;text-align:right;font-variant-numeric:tabular-nums}
.advice{grid-column:2/4;color:var(--muted)}
.notice{margin:16px 0 0;padding:8px 14px;border-left:4px solid var(--accent);background:var(--card)}
nav ul{display:flex;flex-wrap:wrap;gap:2px 18px;margin:16px 0 0;padding:0;list-style:none}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:12px;margin:22px 0 0}
.figure{display:flex;flex-direction:column;padding:12px 14px;border:1px solid var(--line);border-radius:8px;background:var(--card)}
.figure dt{margin:0;color:var(--muted);font-size:.87rem}
.figure dd{overflow-wrap:anywhere}
.figure .value{font-size:1.4rem;line-height:1.3;font-weight:650;font-variant-numeric:tabular-nums}
.figure .value+.value{font-size:1.15rem}
.figure .value.bad{color:var(--bad)}
.figure .value.good{color:var(--good)}
.figure .remark{color:var(--muted);font-size:.87rem}
.scroll{position:relative;overflow-x:auto;margin:12px 0 0}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;font-size:.93rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:5px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th,thead th.number{background:var(--head);font-weight:600;vertical-align:bottom;white-space:normal}
tbody th{font-weight:500}
tfoot th,tfoot td{font-weight:650;border-bottom:0;border-top:2px solid var(--line)}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.bad{color:var(--bad)}
.name{min-width:11em;overflow-wrap:anywhere}
.person{display:block;min-width:16em}
.sentence{min-width:15em}
.code{display:block;color:var(--muted);font-size:.82rem;font-weight:400;overflow-wrap:anywhere}
details{margin:6px 0 0}
summary{cursor:pointer;color:var(--accent)}
summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.sums{margin:2px 0 0;font-weight:600}
.chart{margin:14px 0 0}
.chart svg{display:block;width:100%;min-width:640px;height:auto}
.chart text{fill:var(--text);font-size:13px}
.chart .axis{fill:var(--muted);font-size:12px}
.grid{stroke:var(--line);stroke-width:1}
.s-active{fill:var(--active)}.s-inactive{fill:var(--inactive)}.s-never{fill:var(--never)}.s-other{fill:var(--other)}
.s-spare{fill:var(--spare)}.s-short{fill:url(#hatch);stroke:var(--short);stroke-width:1.5}
.hatch-ground{fill:var(--page)}.hatch-line{stroke:var(--short);stroke-width:3}
.entitled{stroke:var(--text);stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin:6px 0 0;padding:0;list-style:none;font-size:.87rem}
.legend svg{display:inline-block;width:14px;min-width:0;height:12px;margin-right:6px;vertical-align:-1px}
footer{margin-top:48px;padding-top:12px;border-top:1px solid var(--line);color:var(--muted);font-size:.87rem}
@media (forced-colors:active){.chart svg,.legend svg{forced-color-adjust:none;background:var(--page)}}
@media (max-width:620px){body{padding:18px 14px 32px}h1{font-size:1.5rem}.figures{grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px}.figure{padding:8px 10px}
.figure .value{font-size:1.15rem}.figure .value+.value{font-size:1rem}.actions li{grid-template-columns:1.6em 1fr}.worth{grid-column:2;text-align:left}.actions li::before{grid-row:1/4}.advice{grid-column:2}}
@page{margin:14mm 13mm}
@media print{
:root{--page:#fff;--text:#111;--muted:#4a4f55;--line:#c3c8ce;--card:#fff;--head:#eef0f2;--accent:#111;
--active:#2f7d4f;--inactive:#d8a11a;--never:#c4531d;--other:#8d83b8;--spare:#d3d9df;--short:#b3151f;--good:#111;--bad:#9c1018}
html{font-size:9.5pt;background:#fff}
body{max-width:none;padding:0}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav{display:none}
h2{margin-top:22pt}
h2,h3,.sums,summary{break-after:avoid}
.lead,.figure,.chart,tr,.notice,.actions li{break-inside:avoid}
header{padding-top:10pt}
.actions li{padding:4pt 0}
.actions li::before{font-size:13pt}
.figures{grid-template-columns:repeat(4,1fr);gap:6pt}
.figure{padding:6pt 8pt}
.figure .value{font-size:13pt}.figure .value+.value{font-size:11pt}
thead{display:table-header-group}tfoot{display:table-row-group}
.scroll{overflow:visible}
.chart svg{min-width:0}
table{font-size:8.5pt}
th,td{padding:2.5pt 4pt}
.name{min-width:11em}
tbody tr:nth-child(-n+3){break-before:avoid}
summary{color:var(--muted);list-style:none}summary::-webkit-details-marker{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
a{text-decoration:none}
}
`;
