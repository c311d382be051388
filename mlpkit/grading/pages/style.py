"""The style of the pages: light and dark as the reader's system, readable on a telephone and on paper."""

STYLE = """
:root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--page:#fff;--card:#f6f8fa;--line:#d0d7de;
--link:#0b57d0;--good:#116329;--bad:#a40e26;--warn:#7a4d00;--is:#3a6ea5;--of:#d9e2ec}
@media screen and (prefers-color-scheme:dark){:root{--text:#e6e8eb;--soft:#a8b1bc;--page:#14171b;
--card:#1d2228;
--line:#3a424c;--link:#8ab4f8;--good:#6fce8b;--bad:#ff9d9d;--warn:#f0c061;--is:#6ea8e6;--of:#2c343d}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{max-width:58rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.1em 0 .3em}
h2{font-size:1.2rem;line-height:1.3;margin:2.2em 0 .5em}
h3{font-size:1rem;margin:0}
p{margin:.45em 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.soft{color:var(--soft)}
.small{font-size:.9rem}
.total{font-size:1.15rem;margin:.6em 0 .2em}
.total strong{font-size:1.9rem;line-height:1}
.card,.notice{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;
margin:1rem 0}
.card{border-left:6px solid var(--warn)}
.card.passed{border-left-color:var(--good)}
.notice{border-left:6px solid var(--link)}
.card h2{margin:0;display:flex;flex-wrap:wrap;gap:.1em .8em;justify-content:space-between}
.card h2 .state{font-weight:400;font-size:1rem}
code,pre,.code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.92em}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--page);border:1px solid var(--line);
border-radius:6px;padding:.6em .8em;margin:.3em 0 .6em;unicode-bidi:plaintext;max-height:none}
table{border-collapse:collapse;width:100%;margin:.5em 0}
th,td{text-align:left;vertical-align:top;padding:.35em .9em .35em 0;border-bottom:1px solid var(--line)}
tr>:last-child{padding-right:0}
tbody tr:last-child>*{border-bottom:0}
th{font-weight:600}
tbody th{font-weight:400}
thead th{font-size:.88rem;color:var(--soft);overflow-wrap:normal}
th code{overflow-wrap:normal}
.number{text-align:right;white-space:nowrap;overflow-wrap:normal;font-variant-numeric:tabular-nums}
.good{color:var(--good)}
.bad{color:var(--bad)}
.mark{font-weight:700}
.found{display:block;padding-left:1.35em;color:var(--soft);font-size:.92rem}
.wide{overflow-x:auto}
.wide table{min-width:40rem}
.bar{display:block;width:100%;height:.45rem;border-radius:3px;overflow:hidden}
.bar .of{fill:var(--of)}
.is{fill:var(--is)}
.base{fill:var(--soft)}
.histogram{display:block;max-width:100%}
.chart{display:inline-block}
td>.chart{padding-left:.6rem}
.ends{display:flex;justify-content:space-between;font-size:.75rem;color:var(--soft);line-height:1.2}
.figures{display:flex;flex-wrap:wrap;gap:.3rem 2.2rem;margin:.8em 0;padding:0;list-style:none}
.figures strong{display:block;font-size:1.5rem;line-height:1.2}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.6em 0}
ol.ranked{list-style:none;margin:0;padding:0}
ol.ranked>li{display:grid;grid-template-columns:8.5rem 1fr;gap:.2rem 1.2rem;padding:.85rem 0;
border-bottom:1px solid var(--line)}
ol.ranked>li:last-child{border-bottom:0}
.count strong{font-size:1.25rem}
details{margin:.35em 0}
summary{cursor:pointer;color:var(--link)}
ul.names{display:flex;flex-wrap:wrap;gap:.1rem .9rem;list-style:none;padding:0;margin:.3em 0;
max-height:16rem;overflow-y:auto}
ul.plain{padding-left:1.2em;margin:.4em 0}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:34rem){main{padding-top:1rem}ol.ranked>li{grid-template-columns:1fr}
.card,.notice{padding:.7rem .75rem}}
@media print{:root{color-scheme:light;font-size:10pt;--card:#fff;--text:#000;--soft:#333;--line:#999}
main{max-width:none;padding:0}.card,ol.ranked>li,tr{break-inside:avoid}h2{break-after:avoid}
nav{display:none}.wide{overflow:visible}ul.names{max-height:none}}
"""
