import { STATUSES, type Status } from '../standing';

interface Palette {
  /** Areas of charts. */
  readonly fill: string;
  /** Text on a card or on the tint: at least 4.5:1. */
  readonly text: string;
  /** Ground of chips. */
  readonly tint: string;
}

const LIGHT: Readonly<Record<Status, Palette>> = {
  open: { fill: '#d5402b', text: '#b02a18', tint: '#fdebe8' },
  failed: { fill: '#a82d78', text: '#93216a', tint: '#fbe9f4' },
  'could-not-tell': { fill: '#7c5cd6', text: '#5f3fbe', tint: '#f0ecfc' },
  'in-progress': { fill: '#e0a02b', text: '#8a5a00', tint: '#fdf3dd' },
  closed: { fill: '#23915a', text: '#15704a', tint: '#e3f5ec' },
  suppressed: { fill: '#8492a6', text: '#4e5b6e', tint: '#edf0f4' },
  'not-failing': { fill: '#c4cedb', text: '#56657a', tint: '#f2f5f8' },
};

const DARK: Readonly<Record<Status, Palette>> = {
  open: { fill: '#f0624d', text: '#ff8d7b', tint: '#3c1c19' },
  failed: { fill: '#d455a2', text: '#f08cc8', tint: '#3a1a2f' },
  'could-not-tell': { fill: '#967af0', text: '#b8a5fa', tint: '#292146' },
  'in-progress': { fill: '#e3a83b', text: '#f0c26c', tint: '#36290f' },
  closed: { fill: '#37b274', text: '#68d29c', tint: '#12321f' },
  suppressed: { fill: '#738197', text: '#aab6c7', tint: '#262e3a' },
  'not-failing': { fill: '#465468', text: '#9dacbf', tint: '#1f2733' },
};

function variables(palettes: Readonly<Record<Status, Palette>>): string {
  return STATUSES.map((status) => {
    const { fill, text, tint } = palettes[status];
    return `--fill-${status}:${fill};--text-${status}:${text};--tint-${status}:${tint};`;
  }).join('');
}

const LIGHT_GROUND =
  '--ground:#f5f6f8;--card:#fff;--ink:#18212f;--muted:#586477;--faint:#667182;--line:#e1e5eb;--hover:#f8f9fb;--accent:#2456c7;';
const DARK_GROUND =
  '--ground:#0e131a;--card:#161d27;--ink:#e7ebf1;--muted:#a1adbd;--faint:#8592a4;--line:#2a3442;--hover:#1b2430;--accent:#86acff;';

const STATUS_CLASSES = STATUSES.map(
  (status) =>
    `.fill-${status}{fill:var(--fill-${status});background:var(--fill-${status})}` +
    `.text-${status}{color:var(--text-${status});font-weight:600}` +
    `.chip-${status}{color:var(--text-${status});background:var(--tint-${status})}` +
    `.chip-${status}::before{background:var(--fill-${status})}`,
).join('\n');

export const STYLES = `
:root{color-scheme:light dark;${LIGHT_GROUND}${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${DARK_GROUND}${variables(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,.top,footer{max-width:1240px;margin:0 auto;padding:0 28px}
.top{padding-top:36px;display:flex;gap:16px;align-items:flex-start}
.mark{flex:none;width:42px;height:42px;margin-top:3px}
.mark path{fill:none;stroke:var(--ink);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
h1{font-size:27px;line-height:1.2;letter-spacing:-.015em;font-weight:680;margin:0 0 4px}
h2{font-size:19px;letter-spacing:-.01em;font-weight:650;margin:44px 0 12px}
h3{font-size:14px;font-weight:650;margin:0 0 2px}
p{margin:0}
.meta,.lead,.about,footer{color:var(--muted)}
.meta{font-size:13.5px}
.lead{margin:-6px 0 14px;max-width:80ch}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px}
.scroll{padding:0;overflow-x:auto}
.summary{margin-top:26px}
.summary .sentence{font-size:18px;line-height:1.45;letter-spacing:-.005em;max-width:70ch;margin-bottom:18px}
.summary .bar{height:14px;margin-bottom:16px}
.bar{display:block;width:100%;height:11px}
.tiles{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:4px 8px}
.tiles a{display:block;padding:8px 10px;margin:0 -10px 0 -10px;border-radius:8px;color:inherit;text-decoration:none}
.tiles a:hover{background:var(--hover)}
.tiles .value{display:block;font-size:27px;line-height:1.15;font-weight:650;letter-spacing:-.02em}
.tiles .key{display:flex;align-items:center;gap:7px;color:var(--muted);font-size:13.5px}
.swatch{width:9px;height:9px;border-radius:3px;flex:none}
.tiles .none .value{color:var(--faint);font-weight:450}
.notice{margin-top:14px;padding-top:14px;border-top:1px solid var(--line);color:var(--muted);font-size:13.5px}
a{color:var(--accent)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(330px,1fr));gap:16px}
.figure .big{font-size:23px;font-weight:650;letter-spacing:-.02em;margin-top:6px}
.figure{display:flex;flex-direction:column}
.figure .histogram{margin-top:auto;padding-top:12px}
.figure .big.zero{font-weight:450}
.histogram{display:block;width:100%;height:auto;margin-top:8px}
.histogram text{font-size:11.5px;text-anchor:middle;fill:var(--muted)}
.histogram .count{font-weight:650;fill:var(--ink);font-size:12.5px}
.histogram .count.zero{font-weight:400;fill:var(--faint)}
.axis{stroke:var(--line)}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-weight:600}
thead th{font-size:12.5px;font-weight:550;color:var(--muted);padding:11px 12px;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:bottom}
tbody td,tbody th{padding:11px 12px;border-bottom:1px solid var(--line);vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
th:first-child,td:first-child{padding-left:22px}
th:last-child,td:last-child{padding-right:22px}
.number{text-align:right;white-space:nowrap}
thead .number{text-align:right;white-space:normal;min-width:74px}
.zero{color:var(--faint)}
.name{display:block;white-space:nowrap}
.about{display:block;font-size:12.5px;font-weight:400;line-height:1.45}
.tally .wide{width:30%;min-width:150px;vertical-align:middle}
.tally.small{margin-top:8px}
.tally.small tbody td,.tally.small tbody th{padding:6px 8px;border:0;vertical-align:middle;font-weight:500}
.tally.small th:first-child{padding-left:0;width:1%}
.tally.small td:last-child{padding-right:0;width:1%}
.of{color:var(--muted);font-weight:400}
.tally:not(.small) th:first-child{width:30%;min-width:260px}
.tally:not(.small) tbody td{vertical-align:middle}
.filters{display:flex;flex-wrap:wrap;gap:10px 12px;align-items:flex-end;margin-bottom:14px}
.filters[hidden]{display:none}
.filters label{display:grid;gap:3px;font-size:12.5px;color:var(--muted)}
.filters .search{flex:1 1 220px}
.filters input,.filters select,.filters button{font:inherit;font-size:14px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:8px;height:36px;padding:0 10px;width:100%}
.filters button{width:auto;cursor:pointer}
.filters button:hover{background:var(--hover)}
.filters output{margin-left:auto;font-size:13.5px;color:var(--muted);line-height:36px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.checks tbody tr:hover{background:var(--hover)}
.checks th button{all:unset;cursor:pointer;display:inline-flex;gap:4px;align-items:baseline}
.checks th button:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.checks th button::after{content:"↕";opacity:.35;font-size:11px}
.checks th[aria-sort=ascending] button::after{content:"↑";opacity:1}
.checks th[aria-sort=descending] button::after{content:"↓";opacity:1}
.checks th[aria-sort=ascending],.checks th[aria-sort=descending]{color:var(--ink)}
.chip{display:inline-flex;align-items:center;gap:6px;white-space:nowrap;border-radius:999px;padding:1px 10px 1px 8px;font-size:12.5px;font-weight:600;line-height:1.7}
.chip::before{content:"";width:7px;height:7px;border-radius:50%;flex:none}
.id,code{font-family:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
.time,.severity,.place,.checks td:nth-child(2){white-space:nowrap}
.severity{display:inline-block}.severity::first-letter{text-transform:uppercase}
.severity-0,.severity-1{font-weight:600}
.severity-3,.severity-4,.severity-5{color:var(--muted)}
.story{min-width:320px;max-width:520px;overflow-wrap:anywhere}
.story .about{margin-top:3px}
.rules{margin-top:4px;font-size:13px}
.rules .label{color:var(--muted);margin-right:4px}
code{background:var(--ground);border:1px solid var(--line);border-radius:5px;padding:0 5px;display:inline-block;margin:1px 2px 1px 0}
.nothing{padding:26px 22px;color:var(--muted)}
.words{display:grid;grid-template-columns:max-content 1fr;gap:8px 18px;margin:0;align-items:start}
.words dt,.words dd{margin:0}
footer{font-size:13px;padding-top:28px;padding-bottom:48px}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
${STATUS_CLASSES}
@media (max-width:640px){main,.top,footer{padding-left:16px;padding-right:16px}.words{grid-template-columns:1fr;gap:2px 0}.words dd{margin-bottom:10px}.columns{grid-template-columns:minmax(0,1fr)}.tally.small .wide{min-width:40px}}
@media print{
@page{size:A4 landscape;margin:11mm}
:root{--ground:#fff}
body{font-size:10.5px}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,.top,footer{max-width:none;padding-left:0;padding-right:0}
.top{padding-top:0}
.filters,.checks th button::after{display:none!important}
.card{border-radius:0;padding:12px 14px;break-inside:avoid}
.summary{margin-top:14px}
.summary .sentence{font-size:14px;margin-bottom:10px}
.tiles{grid-template-columns:repeat(7,1fr)}
.tiles .value{font-size:19px}
.scroll{overflow:visible;padding:0;break-inside:auto}
.columns{grid-template-columns:repeat(3,1fr);gap:10px}
thead{display:table-header-group}
tr,.columns>*{break-inside:avoid}
h2{font-size:15px;break-after:avoid;margin:18px 0 8px}
table,thead th,.about,.chip,.rules,.meta,.lead,.notice,.tiles .key,footer{font-size:9.5px}
tbody td,tbody th,thead th{padding:4px 6px}
th:first-child,td:first-child{padding-left:10px}
.tally:not(.small) th:first-child,.tally .wide,.story,thead .number{min-width:0}
.tally:not(.small) .about{display:inline}
.story{max-width:none;width:40%}
}
`;
