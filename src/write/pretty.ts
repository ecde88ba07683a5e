/**
 * Analysis to text for people: a header line with the verdict in words, then every finding in place.
 *
 *   samples/shop.txt: likely spun: 12 places in 240 words (50 per 1,000), probability 0.99
 *     3:14   … they use [gadget mastering] to sort parcels …                      0.93
 *            machine learning 0.88 · deep learning 0.04
 *            habit: spinners write "gadget" for "machine"
 *
 * The words are a risk marker, not an accusation. Everything from the document passes `visible`.
 */
import { lineColumn } from '../document/position.ts'
import type { Analysis, Finding, Suggestion, Verdict } from '../types.ts'
import { verdictWords } from './message.ts'
import { type Paint, type Palette, palette } from './palette.ts'
import { characterStart, shortened, visible } from './visible.ts'

export interface PrettyOptions {
  readonly colour: 'ansi' | 'none'
  /** Terminal columns; excerpts are fitted to it. Below 40 it counts as 40. */
  readonly columns: number
}

const SHOWN_SUGGESTIONS = 3
const LONGEST_SURFACE = 120
const LONGEST_EVIDENCE = 200

/** Header and findings of one document, each line ended. */
export function pretty(analysis: Analysis, options: PrettyOptions): string {
  const paint = palette(options.colour)
  const lines = [header(analysis, paint), ...dialectLine(analysis.verdict, paint)]
  if (analysis.findings.length > 0) {
    const place = lineColumn(analysis.document.text)
    for (const finding of analysis.findings) {
      const { line, column } = place(finding.span.start)
      lines.push(...findingLines(analysis.document.text, finding, `${line}:${column}`, options, paint))
    }
  }
  return `${lines.join('\n')}\n`
}

function header({ document, verdict, findings, words }: Analysis, paint: Palette): string {
  const count = findings.length
  const places = `${count} ${count === 1 ? 'place' : 'places'} in ${grouped(words)} ${words === 1 ? 'word' : 'words'}`
  const density = count > 0 ? ` (${Number(verdict.density.toFixed(1))} per 1,000)` : ''
  const name = paint.bold(visible(document.id))
  if (words === 0) return `${name}: ${paint.dim('no text to read')}`
  return `${name}: ${inWords(verdict, paint)}: ${places}${density}, probability ${verdict.probability.toFixed(2)}`
}

const SHOWN_MARKS = 4

function dialectLine({ dialect }: Verdict, paint: Palette): string[] {
  if (dialect === undefined) return []
  const marks = dialect.marks.slice(0, SHOWN_MARKS).join(', ')
  return [paint.dim(`  reads like ${dialect.title}: ${visible(marks)}`)]
}

function inWords({ label }: Verdict, paint: Palette): string {
  const colour: Readonly<Record<Verdict['label'], Paint>> = {
    clean: paint.green,
    doubtful: paint.yellow,
    spun: paint.red,
  }
  return colour[label](verdictWords(label))
}

function findingLines(
  text: string,
  finding: Finding,
  at: string,
  options: PrettyOptions,
  paint: Palette,
): string[] {
  const margin = ' '.repeat(9)
  const quotation = finding.inQuotation ? ` ${paint.dim('(in a quotation)')}` : ''
  const best = finding.suggestions
    .slice(0, SHOWN_SUGGESTIONS)
    .map((suggestion) => proposal(suggestion, paint))
    .join(paint.dim(' · '))
  return [
    `  ${paint.cyan(at.padEnd(6))} ${excerpt(text, finding, options, paint)}  ${paint.bold(finding.confidence.toFixed(2))}${quotation}`,
    `${margin}${best === '' ? paint.dim('no original proposed') : best}`,
    `${margin}${paint.dim(shortened(visible(finding.evidence[0].text), LONGEST_EVIDENCE))}`,
  ]
}

function proposal({ text, probability }: Suggestion, paint: Palette): string {
  const shown = text === '' ? paint.green('(delete)') : paint.green(visible(text))
  return `${shown} ${paint.dim(probability.toFixed(2))}`
}

/** The finding in brackets with what stands around it on its line, fitted to the terminal. */
function excerpt(text: string, { span }: Finding, { columns }: PrettyOptions, paint: Palette): string {
  const spun = shortened(visible(text.slice(span.start, span.end)), LONGEST_SURFACE)
  const room = Math.max(40, columns) - spun.length - 24
  const side = Math.max(12, Math.floor(room / 2))
  const from = Math.max(lineStart(text, span.start, side), 0)
  const to = lineEnd(text, span.end, side)
  const before = visible(text.slice(from, span.start)).trimStart()
  const after = visible(text.slice(span.end, to)).trimEnd()
  const cutBefore = from > 0 && !isBreak(text.charCodeAt(from - 1)) ? '…' : ''
  const cutAfter = to < text.length && !isBreak(text.charCodeAt(to)) ? '…' : ''
  return `${cutBefore}${before}${paint.red(`[${spun}]`)}${after}${cutAfter}`
}

/** First unit shown before `at`: the line's start, or a character `side` units back. */
function lineStart(text: string, at: number, side: number): number {
  let from = at
  while (from > 0 && at - from < side && !isBreak(text.charCodeAt(from - 1))) from -= 1
  return characterStart(text, from)
}

function lineEnd(text: string, at: number, side: number): number {
  let to = at
  while (to < text.length && to - at < side && !isBreak(text.charCodeAt(to))) to += 1
  return characterStart(text, to)
}

const isBreak = (unit: number): boolean => unit === 0x0a || unit === 0x0d

/** 12345 -> "12,345". Own, since the locale data of a machine must not change the output. */
function grouped(count: number): string {
  const digits = String(count)
  let out = ''
  for (let at = 0; at < digits.length; at++) {
    if (at > 0 && (digits.length - at) % 3 === 0) out += ','
    out += digits.charAt(at)
  }
  return out
}
