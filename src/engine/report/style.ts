import { createHash } from 'node:crypto';

/** Of the report: light and dark as the reader's system is, light on paper. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #ffffff; --panel: #f5f7fa; --line: #d6dde6; --text: #16202c; --quiet: #55647a;
  --critical: #b3243a; --high: #b34a0c; --medium: #7d6000; --low: #1c5f9c; --info: #4a5a70;
  --f0: #3f6fd8; --f1: #12907c; --f2: #7d4fd0; --f3: #4d8a1f; --f4: #b8468f; --f5: #b07a00; --f6: #7d8aa0; --gap: #9aa7b8; }
@media screen and (prefers-color-scheme: dark) {
  :root { --bg: #0f141b; --panel: #161d27; --line: #2a3645; --text: #e6ecf4; --quiet: #9dabbd;
    --critical: #f77f8e; --high: #f48b4a; --medium: #e6c34a; --low: #5cabe8; --info: #a9b6c8;
    --f0: #7aa2f7; --f1: #4fd6be; --f2: #c3a6ff; --f3: #82c46b; --f4: #e58fc4; --f5: #f5b942; --f6: #8593a7; --gap: #5a6779; }
}
* { box-sizing: border-box; }
body { max-width: 1080px; margin: 0 auto; padding: 32px 24px 48px; background: var(--bg); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 17px; }
h3 { margin: 0; font-size: 15px; }
p { margin: 4px 0; }
.quiet { color: var(--quiet); }
.mono, td, dd { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; unicode-bidi: isolate; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; align-content: start; margin: 8px 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 10px; margin: 16px 0; padding: 0; list-style: none; }
.tiles li { padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.tiles b { display: block; font-size: 20px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 8px 32px; align-items: start; }
.tables > section { min-width: 0; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
th.number, td.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
article { margin: 12px 0; padding: 12px 16px; border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; background: var(--panel); }
article.critical { border-left-color: var(--critical); }
article.high { border-left-color: var(--high); }
article.medium { border-left-color: var(--medium); }
article.low { border-left-color: var(--low); }
article.info { border-left-color: var(--info); }
.severity { font-weight: 600; }
.severity.critical { color: var(--critical); }
.severity.high { color: var(--high); }
.severity.medium { color: var(--medium); }
.severity.low { color: var(--low); }
.severity.info { color: var(--info); }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 0 32px; }
.chart { width: 100%; height: auto; }
.chart text { fill: var(--quiet); font-size: 11px; }
.chart .axis { stroke: var(--line); }
.chart .gap { fill: var(--gap); fill-opacity: 0.35; }
.f0 { fill: var(--f0); } .f1 { fill: var(--f1); } .f2 { fill: var(--f2); } .f3 { fill: var(--f3); }
.f4 { fill: var(--f4); } .f5 { fill: var(--f5); } .f6 { fill: var(--f6); }
.chart .critical { fill: var(--critical); } .chart .high { fill: var(--high); } .chart .medium { fill: var(--medium); }
.chart .low { fill: var(--low); } .chart .info { fill: var(--info); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 4px 0; padding: 0; list-style: none; color: var(--quiet); font-size: 12px; }
.legend svg { width: 10px; height: 10px; margin-right: 5px; }
footer { margin-top: 40px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 12px; }
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  article, tr, .tiles li, .chart { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  table { font-size: 10px; }
  .tables { grid-template-columns: 1fr 1fr; }
}
`;

/** Lets the page have this one style and nothing else: no script, no picture, no request, whatever text got into it. */
export const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
