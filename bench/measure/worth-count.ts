/**
 * One labelled document read with one dictionary, as counts that add up over documents.
 *
 * In: an engine, a lister (every thesaurus proposal, before the ranker cuts any), a document. Out: is
 * the original of each one-word edit among the candidates, how many candidates a word has, how high the
 * original of each edit ranks. What does not depend on the dictionary is worked out once a document.
 */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { matchEntries } from '../../src/lexicon/match.ts'
import type { Dictionary } from '../../src/lexicon/trie.ts'
import { internTokens } from '../../src/lexicon/walk.ts'
import { analyzeText } from '../../src/pipeline.ts'
import { type Candidate, everyCandidate } from '../../src/restore/candidates.ts'
import { documentContext } from '../../src/restore/context.ts'
import { expectedWords } from '../../src/restore/expected.ts'
import { look } from '../../src/restore/look.ts'
import { NOTHING_PREPARED, type Prepare } from '../../src/restore/prepared.ts'
import type { Printed } from '../../src/restore/printed.ts'
import { propose } from '../../src/restore/propose.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import type { Sentence } from '../../src/types.ts'
import { isOneWord, isReplacement, rankOf } from './figures.ts'
import { type Labelled, type LabelledEdit, touched } from './labelled.ts'
import { wouldRestore } from './observe.ts'
import { measureKeys } from './words.ts'

export interface Tally {
  readonly documents: number
  /** Words of the engine, and candidates over all places, as they are tried in context. */
  readonly words: number
  readonly candidates: number
  /** One-word edits; original among all that is listed; among what is tried; shown first; in five. */
  readonly oneWord: number
  readonly listed: number
  readonly tried: number
  readonly first: number
  readonly five: number
  /** Longer edits, up to five words; shown first; in five. */
  readonly phrases: number
  readonly phraseFirst: number
  readonly phraseFive: number
}

export const NOTHING: Tally = {
  documents: 0,
  words: 0,
  candidates: 0,
  oneWord: 0,
  listed: 0,
  tried: 0,
  first: 0,
  five: 0,
  phrases: 0,
  phraseFirst: 0,
  phraseFive: 0,
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = { ...NOTHING }
  // The names are those of the record itself.
  const names = Object.keys(NOTHING) as (keyof Tally)[]
  const out: Record<keyof Tally, number> = total
  for (const tally of tallies) for (const name of names) out[name] += tally[name]
  return out
}

/** What a document is read with, apart from the dictionary. */
export interface Reader {
  readonly knowledge: Omit<Knowledge, 'lexicon'>
  /** Thesaurus proposals as the engine tries them. */
  readonly tried: Prepare
  /** All of them. */
  readonly listed: Prepare
  readonly printed: Printed
}

/** Counts a document with any number of dictionaries; equal matches are read once. */
export function counter(reader: Reader, doc: Labelled): (dictionaries: readonly Dictionary[]) => Tally {
  const { model, vectors, weights } = reader.knowledge
  const sentences = readSentences(document(doc.text, {}))
  const context = documentContext(model, vectors, sentences)
  const edits = doc.edits.filter((edit) => isReplacement(edit) && isOneWord(edit))
  const edited = new Set(
    edits.flatMap(({ first, end }) => doc.tokens.slice(first, end).map(({ key }) => key)),
  )
  const listed: Prepare = (key) => (edited.has(key) ? reader.listed(key) : NOTHING_PREPARED)
  const known = new Map<string, Tally>()

  return (dictionaries) => {
    const id = matches(dictionaries, sentences, context.keys)
    const before = known.get(id)
    if (before !== undefined) return before
    const candidates = (prepare: Prepare): { sentence: Sentence; places: Candidate[][] }[] =>
      sentences.map((sentence) => {
        const lexicon = { dictionaries, prepare, printed: reader.printed }
        const seen = look({ lexicon, model, vectors }, weights.suspicion, sentence, context)
        const expected = (at: number): readonly string[] => expectedWords(seen.context, at, weights.expected)
        const places = propose(lexicon, seen, {
          suspects: undefined,
          expected,
          askedFrom: 0,
          terms: weights.terms,
        })
        return { sentence, places: everyCandidate(places) }
      })
    const asTried = candidates(reader.tried)
    const { findings } = analyzeText(
      { ...reader.knowledge, lexicon: { dictionaries, prepare: reader.tried, printed: reader.printed } },
      { text: doc.text, problems: [] },
      { minConfidence: 0 },
    )
    const tally = {
      ...NOTHING,
      documents: 1,
      words: sentences.flatMap(({ tokens }) => tokens).filter(({ kind }) => kind === 'word').length,
      candidates: asTried.flatMap(({ places }) => places.flat()).length,
      oneWord: edits.length,
      listed: restorable(doc, edits, candidates(listed)).size,
      tried: restorable(doc, edits, asTried).size,
      ...ranks(doc, findings),
    }
    known.set(id, tally)
    return tally
  }
}

/** Everything the dictionaries say about the sentences: documents with equal matches read the same. */
function matches(
  dictionaries: readonly Dictionary[],
  sentences: readonly Sentence[],
  keys: { has(key: string): boolean },
): string {
  const parts: string[] = []
  for (const dictionary of dictionaries)
    sentences.forEach(({ tokens, kind }, i) => {
      const interned = internTokens(dictionary, tokens)
      for (let at = 0; at < tokens.length; at++)
        for (const { end, source, originals } of matchEntries(dictionary, tokens, interned, at, keys, kind))
          parts.push(
            `${i} ${at} ${end} ${source}`,
            ...originals.map(({ text, weight, channel }) => `${text} ${weight} ${channel}`),
          )
    })
  return parts.join('\n')
}

/** The edits that one of the candidates would undo. */
function restorable(
  doc: Labelled,
  edits: readonly LabelledEdit[],
  proposed: readonly { readonly sentence: Sentence; readonly places: readonly (readonly Candidate[])[] }[],
): Set<LabelledEdit> {
  const out = new Set<LabelledEdit>()
  for (const { sentence, places } of proposed)
    for (const { start, end, words } of places.flat()) {
      const from = sentence.tokens[start]?.span.start
      const stop = sentence.tokens[end - 1]?.span.end
      if (from === undefined || stop === undefined) continue
      const place = { ...touched(doc.tokens, { start: from, end: stop }), start: from, stop }
      // Clitics are tokens of their own in the engine, not here.
      const text = words.join(' ').replaceAll(" '", "'")
      for (const edit of edits)
        if (edit.first < place.end && place.first < edit.end && wouldRestore(doc, edit, place, text))
          out.add(edit)
    }
  return out
}

function ranks(
  doc: Labelled,
  findings: ReturnType<typeof analyzeText>['findings'],
): Pick<Tally, 'first' | 'five' | 'phrases' | 'phraseFirst' | 'phraseFive'> {
  const places = findings.map(({ span, confidence, suggestions }) => ({
    ...touched(doc.tokens, span),
    confidence,
    suggestions: suggestions.map(({ text }) => measureKeys(text)),
  }))
  const out = { first: 0, five: 0, phrases: 0, phraseFirst: 0, phraseFive: 0 }
  for (const edit of doc.edits) {
    if (!isReplacement(edit)) continue
    const rank = rankOf(doc.tokens, edit, places)
    if (isOneWord(edit)) {
      if (rank === 1) out.first += 1
      if (rank <= 5) out.five += 1
      continue
    }
    out.phrases += 1
    if (rank === 1) out.phraseFirst += 1
    if (rank <= 5) out.phraseFive += 1
  }
  return out
}
