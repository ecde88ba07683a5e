/**
 * The whole way on one screen: bytes to text, document, sentences, readings, spin rate, judged places,
 * findings, verdict. One stage a line; each gets the previous stage's value and what is known.
 */
import { decode } from './document/decode.ts'
import { document as readDocument } from './document/document.ts'
import { ignored } from './document/ignore.ts'
import { eachSentence } from './document/read-sentences.ts'
import { type AllowedSpans, type AllowList, allowedSpans, allowList, isAllowed } from './lexicon/allow.ts'
import { type AppliedFix, applyFindings, isSafe } from './restore/apply.ts'
import { readBlock } from './restore/block.ts'
import { documentContext } from './restore/context.ts'
import { dialectOf, markEvidence, marksAt } from './restore/dialect.ts'
import { type Stage, stageData } from './restore/explain.ts'
import { finding, type Judged, judge, suitsNeighbour } from './restore/findings.ts'
import { joined } from './restore/join.ts'
import { type Look, look } from './restore/look.ts'
import type { Knowledge } from './restore/read.ts'
import { type DocumentNumbers, verdict } from './restore/verdict.ts'
import type { Analysis, Document, Finding, InputFormat, Problem, Sentence, Span } from './types.ts'

export { type Readable, readable, type Stretch } from './document/readable.ts'
export type { AppliedFix } from './restore/apply.ts'
export { applyChosen, type Chosen } from './restore/chosen.ts'
export type { Stage } from './restore/explain.ts'
export { parseWeights } from './restore/parse-weights.ts'
export { type Ask, preparedProposals } from './restore/prepared.ts'
export { printed } from './restore/printed.ts'
export { type MadeOf, packProposals, proposalTable } from './restore/proposal-table.ts'
export type { Knowledge } from './restore/read.ts'
export { termSources } from './restore/term-links.ts'
export { rankerRow } from './restore/weights.ts'

export interface AnalyzeOptions {
  /** Identifies the document in the result. */
  readonly id?: string
  readonly format?: InputFormat | 'auto'
  /** File name, for the format only. */
  readonly name?: string
  /** Character encoding of bytes, where it is known. */
  readonly encoding?: string
  /** `main`: of a web page the article only, where one can be made out. */
  readonly content?: 'page' | 'main'
  /** Findings below this confidence are left out, 0–1; 0 lists every place that has a candidate. */
  readonly minConfidence?: number
  /** Wordings and places never shown (see `allowList`); a set is made into a list for every document anew. */
  readonly allow?: AllowList | ReadonlySet<string>
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

/** What was read of a document, or of one block of a long one, before thresholds. */
export interface Reading {
  readonly judged: readonly Judged[]
  /** Estimated spin rate, 0–1. */
  readonly rate: number
  readonly words: number
}

/** Words after which a block ends: about 50 MB while it is worked on. */
const BLOCK_WORDS = 4000
/** Texts up to this many units are kept as sentences; longer ones are read twice instead. */
const KEPT_UNITS = 500_000

/**
 * Text to judged places, block by block: a long document is read in stretches of some thousand words,
 * each with a spin rate of its own, so that memory stays bounded. Most documents are one block. With
 * `listAll` every word that has a candidate is a place, however little suspicious.
 */
export function* read(knowledge: Knowledge, document: Document, listAll = false): Generator<Reading> {
  const kept = document.text.length <= KEPT_UNITS ? [...eachSentence(document)] : undefined
  const sentences = (): Iterable<Sentence> => kept ?? eachSentence(document)
  const context = documentContext(knowledge.model, knowledge.vectors, sentences())
  let block: Look[] = []
  let words = 0
  for (const sentence of sentences()) {
    block.push(look(knowledge, knowledge.weights.suspicion, sentence, context))
    for (const { kind } of sentence.tokens) if (kind === 'word') words += 1
    if (words < BLOCK_WORDS) continue
    yield judgeBlock(knowledge, block, words, listAll)
    block = []
    words = 0
  }
  if (block.length > 0) yield judgeBlock(knowledge, block, words, listAll)
}

function judgeBlock(knowledge: Knowledge, block: readonly Look[], words: number, listAll: boolean): Reading {
  const { weights } = knowledge
  const { readings, rate, posteriors } = readBlock(knowledge, block, listAll)
  const judged = readings.flatMap((reading, i) =>
    judge(weights.detector, reading, posteriors[i] as Float64Array, rate, words),
  )
  return { judged, rate, words }
}

/** Text to findings and verdict. Never throws on any input; what is wrong with it is in `problems`. */
export function analyzeText(
  knowledge: Knowledge,
  input: DecodedInput,
  options: AnalyzeOptions = {},
  runs: 'joined' | 'apart' = 'joined',
): Analysis {
  const document = readDocument(input.text, options)
  const { ranker, suspicion, thresholds, verdict: network } = knowledge.weights
  const least = options.minConfidence ?? thresholds.minConfidence
  const silent = ignored(document)
  const allowed = options.allow === undefined ? undefined : allowedIn(document, options.allow)
  const findings: Finding[] = []
  const blocks: DocumentNumbers[] = []
  for (const reading of read(knowledge, document, least < suspicion.usedFrom)) {
    const { rate } = reading
    // What a person has settled says nothing about the rest, and is joined with nothing.
    const judged = reading.judged.filter((each) => !touches(textSpan(each), allowed?.places ?? []))
    blocks.push(documentNumbers(knowledge, { ...reading, judged }))
    const places =
      runs === 'apart' ? judged : joined(judged, { above: thresholds.joinAbove, modelWeight: ranker.lm })
    for (const each of places) {
      if (
        each.confidence < least ||
        isAllowed(textSpan(each), allowed?.wordings ?? []) ||
        suitsNeighbour(knowledge.model, each)
      )
        continue
      const found = finding(knowledge.model, each, rate)
      if (touches(found.span, silent)) continue
      const last = findings.at(-1)
      if (last !== undefined && last.span.end > found.span.start) {
        // A finding that took the article before it wins over one on that article; else the surer one does.
        if (last.span.start < found.span.start && last.confidence > found.confidence) continue
        findings.pop()
      }
      findings.push(found)
    }
  }
  const numbers = together(blocks)
  const judgement = verdict(network, numbers)
  const certain = inDocument(judgement.probability, thresholds.sureFrom)
  const shown = findings
    .map((found) => ({ ...found, confidence: found.confidence * certain }))
    .filter(({ confidence }) => confidence >= least)
  const density = numbers.words === 0 ? 0 : (1000 * shown.length) / numbers.words
  const dialect = dialectOf(knowledge.dialects, shown, knowledge.weights.dialect)
  return {
    document,
    findings: shown,
    verdict: { ...judgement, density, ...(dialect !== undefined && { dialect }) },
    words: numbers.words,
    problems: input.problems.length > 0 ? input.problems : document.problems,
  }
}

/**
 * What a place's confidence is worth in its document: 1 where the document was surely spun, less where it
 * reads clean. A place cannot be spun in a text that was not.
 */
const inDocument = (probability: number, sureFrom: number): number => Math.min(1, probability / sureFrom) ** 2

/** What the verdict is made of. */
export function documentNumbers(
  { dialects }: Pick<Knowledge, 'dialects'>,
  { judged, rate, words }: Reading,
): DocumentNumbers {
  const decoded = judged.filter(isDecoded)
  return {
    rate,
    words,
    marks: markEvidence(
      decoded.map((each) => ({ marks: marksAt(dialects, each), confidence: each.confidence })),
    ),
    confidences: decoded.map(({ confidence }) => confidence),
    entryConfidences: decoded.filter(explainedByEntry).map(({ confidence }) => confidence),
  }
}

/** Did a reading of the place compete in the lattice? What is listed only on request says nothing of the document. */
export const isDecoded = ({ place }: Judged): boolean => place.readings.some(({ scored }) => scored.arc >= 0)

/** Is the likeliest reading of the place one that a phrase entry lists? */
export const explainedByEntry = ({ place }: Judged): boolean =>
  (place.readings[0]?.scored.candidate.strengths.entry ?? 0) > 0

/** Blocks as one document; the rate is the mean over words. */
function together(blocks: readonly DocumentNumbers[]): DocumentNumbers {
  const words = blocks.reduce((sum, block) => sum + block.words, 0)
  return {
    words,
    marks: Math.max(0, ...blocks.map(({ marks }) => marks)),
    rate: blocks.reduce((sum, block) => sum + (block.rate * block.words) / Math.max(1, words), 0),
    confidences: blocks.flatMap(({ confidences }) => confidences),
    entryConfidences: blocks.flatMap(({ entryConfidences }) => entryConfidences),
  }
}

const ROUNDS = 4

/**
 * Text to fixed text. Fixes that a second reading would flag again are taken back, so that analysing
 * the result finds none of what was applied.
 */
export function restoreText(
  knowledge: Knowledge,
  input: DecodedInput,
  options: RestoreOptions = {},
): Restored {
  const { thresholds } = knowledge.weights
  const applyAbove = options.applyAbove ?? thresholds.applyAbove
  // A lower threshold for fixes asks for lower findings too.
  const minConfidence = options.minConfidence ?? Math.min(thresholds.minConfidence, applyAbove)
  // Each place is fixed on its own merits: a run's readings would share their certainty.
  const analysis = analyzeText(knowledge, input, { ...options, minConfidence }, 'apart')
  const { document } = analysis
  let safe = analysis.findings.filter((found) => isSafe(found, applyAbove, thresholds.applyShare))
  for (let round = 0; round < ROUNDS && safe.length > 0; round++) {
    const fixed = applyFindings(document.text, safe, document.format)
    const again = analyzeText(
      knowledge,
      { text: fixed.text, problems: [] },
      { ...options, minConfidence, format: document.format },
      'apart',
    )
    const flagged = again.findings.map(({ span }) => span)
    const stable = safe.filter((_, i) => !touches(fixed.places[i] as Span<'text'>, flagged))
    if (stable.length === safe.length) return { analysis, text: fixed.text, applied: fixed.applied }
    safe = stable
  }
  // Still moving after the last round: applying nothing is the only result that is surely stable.
  return { analysis, text: document.text, applied: [] }
}

const allowedIn = (document: Document, allow: AllowList | ReadonlySet<string>): AllowedSpans =>
  allowedSpans(
    [...eachSentence(document)].flatMap(({ tokens }) => tokens),
    'byFirst' in allow ? allow : allowList(allow),
  )

/** What a stage made of a text, as plain data. */
export function explainText(knowledge: Knowledge, input: DecodedInput, options: ExplainOptions): unknown {
  const judged = [...read(knowledge, readDocument(input.text, options), true)].flatMap(
    (block) => block.judged,
  )
  return stageData(options.stage, judged, options.at)
}

export interface DecodedInput {
  readonly text: string
  /** How bytes were read, lower case; left out where text was given. */
  readonly encoding?: string
  readonly problems: readonly Problem[]
}

/** Bytes are decoded, text is taken as it is. */
export function decodeInput(input: string | Uint8Array, options: AnalyzeOptions): DecodedInput {
  if (typeof input === 'string') return { text: input, problems: [] }
  return decode(input, options.encoding === undefined ? {} : { encoding: options.encoding })
}

/** The place as a stretch of text, without the neighbours that its fix would take along. */
function textSpan({ reading, place }: Judged): Span<'text'> {
  const { tokens } = reading.sentence
  return { start: tokens[place.start]?.span.start ?? 0, end: tokens[place.end - 1]?.span.end ?? 0 }
}

const touches = (span: Span<'text'>, ranges: readonly Span<'text'>[]): boolean =>
  ranges.some(({ start, end }) => span.start < end && start < span.end)
