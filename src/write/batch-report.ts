/**
 * The sums of a batch run as one HTML page: no script, nothing fetched, plots as inline SVG.
 *
 * In: a BatchSummary. Out: the page. Every foreign text (ids, phrases, messages) goes through `text`,
 * which escapes it, and a content policy forbids whatever might get past.
 */
import { type BatchSummary, number } from './batch-text.ts'
import { escapeMarkup } from './markup.ts'
import { shortened, visible } from './visible.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #6b6b6b; --line: #d8d8d8; --bar: #3b6ea8; --bad: #b3442e; --mid: #b58a1b; --good: #3f8a4f }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #161616; --soft: #9a9a9a; --line: #3a3a3a; --bar: #7aa7d8; --bad: #e07a63; --mid: #d6b04c; --good: #79c08a } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2.5rem }
p.note { color: var(--soft); font-size: .9rem }
svg { width: 100%; height: auto } svg text { font: 13px system-ui, sans-serif; fill: var(--ink) }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
`

interface Bar {
  readonly name: string
  readonly value: number
  readonly colour: string
}

export function batchReport(summary: BatchSummary): string {
  const { labels, documents, duplicates } = summary
  const bars: readonly Bar[] = [
    { name: 'reads clean', value: labels.clean, colour: 'var(--good)' },
    { name: 'doubtful', value: labels.doubtful, colour: 'var(--mid)' },
    { name: 'likely spun', value: labels.spun, colour: 'var(--bad)' },
    ...(duplicates > 0 ? [{ name: 'duplicates', value: duplicates, colour: 'var(--soft)' }] : []),
    { name: 'no answer', value: labels.failed, colour: 'var(--soft)' },
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>unspin: ${number(documents)} documents</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${number(documents)} documents in ${number(summary.shards)} ${summary.shards === 1 ? 'input' : 'inputs'}</h1>
<p>${headline(summary)}</p>
<h2>Verdicts</h2>
${chart('Documents by verdict', bars, documents)}
<p class="note">A verdict is a risk marker, not an accusation.</p>
<h2>Density</h2>
${chart('Documents by findings per 1,000 words', densityBars(summary), documents - labels.failed - duplicates)}
<p class="note">Findings per 1,000 words.</p>
${phraseTable(summary)}${problemTable(summary)}</body>
</html>
`
}

function headline({ findings, flagged, changed, unreadInputs }: BatchSummary): string {
  const parts = [`${number(findings)} findings in ${number(flagged)} documents.`]
  if (changed !== undefined) parts.push(`${number(changed)} places changed.`)
  if (unreadInputs > 0) parts.push(`${number(unreadInputs)} inputs could not be read.`)
  return parts.join(' ')
}

function densityBars({ density }: BatchSummary): readonly Bar[] {
  return density.map(({ from, to, documents }) => ({
    name: to === null ? `${from} and more` : `${from} to ${to}`,
    value: documents,
    colour: 'var(--bar)',
  }))
}

const ROW = 26
const LABEL = 120
const LENGTH = 480

/** Horizontal bars, the longest as long as there is room; shares are of `whole`. */
function chart(title: string, bars: readonly Bar[], whole: number): string {
  const longest = Math.max(1, ...bars.map(({ value }) => value))
  const rows = bars.map(({ name, value, colour }, i) => {
    const y = i * ROW
    const width = value === 0 ? 0 : Math.max(1, (LENGTH * value) / longest)
    const share = whole === 0 ? '' : ` (${((100 * value) / whole).toFixed(1)} %)`
    return `<text x="${LABEL - 8}" y="${y + 17}" text-anchor="end">${text(name)}</text><rect x="${LABEL}" y="${y + 4}" width="${width.toFixed(1)}" height="${ROW - 8}" fill="${colour}"/><text x="${(LABEL + width + 6).toFixed(1)}" y="${y + 17}">${number(value)}${share}</text>`
  })
  return `<svg viewBox="0 0 ${LABEL + LENGTH + 140} ${bars.length * ROW}" role="img" aria-label="${text(title)}">
${rows.join('\n')}
</svg>`
}

function phraseTable({ phrases }: BatchSummary): string {
  if (phrases.length === 0) return ''
  const inexact = phrases.some(({ error }) => error > 0)
  const rows = phrases.map(
    ({ surface, suggestion, count, error }) =>
      `<tr><td>${text(surface)}</td><td>${suggestion === '' ? '<em>delete</em>' : text(suggestion)}</td><td class="number">${number(count)}${error > 0 ? ` (−${number(error)})` : ''}</td></tr>`,
  )
  return `<h2>Most frequent</h2>
<table>
<tr><th>found</th><th>first suggestion</th><th class="number">times</th></tr>
${rows.join('\n')}
</table>
${inexact ? '<p class="note">Counted in bounded memory: a count may be too high by the number in brackets.</p>\n' : ''}`
}

function problemTable({ problems }: BatchSummary): string {
  if (problems.byKind.length === 0) return ''
  const rows = problems.first.map(
    ({ id, message, fix }) =>
      `<tr><td>${text(String(id))}</td><td>${text(message)}</td><td>${text(fix)}</td></tr>`,
  )
  return `<h2>Problems</h2>
<p>${problems.byKind.map(({ kind, count }) => `${text(kind)}: ${number(count)}`).join(', ')}</p>
<table>
<tr><th>document</th><th>what</th><th>what to do</th></tr>
${rows.join('\n')}
</table>
`
}

const LONGEST = 300

/** Foreign text as HTML: what steers the direction or cannot be seen made visible, markup escaped. */
const text = (foreign: string): string => escapeMarkup(visible(shortened(foreign, LONGEST)))
