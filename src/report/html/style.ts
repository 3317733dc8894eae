import { DENSITY_RAMP, inkOn, LEVEL_RAMP, type Ramp, rampVariables, SPEED_RAMP } from './palette.ts';

const ramps = (page: keyof Ramp): string =>
  [
    rampVariables('d', DENSITY_RAMP[page]),
    rampVariables('s', SPEED_RAMP[page]),
    rampVariables('l', LEVEL_RAMP[page]),
    rampVariables('li', LEVEL_RAMP[page].map(inkOn)),
  ].join('');

const LIGHT = `
  --paper:#fbfaf7; --ink:#1b2126; --quiet:#5a636b; --rule:#d9d6cf; --soft:#efede7; --faint:#e6e3dc;
  --accent:#0a5675; --band:#b9d3dd; --second:#a4480f; --mark:#1b2126;
  --warn-ground:#fdf3d8; --warn-rule:#b07a00; --stop-ground:#fbe5df; --stop-rule:#b3341a;
  --hatch-ground:#f1efea; --hatch-line:#b9b5ab; --nobody:#fffefb; --halo:#fbfaf7; --zone:#1b2126; --gate:#a4480f;
  --outside:#e9e6df; --wall:#1b2126;
  ${ramps('onLight')}`;

const DARK = `
  --paper:#14181b; --ink:#e8e6e1; --quiet:#a3abb2; --rule:#343b41; --soft:#1d2327; --faint:#2a3136;
  --accent:#7cc4e2; --band:#2c5567; --second:#f2a274; --mark:#e8e6e1;
  --warn-ground:#332a12; --warn-rule:#d9a83a; --stop-ground:#3a1d16; --stop-rule:#f08468;
  --hatch-ground:#1b2024; --hatch-line:#4d565d; --nobody:#0d1012; --halo:#14181b; --zone:#e8e6e1; --gate:#f2a274;
  --outside:#20262a; --wall:#e8e6e1;
  ${ramps('onDark')}`;

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
main,footer{max-width:1136px;margin:0 auto;padding:0 20px}
a{color:var(--accent)}
h1,h2,.lede,.big{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L","Book Antiqua",Georgia,"DejaVu Serif",serif;font-weight:600}
h1{font-size:clamp(30px,5vw,50px);line-height:1.08;letter-spacing:-.01em;margin:4px 0 18px;overflow-wrap:anywhere}
h2{font-size:24px;line-height:1.2;margin:0 0 8px}
h3{font-size:15px;margin:30px 0 8px}
p{margin:0 0 12px;max-width:44em}
code{font:0.9em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
header{padding-top:40px}
.kind{font-size:13px;letter-spacing:.08em;text-transform:uppercase;color:var(--quiet);margin:0}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0 0 22px;font-size:15px}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}
.hash{overflow-wrap:anywhere;font-size:.9em}
.banner{border-left:5px solid;padding:12px 16px;margin:0 0 14px;font-size:16px;max-width:52em}
.banner.care{background:var(--warn-ground);border-color:var(--warn-rule)}
.banner.stop{background:var(--stop-ground);border-color:var(--stop-rule)}
.lede{font-weight:400;font-size:clamp(20px,2.5vw,27px);line-height:1.4;max-width:34em;margin:26px 0 28px;text-wrap:pretty}
.lede b{font-weight:600}
.footnote{font-size:14px;line-height:1.5;color:var(--quiet);margin:12px 0 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));margin:0;border-top:2px solid var(--ink);border-bottom:1px solid var(--rule)}
.tile{padding:12px 18px 14px 0}
.tile dt{font-size:14px;color:var(--quiet)}
.tile dd{margin:0}
.tile .value{margin:2px 0 5px;min-height:64px}
.tile .value>.unknown{margin:9px 0}
.tile .note{font-size:14px;line-height:1.4}
.big{font-size:clamp(24px,2.7vw,30px);line-height:1.3}
.error{font-size:.6em;white-space:nowrap}
.unit{font-size:15px;display:block;line-height:1.2}
section{margin-top:56px;border-top:1px solid var(--rule);padding-top:18px}
.about p{font-size:15px;color:var(--quiet)}
.contents>:first-child{margin-top:0}
footer{margin:64px auto 40px;padding-top:16px;font-size:14px;color:var(--quiet)}
@media (min-width:1100px){
  section{display:grid;grid-template-columns:248px minmax(0,1fr);gap:0 48px}
  .about{padding-right:8px}
}`;

const UNKNOWN = `
.unknown{display:inline-block;font:600 13px/1.4 system-ui,sans-serif;color:var(--ink);padding:1px 7px;border:1px dashed var(--quiet);border-radius:3px;white-space:nowrap;background:repeating-linear-gradient(135deg,var(--hatch-ground) 0 4px,var(--faint) 4px 6px)}
.why{color:var(--quiet)}
.missing{font-size:15px}
.lede .unknown{font-size:.8em}
.lede .why{font-size:.85em}`;

const TABLES = `
.scroll{overflow-x:auto;margin:24px 0 8px}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4}
caption{text-align:left;font-weight:600;font-size:15px;padding:0 0 6px}
th,td{padding:6px 14px 6px 0;vertical-align:baseline;border-bottom:1px solid var(--rule)}
thead th{font-weight:400;color:var(--quiet);vertical-align:bottom;border-bottom:1px solid var(--ink)}
tbody th{font-weight:600;white-space:nowrap}
th.words,td.words{text-align:left}
th.figures,td.figures{text-align:right}
td.figures{white-space:nowrap}
th.figures{min-width:4.6em}
tr>:last-child{padding-right:0}
.figures+.words{padding-left:14px}
.health::before{content:"●";margin-right:5px;color:var(--accent)}
.health.degraded::before{content:"▲";color:var(--warn-rule)}
.health.unknown::before{content:"✕";color:var(--stop-rule)}
.health{white-space:nowrap}
.health.unknown{border:0;background:none;padding:0;font:inherit}
details{margin:10px 0 0;font-size:15px}
summary{cursor:pointer;color:var(--accent);width:max-content}
summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
details .scroll{margin-top:10px}
dl.doubts,dl.method{display:grid;grid-template-columns:minmax(120px,190px) 1fr;gap:10px 20px;margin:0;font-size:15px}
dl.doubts dt,dl.method dt{font-weight:600}
dl.doubts dt::first-letter{text-transform:uppercase}
dl.doubts dd,dl.method dd{margin:0;max-width:40em;overflow-wrap:anywhere}
.gate-bars th,.gate-bars td{padding-right:0}
.gate-bars th[scope=row]{padding-right:14px;width:1%}
.gate-bars .figures{padding-left:14px;width:1%;white-space:nowrap}
.gate-bars thead th{text-align:left}
.gate-bars thead .out,.gate-bars thead .figures{text-align:right}
.gate-bars thead .out{padding-right:10px}
.gate-bars thead .in{padding-left:10px}
.bar-row{display:flex;align-items:center;gap:7px;height:22px}
.bar-row.out{flex-direction:row-reverse}
.bar-row.in{border-left:1px solid var(--ink)}
.bar-fill{height:16px;flex:none;width:calc((100% - 4.4em)*var(--share))}
.bar-row.in .bar-fill{background:var(--accent)}
.bar-row.out .bar-fill{background:var(--second)}
.gate-bars td{padding-top:0;padding-bottom:0;vertical-align:middle}
.gate-bars th[scope=row]{vertical-align:middle;text-align:left}
@media (max-width:560px){dl.doubts,dl.method{grid-template-columns:1fr;gap:0}dl.doubts dd,dl.method dd{margin-bottom:12px}}`;

const CHARTS = `
figure{margin:0 0 14px;position:relative}
figure+figure:not(.panel),details+figure{margin-top:28px}
figcaption{font-weight:600;font-size:15px;margin:0 0 8px}
.panel{margin:14px 0 0}
.panel figure+figure:not(.panel),details+figure{margin-top:28px}
figcaption{font-weight:400;font-size:14px;margin:0}
.chart svg{display:block;width:100%;height:auto;overflow:visible}
.chart svg.narrow{display:none;max-width:470px}
svg text{font-size:12.5px;fill:var(--ink);font-family:system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
svg .tick{fill:var(--quiet);font-size:12px}
svg .axis-title{font-size:12.5px;fill:var(--quiet)}
svg .note{font-size:12.5px}
svg .halo{paint-order:stroke;stroke:var(--halo);stroke-width:5px;stroke-linejoin:round}
.grid{stroke:var(--rule);stroke-width:1}
.axis{stroke:var(--ink);stroke-width:1}
.band{fill:var(--band)}
.curve{fill:none;stroke:var(--accent);stroke-width:1.6;stroke-linejoin:round}
.mean{stroke:var(--ink);stroke-width:1;stroke-dasharray:5 4}
.peak{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
.bar{fill:var(--accent)}
.line-case{stroke:var(--halo);stroke-width:4.5;stroke-opacity:.85}
.mean-line{stroke:var(--ink);stroke-width:1.6}
.median-line{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:3 3}
.hatch-ground{fill:var(--hatch-ground)}
.hatch-line{stroke:var(--hatch-line);stroke-width:1.6}
.cell{shape-rendering:crispEdges}
.cell.d0{fill:var(--nobody)}
${['d', 's'].flatMap((name) => [1, 2, 3, 4, 5, 6, 7].map((step) => `.cell.${name}${step}{fill:var(--${name}${step})}.swatch.${name}${step}{background:var(--${name}${step})}`)).join('')}
${[1, 2, 3, 4, 5, 6].map((step) => `.level-block.l${step}{fill:var(--l${step})}svg .level-letter.l${step}{fill:var(--li${step})}.level-chip.l${step}{background:var(--l${step});color:var(--li${step})}`).join('')}
.level-block{shape-rendering:crispEdges}
svg .level-letter{font-weight:600;font-size:13px}
.level-chip{display:inline-block;min-width:1.55em;padding:0 .3em;border-radius:3px;font-weight:600;text-align:center;box-shadow:inset 0 0 0 1px color-mix(in srgb,var(--ink) 18%,transparent)}
.level-shares{display:inline-flex;flex-wrap:wrap;gap:2px 12px;margin-left:10px}
.level-share{white-space:nowrap}
.level-legend{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:5px 18px;margin:20px 0 0;padding:0;font-size:14px}
.level-legend li{padding-left:2.2em;text-indent:-2.2em}
.level-legend .level-chip{text-indent:0;margin-right:.3em}
.outside{fill:var(--outside)}
.wall{fill:none;stroke:var(--wall);stroke-width:2.4;stroke-linejoin:round}
.published{fill:none;stroke:var(--second);stroke-width:1.8;stroke-dasharray:6 4}
svg .published-name{fill:var(--second)}
.dot{fill:none;stroke:var(--accent);stroke-width:4.4;stroke-linecap:round}
.dot.few{stroke-opacity:.42}.dot.some{stroke-opacity:.68}.dot.many{stroke-opacity:1}
.visible{fill:none;stroke:var(--quiet);stroke-width:1.2;stroke-dasharray:2 3}
.metre{fill:none;stroke:var(--ink);stroke-opacity:.13;stroke-width:1}
.edge{fill:none;stroke:var(--rule)}
.picture{fill:var(--soft);stroke:var(--quiet)}
.zone{fill:none;stroke:var(--zone);stroke-width:1.6;stroke-linejoin:round}
svg .zone-name,svg .gate-name{font-weight:600}
svg .gate-name{fill:var(--gate)}
svg .gate-count{font-size:12px}
.case{fill:none;stroke:var(--halo);stroke-width:4.5;stroke-opacity:.75;stroke-linejoin:round}
.gate{stroke:var(--gate);stroke-width:3;fill:none}
.gate-end{fill:var(--gate)}
.gate-arrow{stroke:var(--gate);stroke-width:1.8;fill:none;stroke-linecap:round;stroke-linejoin:round}
.scale-ground{fill:var(--halo);fill-opacity:.86}
.scale-bar{fill:none;stroke:var(--ink);stroke-width:1.5}
.cursor{fill:var(--ink);fill-opacity:.25;pointer-events:none}
.read-out{position:absolute;top:0;right:0;margin:0;padding-left:8px;font-size:14px;background:var(--paper)}
.legend{margin-top:10px;font-size:13px}
.legend-title{color:var(--quiet);margin:0 0 5px;font-size:14px}
.legend ul{list-style:none;display:flex;flex-wrap:wrap;row-gap:6px;margin:0;padding:0}
.legend li{position:relative;flex:none;width:min(50px,8.6vw);line-height:1.5;white-space:nowrap}
.legend li.apart{width:auto;min-width:min(50px,8.6vw);margin-right:14px}
.legend li:nth-last-child(2){margin-right:28px}
.legend li.apart.last{margin:0}
.legend .swatch{display:block;width:100%}
.legend li:not(.apart){padding-bottom:1.5em}
@media (min-width:601px),print{.pair figure+figure:not(.panel){margin-top:0}.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 28px}.pair .legend li:not(.apart){width:36px}}
.legend .limit{position:absolute;right:0;transform:translateX(50%)}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.swatch{height:14px;border:1px solid var(--rule)}
.swatch.d0{background:var(--nobody)}
.swatch.hatched{background:repeating-linear-gradient(135deg,var(--hatch-ground) 0 4px,var(--hatch-line) 4px 5.6px)}
@media screen and (max-width:600px){.legend li.apart{margin-right:10px}.legend{margin-bottom:26px}.level-shares{display:flex;margin:2px 0 4px}.chart svg.wide{display:none}.chart svg.narrow{display:block}}`;

const PRINT = `
@page{size:A4;margin:16mm 15mm}
@media print{
  *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
  body{font-size:10.5pt;background:none}
  main,footer{padding:0;max-width:none}
  header{padding-top:0}
  h1{font-size:28pt}
  h2{font-size:15pt}
  .lede{font-size:14pt;margin:16px 0 18px}
  section{display:block;margin-top:26px;break-inside:auto}
  .about{break-after:avoid;break-inside:avoid}
  .tiles{grid-template-columns:repeat(auto-fit,minmax(118px,1fr))}
  .big{font-size:16pt}
  .tile{padding-right:8px}
  figure,tr,.tile,.banner,dl.doubts dd,dl.method dd{break-inside:avoid}
  h2,h3,figcaption,caption{break-after:avoid}
  .scroll{overflow:visible}
  .read-out,details{display:none}
  thead{display:table-header-group}
}`;

/** The page's style sheet: light and dark, 380 to 1,600 px and more, and paper. */
export const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
${PAGE}${UNKNOWN}${TABLES}${CHARTS}${PRINT}
`;
