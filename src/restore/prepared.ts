/**
 * Thesaurus proposals made ready once per word: model ids and the part of the score that no context can
 * change. Text repeats its words, and an answer of two hundred proposals is dear to make; it is kept as a
 * few arrays, and the oldest is forgotten when the memory is full, so that a run over millions of
 * documents stays bounded.
 */
import type { Inflector } from '../lexicon/inflect.ts'
import { proposals, type ThesaurusProposal } from '../lexicon/synonyms.ts'
import { RELATION, type Thesaurus } from '../lexicon/thesaurus.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Source } from '../types.ts'
import { NO_STRENGTHS, type PreparedWord, type Strengths } from './candidates.ts'
import { dot, FEATURE_COUNT, template } from './features.ts'

export type Prepare = (key: string) => PreparedWord

export interface PrepareOptions {
  /** Thesaurus proposals asked for a word, and how many of them are kept. */
  readonly perWord: number
  readonly kept: number
  /** Words remembered; each takes about 12 KB. */
  readonly words: number
}

export function preparedProposals(
  thesaurus: Thesaurus,
  inflector: Inflector,
  model: NgramModel,
  vectors: Vectors,
  ranker: Float64Array,
  options: PrepareOptions,
): Prepare {
  const known = new Map<string, PreparedWord>()
  const row = new Float64Array(FEATURE_COUNT)
  const prepared = (key: string): PreparedWord => {
    const old = { key, ids: [model.vocabulary.id(key)] }
    const scored = proposals(thesaurus, inflector, key, options.perWord).map((proposal) => {
      const words = proposal.key.includes(' ') ? proposal.key.split(' ') : [proposal.key]
      const ids = words.map((word) => model.vocabulary.id(word))
      const parts = { words, ids, sources: 1, strengths: strengthsOf(proposal) }
      return { proposal, ids, base: dot(ranker, template(model, vectors, old, parts, row)) }
    })
    // The thesaurus ranks by relation alone; the ranker's own view of a pair is the better one to cut by.
    return packed(scored.sort((a, b) => b.base - a.base).slice(0, options.kept))
  }
  return (key) => {
    const kept = known.get(key)
    if (kept !== undefined) return kept
    if (known.size >= options.words)
      for (const oldest of known.keys()) {
        known.delete(oldest)
        break
      }
    const ready = prepared(key)
    known.set(key, ready)
    return ready
  }
}

/** What a word has that nothing is proposed for. */
export const NOTHING_PREPARED: PreparedWord = packed([])

function packed(
  best: readonly { readonly proposal: ThesaurusProposal; readonly ids: number[]; readonly base: number }[],
): PreparedWord {
  const offsets = new Uint16Array(best.length + 1)
  best.forEach(({ ids }, i) => {
    offsets[i + 1] = (offsets[i] as number) + ids.length
  })
  const all = Int32Array.from(best.flatMap(({ ids }) => ids))
  const found = best.map(({ proposal }) => proposal)
  return {
    count: best.length,
    keys: found.map(({ key }) => key),
    ids: all,
    offsets,
    base: Float64Array.from(best, ({ base }) => base),
    candidate(i, start) {
      const proposal = found[i] as ThesaurusProposal // i < count
      return {
        start,
        end: start + 1,
        words: proposal.key.split(' '),
        ids: all.subarray(offsets[i], offsets[i + 1]),
        written: undefined,
        kind: undefined,
        sources: [sourceOf(proposal)],
        strengths: strengthsOf(proposal),
      }
    },
  }
}

function sourceOf({ relations, strength, hops, path }: ThesaurusProposal): Source {
  const name = hops === 2 ? 'two-hop' : relations & RELATION.wordnet ? 'wordnet' : 'moby'
  return { name, weight: strength, path }
}

function strengthsOf({ relations, strength, hops }: ThesaurusProposal): Strengths {
  return {
    ...NO_STRENGTHS,
    strength: hops === 1 ? strength : 0,
    twoHop: hops === 2 ? strength : 0,
    wordnetSynonym: relations & RELATION.synonym ? 1 : 0,
    wordnetNear: relations & RELATION.wordnet && !(relations & RELATION.synonym) ? 1 : 0,
    mobyForward: relations & RELATION.mobyForward ? 1 : 0,
    mobyBackward: relations & RELATION.mobyBackward ? 1 : 0,
  }
}
