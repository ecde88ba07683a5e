/**
 * The whole way on one screen: bytes to text, document, sentences, readings, spin rate, judged places,
 * findings, verdict. One stage a line; each gets the previous stage's value and what is known.
 */
import { decode } from './document/decode.ts'
import { document as readDocument } from './document/document.ts'
import { ignored } from './document/ignore.ts'
import { readSentences } from './document/read-sentences.ts'
import { type AppliedFix, applyFindings, isSafe } from './restore/apply.ts'
import { type Stage, stageData } from './restore/explain.ts'
import { finding, type Judged, judge } from './restore/findings.ts'
import { estimateRate } from './restore/rate.ts'
import { documentKeysOf, type Knowledge, readSentence } from './restore/read.ts'
import { verdict } from './restore/verdict.ts'
import type { Analysis, Document, Finding, InputFormat, Problem, Span } from './types.ts'

export type { AppliedFix } from './restore/apply.ts'
export type { Stage } from './restore/explain.ts'
export type { Knowledge } from './restore/read.ts'
export { preparedProposals } from './restore/prepared.ts'
export { parseWeights } from './restore/parse-weights.ts'

export interface AnalyzeOptions {
  /** Identifies the document in the result. */
  readonly id?: string
  readonly format?: InputFormat | 'auto'
  /** File name, for the format only. */
  readonly name?: string
  /** Character encoding of bytes, where it is known. */
  readonly encoding?: string
  /** Findings below this confidence are left out, 0–1; 0 lists every place that has a candidate. */
  readonly minConfidence?: number
  /** Wordings never shown, lower case. */
  readonly allow?: ReadonlySet<string>
}

export interface RestoreOptions extends AnalyzeOptions {
  /** Fixes are applied from this confidence on, 0–1. */
  readonly applyAbove?: number
}

export interface Restored {
  readonly analysis: Analysis
  /** The text with the safe fixes applied. */
  readonly text: string
  readonly applied: readonly AppliedFix[]
}

export interface ExplainOptions extends AnalyzeOptions {
  readonly stage: Stage
  /** UTF-16 offset of a place; the whole text when left out. */
  readonly at?: number
}

/** Everything known about a document before thresholds. */
export interface Reading {
  readonly document: Document
  readonly judged: readonly Judged[]
  readonly rate: number
  readonly words: number
}

/** Text to judged places. Never throws on any input. */
export function read(knowledge: Knowledge, document: Document): Reading {
  const sentences = readSentences(document)
  const keys = documentKeysOf(sentences)
  const readings = sentences.map((sentence) => readSentence(knowledge, sentence, keys))
  const { rate, posteriors } = estimateRate(readings, knowledge.weights.rate)
  const words = sentences.reduce((sum, { tokens }) => sum + tokens.filter((t) => t.kind === 'word').length, 0)
  const judged = readings.flatMap((reading, i) =>
    judge(knowledge.weights.detector, reading, posteriors[i] as Float64Array, rate, words),
  )
  return { document, judged, rate, words }
}

/** Text to findings and verdict. Never throws on any input; what is wrong with it is in `problems`. */
export function analyzeText(knowledge: Knowledge, input: DecodedInput, options: AnalyzeOptions = {}): Analysis {
  const document = readDocument(input.text, options)
  const reading = read(knowledge, document)
  const { judged, rate, words } = reading
  const least = options.minConfidence ?? knowledge.weights.thresholds.minConfidence
  const silent = ignored(document)
  const findings = disjoint(
    judged
      .filter((each) => each.confidence >= least)
      .map((each) => finding(knowledge.model, each, rate))
      .filter(({ span, surface }) => !touches(span, silent) && !options.allow?.has(surface.toLowerCase())),
  )
  return {
    document,
    findings,
    verdict: verdict(knowledge.weights.verdict, documentNumbers(reading), findings.length),
    words,
    problems: input.problems.length > 0 ? input.problems : document.problems,
  }
}

/** What the verdict is made of. */
export const documentNumbers = ({ judged, rate, words }: Reading) => ({
  rate,
  words,
  confidences: judged.map(({ confidence }) => confidence),
  entryConfidences: judged
    .filter(({ place }) => (place.readings[0]?.scored.candidate.strengths.entry ?? 0) > 0)
    .map(({ confidence }) => confidence),
})

const ROUNDS = 4

/**
 * Text to fixed text. Fixes that a second reading would flag again are taken back, so that analysing
 * the result finds none of what was applied.
 */
export function restoreText(knowledge: Knowledge, input: DecodedInput, options: RestoreOptions = {}): Restored {
  const analysis = analyzeText(knowledge, input, options)
  const { applyAbove, applyShare } = knowledge.weights.thresholds
  const { document } = analysis
  const markup = document.format === 'html'
  let safe = analysis.findings.filter((found) => isSafe(found, options.applyAbove ?? applyAbove, applyShare))
  for (let round = 0; round < ROUNDS && safe.length > 0; round++) {
    const fixed = applyFindings(document.text, safe, markup)
    const again = analyzeText(knowledge, { text: fixed.text, problems: [] }, { ...options, format: document.format })
    const flagged = again.findings.map(({ span }) => span)
    const stable = safe.filter((_, i) => !touches(fixed.places[i] as Span<'text'>, flagged))
    if (stable.length === safe.length) return { analysis, text: fixed.text, applied: fixed.applied }
    safe = stable
  }
  // Still moving after the last round: applying nothing is the only result that is surely stable.
  return { analysis, text: document.text, applied: [] }
}

/** What a stage made of a text, as plain data. */
export function explainText(knowledge: Knowledge, input: DecodedInput, options: ExplainOptions): unknown {
  const { judged } = read(knowledge, readDocument(input.text, options))
  return stageData(options.stage, judged, options.at)
}

export interface DecodedInput {
  readonly text: string
  readonly problems: readonly Problem[]
}

/** Bytes are decoded, text is taken as it is. */
export function decodeInput(input: string | Uint8Array, options: AnalyzeOptions): DecodedInput {
  if (typeof input === 'string') return { text: input, problems: [] }
  return decode(input, options.encoding === undefined ? {} : { encoding: options.encoding })
}

const touches = (span: Span<'text'>, ranges: readonly Span<'text'>[]): boolean =>
  ranges.some(({ start, end }) => span.start < end && start < span.end)

/** A finding that took the article before it wins over a finding on that article. */
function disjoint(findings: readonly Finding[]): Finding[] {
  const out: Finding[] = []
  for (const each of findings) {
    const last = out.at(-1)
    if (last !== undefined && last.span.end > each.span.start) out.pop()
    out.push(each)
  }
  return out
}
