import type { Brand } from './brand.ts'

/** The style sheet of the page: colours are variables, so that a shop changes three of them. */
export function styleOf({ accent, ground, ink }: Pick<Brand, 'accent' | 'ground' | 'ink'>): string {
  return `:root{--accent:${accent};--ground:${ground};--ink:${ink}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:42rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;gap:1rem;align-items:center;justify-content:space-between;flex-wrap:wrap}
header img{max-height:3rem;max-width:12rem}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0;color:var(--accent)}
h2{font-size:1.125rem;margin:1.75rem 0 .25rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.when{font-size:1.25rem;font-weight:600;margin:.25rem 0}
.notice{border:2px solid var(--accent);border-radius:.5rem;padding:.5rem .75rem;margin:1rem 0}
ol.steps{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:1rem 0}
ol.steps li{flex:1 1 7rem;border-top:.35rem dotted var(--accent);padding-top:.25rem}
ol.steps li.done{border-top-style:solid}
ol.steps li[aria-current]{font-weight:700}
ol.news,ul.parcels{list-style:none;padding:0;margin:0}
ol.news li,ul.parcels li{border-left:.2rem solid var(--accent);padding:.1rem 0 .6rem .75rem}
ol.news time{display:block}
summary,button,select,input{font:inherit;min-height:2.75rem}
summary{display:flex;align-items:center;cursor:pointer;color:var(--accent);text-decoration:underline}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input{width:100%;max-width:24rem;padding:.25rem .5rem;border:1px solid var(--ink);border-radius:.25rem;background:var(--ground);color:var(--ink)}
button{padding:.25rem 1rem;margin-top:.75rem;border:2px solid var(--accent);border-radius:.25rem;background:var(--accent);color:var(--ground);cursor:pointer}
nav ul{display:flex;flex-wrap:wrap;gap:0 .25rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.5rem;min-width:2.75rem}
@media print{form,nav,.actions,summary{display:none}details::details-content{content-visibility:visible}}
`
}
