#include "scenarios/report/html_style.hpp"

#include <array>
#include <openssl/evp.h>

#include "engine/base/check.hpp"

namespace peerscape::report {

// Ink on paper, one accent, and every state told by a word or a shape besides its colour. All text has a
// contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3), by day and by night. Paper is always white.
const std::string_view kStyle = R"css(
:root { color-scheme: light; --paper: #fff; --ink: #1c2733; --soft: #51606e; --line: #d5dbe1; --pale: #f4f6f8;
  --accent: #1f5a96; --accent-pale: #dbe8f5; --good: #17693b; --good-pale: #e6f3ea;
  --bad: #a3231b; --bad-pale: #fbeae8; --warn: #7a4b00; --warn-pale: #fcf2dd;
  --wire: #465563; --router: #1f4e80; --on-router: #fff; --box: #f7f9fb; --box-line: #a9b5c0; --grid: #e3e8ec; --axis: #7b8794; }
@media screen and (prefers-color-scheme: dark) {
:root { color-scheme: dark; --paper: #12181f; --ink: #e7ecf1; --soft: #a9b6c3; --line: #35424f; --pale: #1c252e;
  --accent: #86bdf3; --accent-pale: #1d3b59; --good: #7ddaa9; --good-pale: #11301f;
  --bad: #ff9f96; --bad-pale: #3d1815; --warn: #f2c568; --warn-pale: #392b0d;
  --wire: #93a4b4; --router: #bcdcfa; --on-router: #0d2033; --box: #182028; --box-line: #566676; --grid: #27313b; --axis: #6d7b89; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 "Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif; }
main, header, footer { max-width: 64rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.75rem; }
footer { padding-top: 1.5rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
footer div { border-top: 1px solid var(--line); padding-top: 1rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 2.125rem; letter-spacing: -.015em; margin: .25rem 0 1rem; }
h2 { font-size: 1.375rem; margin: 3rem 0 .9rem; padding-bottom: .35rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.125rem; margin: 2.25rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p, ul, ol { margin: .5rem 0 .75rem; max-width: 46rem; }
a { color: var(--accent); }
code, pre, .mono { font-family: "JetBrains Mono", "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: .875em; }
code { background: var(--pale); padding: .1em .3em; border-radius: 3px; }
pre { background: var(--pale); padding: .75rem 1rem; overflow-x: auto; border-radius: 6px; }
pre code { padding: 0; background: none; }
.kicker { color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; margin: 0; }
.verdict { display: flex; gap: .75rem; align-items: baseline; padding: .75rem 1rem; border-radius: 8px; border: 1px solid; font-weight: 600; max-width: none; }
.verdict .sign { font-size: 1.25rem; line-height: 1; }
.passed { color: var(--good); background: var(--good-pale); border-color: var(--good); }
.failed { color: var(--bad); background: var(--bad-pale); border-color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 1px; margin: 1.25rem 0 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.facts div { flex: 1 1 auto; background: var(--paper); padding: .6rem .9rem; }
.facts dt { color: var(--soft); font-size: .8125rem; }
.facts .mono { font-size: .8rem; white-space: nowrap; letter-spacing: -.01em; }
.facts dd { margin: 0; white-space: nowrap; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0; max-width: none; font-size: .9063rem; }
.scroll { overflow-x: auto; margin: 1rem 0 1.5rem; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
table { border-collapse: collapse; width: 100%; font-size: .9063rem; font-variant-numeric: tabular-nums; }
table.narrow { width: auto; min-width: min(100%, 30rem); }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
thead th { vertical-align: bottom; border-bottom: 1.5px solid var(--ink); font-size: .8438rem; line-height: 1.3; overflow-wrap: normal; }
tbody th { font-weight: 600; }
tbody th { min-width: 6.5rem; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.unit { display: block; font-weight: 400; color: var(--soft); }
.sub { display: block; color: var(--soft); font-size: .8438rem; font-weight: 400; }
.nowrap { white-space: nowrap; }
.badge { display: inline-block; white-space: nowrap; font-size: .8125rem; font-weight: 600; line-height: 1.4; padding: .05rem .5rem; border-radius: 99px; border: 1px solid; }
.badge.pass { color: var(--good); background: var(--good-pale); }
.badge.fail { color: var(--bad); background: var(--bad-pale); border-width: 2px; }
.badge.warning, .badge.inconclusive { color: var(--warn); background: var(--warn-pale); border-style: dashed; }
.badge.skipped { color: var(--soft); background: var(--paper); border-style: dotted; }
.step { border-top: 1px solid var(--line); margin-top: 2rem; }
.step:first-of-type { border-top: 0; margin-top: 0; }
.step-head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; margin-top: 1.5rem; }
.step-head h3 { margin: 0; }
.lead { margin-top: .35rem; }
.actions { list-style: none; padding: 0; font-size: .9063rem; max-width: none; }
.actions li { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; padding: .1rem 0; }
.actions .when { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.side { display: flex; flex-wrap: wrap; column-gap: 3rem; }
.side > * { min-width: min(100%, 22rem); }
.side table.narrow { min-width: 100%; }
.note { color: var(--soft); font-size: .9063rem; }
figure { margin: 1rem 0 1.5rem; }
figcaption { color: var(--soft); font-size: .875rem; margin-top: .5rem; max-width: 46rem; }
svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.picture { overflow-x: auto; }
.picture svg { max-width: max(100%, 44rem); }
.picture svg { margin: 0; }
.picture .topology, .picture .network { margin: 0 auto; }
.picture .topology { max-width: max(100%, 34rem); max-height: 40rem; }
.picture:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
svg text { font-family: inherit; fill: var(--ink); }
.link { stroke: var(--wire); stroke-width: 2; fill: none; }
.link.down { stroke: var(--bad); stroke-dasharray: 7 5; }
.link.stub { stroke-width: 1.5; }
.bar { stroke: var(--wire); stroke-width: 4; stroke-linecap: round; }
.cross { stroke: var(--bad); stroke-width: 3; fill: none; stroke-linecap: round; }
.router { fill: var(--router); stroke: var(--paper); stroke-width: 3; }
.host { fill: var(--paper); stroke: var(--router); stroke-width: 2; }
svg .name { font-size: 15px; font-weight: 700; fill: var(--on-router); }
svg .medium { font-size: 13px; }
svg .small { font-size: 11px; }
svg .host-name { fill: var(--ink); }
.hub { fill: var(--paper); stroke: var(--wire); stroke-width: 2; }
svg .label, svg .detail, svg .group-title { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg .label { font-size: 12px; font-weight: 600; }
svg .in-box { stroke: none; }
svg .detail { font-size: 10.5px; fill: var(--soft); }
.group { fill: var(--box); stroke: var(--box-line); stroke-width: 1.2; stroke-dasharray: 3 3; }
svg .group-title { font-size: 12px; fill: var(--soft); font-weight: 600; }
.grid { stroke: var(--grid); stroke-width: 1; }
.axis { stroke: var(--axis); stroke-width: 1; }
svg .tick { font-size: 12px; fill: var(--soft); }
svg .axis-title { font-size: 12.5px; fill: var(--soft); }
svg .panel-title { font-size: 13px; font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
.label-back { fill: var(--paper); fill-opacity: .88; }
svg .row-name { font-size: 13px; font-weight: 600; }
svg .row-figure { font-size: 12px; fill: var(--soft); }
.interval { stroke: var(--accent); stroke-width: 2; }
.change { fill: var(--accent); }
.last { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.messages { fill: var(--accent); }
.reachable { fill: var(--accent-pale); stroke: var(--accent); stroke-width: 1.5; }
.all-pairs { fill: none; stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 2 3; }
.converging { fill: var(--accent); fill-opacity: .3; stroke: var(--accent); stroke-width: 1.5; }
.episode { fill: var(--paper); stroke: var(--bad); stroke-width: 2; }
.step-line { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 5 4; }
.step-mark { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
svg .step-number { font-size: 12px; font-weight: 700; }
.hub.down { stroke: var(--bad); stroke-dasharray: 7 5; }
@media screen and (max-width: 44rem) {
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.625rem; }
  table:not(.narrow) { min-width: 44rem; }
  caption { max-width: calc(100vw - 2rem); }
  .actions li { grid-template-columns: 7.5rem 1fr; }
}
@media print {
  @page { size: A4; margin: 16mm 15mm; }
  :root { --soft: #3d4a56; }
  html { font-size: 10pt; }
  body { font-size: 1rem; line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, header, footer { max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; margin-top: 2rem; }
  h1, h2, h3, h4, caption, .step-head { break-after: avoid; }
  tr, th, td, figure, .keep, .facts, .verdict, li { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: .85rem; }
  thead th, .sub, .badge { font-size: .8rem; }
  th, td { padding-right: .6rem; }
  nav { display: none; }
  .scroll, .picture { overflow: visible; }
  svg { max-height: 12.5cm; }
  .picture svg { max-width: 100%; }
  .picture .topology { max-height: 9.5cm; }
  a { color: inherit; }
}
)css";

std::string hashOfStyle() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    PEERSCAPE_CHECK(EVP_Digest(kStyle.data(), kStyle.size(), digest.data(), &length, EVP_sha256(), nullptr) ==
                    1);
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};  // four letters for three bytes, and a zero
    const int letters = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(length));
    return "sha256-" + std::string(base64.begin(), base64.begin() + letters);
}

}  // namespace peerscape::report
