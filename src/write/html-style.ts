/**
 * The style sheet of the HTML report and the policy under which a browser may show the page: this style
 * sheet by its hash, and nothing else, so that even a mistake in escaping could run nothing.
 */
import { createHash } from 'node:crypto'

/** Confidence is told by line and weight as well as by colour. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: #1d1d1f; --page: #fcfcfa; --soft: #5c5c63; --line: #d8d8d2;
  --strong: #ffd9b8; --middle: #fff0c2; --weak: #eef0f4; --edge: #a34700; --spun: #a3260a; --clean: #1b6b3a;
  --doubtful: #7a5200 }
@media (prefers-color-scheme: dark) { :root { --text: #e8e6e1; --page: #17181b; --soft: #a5a5ad; --line: #3a3b40;
  --strong: #6b3410; --middle: #4f4210; --weak: #2b2e36; --edge: #ffb27a; --spun: #ff9b82; --clean: #7fd6a0;
  --doubtful: #f0c46a } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; color: var(--text); background: var(--page);
  font: 1.05rem/1.6 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere }
h1, h2, .meta, .places, footer { font-family: system-ui, sans-serif }
h1 { font-size: 1.2rem } h2 { font-size: 1.4rem; margin: 0 } h3 { font-size: 1.15rem; margin: 1.2em 0 .4em }
.meta, footer { color: var(--soft); font-size: .9rem }
section { border-top: 1px solid var(--line); padding-top: 1.2rem; margin-top: 1.6rem }
.verdict { font-size: 1rem } .spun strong { color: var(--spun) } .clean strong { color: var(--clean) }
.doubtful strong { color: var(--doubtful) }
.columns { display: grid; gap: 2rem } @media (min-width: 60rem) { .columns { grid-template-columns: 3fr 2fr } }
.aside { color: var(--soft) } pre { white-space: pre-wrap; font-size: .85rem }
mark { color: inherit; padding: .05em .1em; border-radius: 2px } mark a { color: inherit; text-decoration: none }
mark.strong { background: var(--strong); border-bottom: 2px solid var(--edge); font-weight: 600 }
mark.middle { background: var(--middle); border-bottom: 2px dashed var(--edge) }
mark.weak { background: var(--weak); border-bottom: 1px dotted var(--edge) }
mark:target, li:target { outline: 2px solid var(--edge); outline-offset: 2px }
a:focus-visible { outline: 2px solid var(--edge) }
.places { font-size: .9rem; line-height: 1.45; padding-left: 2.4rem; margin: 0; align-self: start }
.places > li { margin-bottom: .9rem } .places a { color: inherit } .reason { color: var(--soft) }
.places ul { margin: .1rem 0; padding: 0; list-style: none; font-weight: 600 } .places ul li { display: inline }
.places ul li + li::before { content: ' \\b7  ' }
@media (min-width: 60rem) { .places { position: sticky; top: 1rem; max-height: 96vh; overflow: auto } }
@media print { body { max-width: none } .columns { display: block } .places { position: static; max-height: none } }
`

/** For the page itself, and for the header of a server that sends it. */
export const REPORT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`
