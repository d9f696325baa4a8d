// The style sheet of every page we write. Colours: Okabe and Ito's set, told apart by people who see few of them;
// contrast of text at least 4.5 to 1 in both themes.

const LIGHT = `
  --ground: #ffffff; --panel: #f6f7f9; --ink: #16191d; --muted: #565f6b; --rule: #d9dde3;
  --accent: #0072b2; --second: #8a6d00; --buy: #0072b2; --sell: #c24e00; --loss: #b8336a; --area: #0072b21f;`;
const DARK = `
  --ground: #14171b; --panel: #1d2126; --ink: #e9ecf0; --muted: #a3adba; --rule: #343b44;
  --accent: #56b4e9; --second: #e6c229; --buy: #56b4e9; --sell: #f0883e; --loss: #e879a8; --area: #56b4e926;`;

export const PAGE_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK} } }
:root[data-theme="dark"] { color-scheme: dark; ${DARK} }
:root[data-theme="light"] { color-scheme: light; ${LIGHT} }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px 20px 64px;
  background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 40px 0 8px; }
h3 { font-size: 15px; margin: 20px 0 4px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline;
  justify-content: space-between; }
code, .digest { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.muted, small { color: var(--muted); }
.warning { border-left: 4px solid var(--sell); padding: 8px 12px; background: var(--panel); }
button { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--rule);
  border-radius: 6px; padding: 3px 10px;
  cursor: pointer; } button[aria-pressed="true"] { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--rule);
  vertical-align: top; }
th { font-weight: 600; color: var(--muted); } td.number, th.number { text-align: right; white-space: nowrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px;
  margin: 16px 0; }
.card { background: var(--panel); border-radius: 8px; padding: 10px 12px; }
.card b { display: block; font-size: 19px;
  font-variant-numeric: tabular-nums; } .card span { color: var(--muted); font-size: 13px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr));
  gap: 0 32px; }
.chart { width: 100%; min-height: 40px; } .scroll { overflow-x: auto; }
svg text { fill: var(--muted); font-size: 12px; }
.bars { max-width: 640px; font-size: 14px; } .bars th { font-weight: 400; white-space: nowrap; }
.bars th, .bars td { border: 0; padding: 2px 10px 2px 0; vertical-align: middle; }
.bars td.number { width: 1%; padding: 0; } .track { width: 60%; min-width: 60px; }
.bar { background: var(--accent); height: 12px; min-width: 1px; } .bar.fall { background: var(--sell); }
svg .grid { stroke: var(--rule); }
.curve-0 line, .curve-0 .line { stroke: var(--accent); } .curve-0 { fill: var(--accent); }
.curve-1 line, .curve-1 .line { stroke: var(--sell); } .curve-1 { fill: var(--sell); }
[class^="curve-"] .line { fill: none; stroke-width: 1.5; } .curve-1 .line { stroke-dasharray: 5 4; }
.mark-0 { color: var(--accent); } .mark-1 { color: var(--sell); }
td small { white-space: normal; } td.time { white-space: nowrap; }
@media (max-width: 600px) { body { padding: 16px 12px 48px; } table { font-size: 14px; }
  th, td { padding-right: 8px; } .bars { font-size: 13px; } }
details > summary { cursor: pointer; color: var(--muted); }
.u-legend { color: var(--muted); font-size: 13px; }
.u-legend th, .u-legend td { border: 0; padding: 0 2px; } .bars + .scroll { margin-top: 14px; }
.u-select { background: var(--area) !important; }
@media print { button { display: none; } }
`;
