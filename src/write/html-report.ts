/**
 * Answers to one self-contained HTML page for reading: the text with its marked places, beside it the
 * list of places with suggestions and reasons, above both the verdict in the words of a risk marker.
 *
 * Read-only: no script, no address outside the page, a policy that forbids both. Several documents are
 * sections of one page, written as they come. Everything from documents and models is escaped.
 */
import { lineColumn } from '../document/position.ts'
import type { Analysis, Finding, Problem } from '../types.ts'
import { REPORT_POLICY, REPORT_STYLE } from './html-style.ts'
import { markedText } from './marked-text.ts'
import { escapeMarkup } from './markup.ts'
import { proposal, verdictWords } from './message.ts'
import { isFatal, problemMessage } from './problem.ts'
import type { RecordId } from './record.ts'
import { type Form, inARow } from './sheet.ts'
import { shortened, visible } from './visible.ts'

const SHOWN_SUGGESTIONS = 5
const LONGEST_EVIDENCE = 300

/** One page. */
export const htmlReport: Form = {
  document({ id, analysis }, number) {
    const key = keyOf(number)
    return section(key, id, [
      ...analysis.problems.map(problemLine),
      ...(analysis.problems.some(isFatal) ? [] : [answer(key, analysis)]),
    ])
  },
  failed: (id, problem, number) => section(keyOf(number), id, [problemLine(problem)]),
  joiner: (version) =>
    inARow(opening(), `</main>\n<footer>unspin ${escapeMarkup(version)}</footer>\n</body>\n</html>\n`),
}

/** Names the section of a document within its page. */
const keyOf = (number: number): string => `d${number + 1}`

const opening = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>unspin report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>unspin report</h1>
<p class="meta">Marked wordings look replaced from a thesaurus. This is a risk marker, not an accusation: read
the places before judging the text. <mark class="strong">from 0.80</mark>
<mark class="middle">from 0.50</mark> <mark class="weak">below</mark> is the confidence of a place.</p>
`

function section(key: string, id: RecordId, parts: readonly string[]): string {
  return `<section id="${key}">\n<h2>${shown(String(id))}</h2>\n${parts.join('')}</section>\n`
}

function answer(key: string, analysis: Analysis): string {
  const { document, findings, verdict, words } = analysis
  if (words === 0) return '<p class="verdict">There is no text to read.</p>\n'
  const count = `${findings.length} ${findings.length === 1 ? 'place' : 'places'} in ${words} ${words === 1 ? 'word' : 'words'}`
  const density = findings.length > 0 ? ` (${verdict.density.toFixed(1)} per 1,000)` : ''
  const numbers = `${count}${density}, probability ${verdict.probability.toFixed(2)}`
  const text = markedText(
    document,
    findings,
    (wording, i) =>
      `<mark class="${band(findings[i])}" id="${key}-m${i + 1}"><a href="#${key}-p${i + 1}">${wording}</a></mark>`,
  )
  const head = `<p class="verdict ${verdict.label}"><strong>${verdictWords(verdict.label)}</strong>: ${numbers}</p>\n`
  if (findings.length === 0) return `${head}<article>\n${text}</article>\n`
  const position = lineColumn(document.text)
  const places = findings.map((found, i) => {
    const { line, column } = position(found.span.start)
    return place(`${key}-p${i + 1}`, `#${key}-m${i + 1}`, `${line}:${column}`, found)
  })
  return `${head}<div class="columns">\n<article>\n${text}</article>\n<ol class="places">\n${places.join('')}</ol>\n</div>\n`
}

function place(id: string, target: string, at: string, found: Finding): string {
  const quoted = found.inQuotation ? ', in a quotation' : ''
  const best = found.suggestions.slice(0, SHOWN_SUGGESTIONS)
  const suggestions = best.map((suggestion) => `<li>${escapeMarkup(proposal(suggestion))}</li>`)
  const proposed =
    suggestions.length === 0 ? '<br>no original is proposed' : `<ul>${suggestions.join('')}</ul>`
  const reasons = found.evidence.map(
    ({ text }) => `<div class="reason">${escapeMarkup(shortened(visible(text), LONGEST_EVIDENCE))}</div>`,
  )
  return `<li id="${id}"><a href="${target}">${shown(found.surface)}</a> ${found.confidence.toFixed(2)} (${at}${quoted})
${proposed}${reasons.join('')}</li>\n`
}

const problemLine = (problem: Problem): string =>
  `<p class="meta">${isFatal(problem) ? 'Not read: ' : ''}${shown(problemMessage(problem))}</p>\n`

/** How strongly a place is marked; the legend above has the same bounds. */
function band(found: Finding | undefined): 'strong' | 'middle' | 'weak' {
  const confidence = found?.confidence ?? 0
  if (confidence >= 0.8) return 'strong'
  return confidence >= 0.5 ? 'middle' : 'weak'
}

const shown = (text: string): string => escapeMarkup(visible(text))
