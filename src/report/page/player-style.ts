// What the player needs besides the style of every page. Marks differ in shape before they differ in colour.

export const PLAYER_STYLE = `
body { max-width: 1320px; }
.player-top { position: sticky; top: 0; z-index: 2; background: var(--ground); padding: 8px 0 10px;
  border-bottom: 1px solid var(--rule); }
#strip { display: block; width: 100%; height: 104px; cursor: pointer; }
.strip-flags { position: relative; height: 46px; }
.strip-flags:empty { height: 0; }
.strip-flags button { position: absolute; font-size: 12px; padding: 0 6px; white-space: nowrap; height: 21px; }
.strip-flags .flag-parted { top: 0; border-color: var(--sell); }
.strip-flags .flag-broken { top: 23px; border-color: var(--loss); font-weight: 600; }
#scrub { width: calc(100% - 88px); margin: 2px 0 8px 88px; accent-color: var(--accent); }
.controls { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; }
.controls select { font: inherit; color: var(--ink); background: var(--panel);
  border: 1px solid var(--rule); border-radius: 6px; padding: 3px 6px; }
.controls .now { font: 600 16px/1.3 ui-monospace, monospace; margin-left: auto; }
.player-grid { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 28px; }
@media (max-width: 960px) { .player-grid { grid-template-columns: minmax(0, 1fr); } }
#sequence { width: 100%; height: auto; display: block; background: var(--panel); border-radius: 8px; }
#sequence text { fill: var(--ink); font-size: 12.5px; paint-order: stroke; stroke: var(--panel); stroke-width: 4px; }
#sequence .time { fill: var(--muted); font-size: 11.5px; font-family: ui-monospace, monospace; }
#sequence .lane { stroke: var(--rule); stroke-width: 2; }
#sequence .head { font-weight: 600; font-size: 14px; }
#sequence .wire { stroke: var(--accent); stroke-width: 1.8; fill: none; }
#sequence .wire.answer { stroke: var(--second); }
#sequence .wire.copy { stroke-dasharray: 3 3; }
#sequence .wire.late { stroke-dasharray: 9 4; }
#sequence .wire.lost { stroke: var(--loss); stroke-dasharray: 2 4; }
#sequence .cross { stroke: var(--loss); stroke-width: 2.4; }
#sequence .touched { fill: var(--loss); font-weight: 600; }
#sequence .to-come { opacity: 0.5; }
#sequence .present { fill: var(--area); stroke: var(--accent); }
#sequence .box { fill: var(--ground); stroke: var(--rule); }
#sequence .box.bad { stroke: var(--loss); stroke-width: 2; }
td.differs { padding-left: 6px; background: var(--area); font-weight: 600;
  outline: 2px solid var(--sell); outline-offset: -2px; }
.differs.explained { outline-style: dashed; font-weight: 400; }
.ladder td { padding: 1px 8px 1px 0; white-space: nowrap; font: 13px/1.5 ui-monospace, monospace; }
.ladder .bid td:nth-child(2) { color: var(--buy); } .ladder .ask td:nth-child(2) { color: var(--sell); }
.ladder .ours td { font-weight: 700; background: var(--panel); }
.ladder .depth { display: inline-block; height: 9px; background: var(--rule); vertical-align: middle; margin-left: 6px; }
.said { list-style: none; margin: 0; padding: 0; font-size: 14px; }
.said li { padding: 2px 0; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
.said .when { font: 12.5px ui-monospace, monospace; color: var(--muted); margin-right: 8px; }
.said .bad { font-weight: 600; color: var(--loss); }
.promise { border-left: 4px solid var(--loss); padding: 6px 12px; background: var(--panel); margin: 8px 0; }
.promise p { margin: 2px 0; }
kbd { font: 12px ui-monospace, monospace; border: 1px solid var(--rule); border-radius: 4px; padding: 0 5px; }
dialog { color: var(--ink); background: var(--ground); border: 1px solid var(--rule); border-radius: 8px; }
dialog::backdrop { background: #0006; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
`;
