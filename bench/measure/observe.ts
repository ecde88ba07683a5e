/**
 * What the engine says about one labelled document, in measuring tokens.
 *
 * In: an engine and a document. Out: places at the default threshold and at none, the verdict, the
 * fixed text. Everything comes from the public library (analyze, restore), as a user would see it; only
 * which wordings were proposed at all is asked of the stage before ranking, for the loss analysis.
 */
import {
  analyze,
  type Document,
  defaults,
  type Engine,
  type Finding,
  restore,
  type Verdict,
} from '../../src/index.ts'
import { read } from '../../src/pipeline.ts'
import { type Labelled, type LabelledEdit, touched } from './labelled.ts'
import { measureKeys } from './words.ts'

export interface Place {
  /** Measuring tokens [first, end) that the finding touches. */
  readonly first: number
  readonly end: number
  readonly confidence: number
  /** Keys of every suggestion, best first. */
  readonly suggestions: readonly (readonly string[])[]
}

export interface Observed {
  readonly doc: Labelled
  /** Findings at the default threshold. */
  readonly shown: readonly Place[]
  /** Every place that has a candidate. */
  readonly all: readonly Place[]
  readonly verdict: Verdict
  /** Keys of the text with the default fixes applied. */
  readonly fixed: readonly string[]
  /** Edits whose original is among all wordings ever proposed for the place, however they were ranked. */
  readonly proposed: ReadonlySet<LabelledEdit>
}

export function observe(engine: Engine, doc: Labelled): Observed {
  const place = ({ span, confidence, suggestions }: Finding): Place => ({
    ...touched(doc.tokens, span),
    confidence,
    suggestions: suggestions.map(({ text }) => measureKeys(text)),
  })
  const everything = analyze(engine, doc.text, { id: doc.id, minConfidence: 0 })
  const { findings, verdict } = analyze(engine, doc.text, { id: doc.id })
  return {
    doc,
    shown: findings.map(place),
    all: everything.findings.map(place),
    verdict,
    fixed: measureKeys(restore(engine, doc.text, { id: doc.id }).text),
    proposed: proposedEdits(engine, doc, everything.document),
  }
}

/** More candidates than any place has, so that nothing is pruned before it is looked at. */
const EVERY = 100_000

function proposedEdits(engine: Engine, doc: Labelled, document: Document): Set<LabelledEdit> {
  const { tokens, edits } = doc
  const out = new Set<LabelledEdit>()
  if (edits.length === 0) return out
  const { weights } = engine
  const unpruned = {
    ...engine,
    weights: { ...weights, decoder: { ...weights.decoder, keptPerPlace: EVERY } },
  }
  const blocks = [...read(unpruned, document)]
  const readings = new Set(blocks.flatMap(({ judged }) => judged.map(({ reading }) => reading)))
  for (const { sentence, places } of readings) {
    for (const { candidate } of places.flat()) {
      const start = sentence.tokens[candidate.start]?.span.start
      const stop = sentence.tokens[candidate.end - 1]?.span.end
      if (start === undefined || stop === undefined) continue
      const place = { ...touched(tokens, { start, end: stop }), start, stop }
      // Clitics are tokens of their own in the engine, not here.
      const words = candidate.words.join(' ').replaceAll(" '", "'")
      for (const edit of edits) if (wouldRestore(doc, edit, place, words)) out.add(edit)
    }
  }
  return out
}

/** A stretch of the text, in measuring tokens [first, end) and in UTF-16 units [start, stop). */
export interface TextPlace {
  readonly first: number
  readonly end: number
  readonly start: number
  readonly stop: number
}

/** Would the text read as the original did, were these words put in? */
export function wouldRestore(
  { text, tokens }: Labelled,
  edit: LabelledEdit,
  place: TextPlace,
  words: string,
): boolean {
  const { first, end, start, stop } = place
  if (end <= edit.first || first >= edit.end) return false
  const low = Math.min(first, edit.first)
  const high = Math.max(end, edit.end)
  const keys = (from: number, to: number): string[] => tokens.slice(from, to).map(({ key }) => key)
  const wanted = [...keys(low, edit.first), ...edit.original, ...keys(edit.end, high)].join(' ')
  const from = tokens[low]?.start ?? start
  const to = tokens[high - 1]?.end ?? stop
  return measureKeys(text.slice(from, start) + words + text.slice(stop, to)).join(' ') === wanted
}

export const threshold = (engine: Engine): number => defaults(engine).minConfidence
