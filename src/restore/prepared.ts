/**
 * Thesaurus proposals made ready once per word: ids, sources, and the features that no context can
 * change. Text repeats its words, and an answer of two hundred proposals is dear to make; the oldest is
 * forgotten when the memory is full, so that a run over millions of documents stays bounded.
 */
import type { Inflector } from '../lexicon/inflect.ts'
import { proposals, type ThesaurusProposal } from '../lexicon/synonyms.ts'
import { RELATION, type Thesaurus } from '../lexicon/thesaurus.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import { NO_STRENGTHS, type PreparedProposal } from './candidates.ts'
import { dot, template } from './features.ts'

export type Prepare = (key: string) => readonly PreparedProposal[]

export interface PrepareOptions {
  /** Thesaurus proposals asked for a word, and how many of them are kept. */
  readonly perWord: number
  readonly kept: number
  /** Words remembered; each takes 50–100 KB. */
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
  const known = new Map<string, readonly PreparedProposal[]>()
  return (key) => {
    const kept = known.get(key)
    if (kept !== undefined) return kept
    if (known.size >= options.words)
      for (const oldest of known.keys()) {
        known.delete(oldest)
        break
      }
    const old = { key, ids: [model.vocabulary.id(key)] }
    const ready = proposals(thesaurus, inflector, key, options.perWord).map((proposal) => {
      const words = proposal.key.split(' ')
      const ids = Int32Array.from(words, (word) => model.vocabulary.id(word))
      const { source, strengths } = sourceOf(proposal)
      const sources = [source]
      const row = template(model, vectors, old, { words, ids, sources, strengths })
      return { words, ids, sources, strengths, template: row, base: dot(ranker, row) }
    })
    // The thesaurus ranks by relation alone; the ranker's own view of a pair is the better one to cut by.
    const best = ready.sort((a, b) => b.base - a.base).slice(0, options.kept)
    known.set(key, best)
    return best
  }
}

function sourceOf(
  proposal: ThesaurusProposal,
): Pick<PreparedProposal, 'strengths'> & { source: PreparedProposal['sources'][number] } {
  const { relations, strength } = proposal
  const name = proposal.hops === 2 ? 'two-hop' : relations & RELATION.wordnet ? 'wordnet' : 'moby'
  return {
    source: { name, weight: strength, path: proposal.path },
    strengths: {
      ...NO_STRENGTHS,
      strength: proposal.hops === 1 ? strength : 0,
      twoHop: proposal.hops === 2 ? strength : 0,
      wordnetSynonym: relations & RELATION.synonym ? 1 : 0,
      wordnetNear: relations & RELATION.wordnet && !(relations & RELATION.synonym) ? 1 : 0,
      mobyForward: relations & RELATION.mobyForward ? 1 : 0,
      mobyBackward: relations & RELATION.mobyBackward ? 1 : 0,
    },
  }
}
