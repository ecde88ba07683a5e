/**
 * The one list of trained numbers (models/en.weights.json): suspicion, ranker, decoder, spin rate, detector,
 * verdict, thresholds. Nothing else in restore/ holds a tuned number.
 */
import { FEATURES, type FeatureName } from './features.ts'
import type { Network } from './network.ts'

export interface Weights {
  readonly version: number
  readonly recipe: string
  /** The cheap look at every word. */
  readonly suspicion: Network & {
    /** Log odds of the share of replaced words it was trained on. */
    readonly trainedOdds: number
    /** Log odds, under the document's rate, from which a word is read. */
    readonly readFrom: number
    /** Findings below this confidence are asked for: every word is read, suspicious or not. */
    readonly usedFrom: number
    /** Rate the search starts with, and a Beta prior in pseudo-words: replaced, kept. */
    readonly initial: number
    readonly replaced: number
    readonly kept: number
    /**
     * Below this rough rate the words from the log odds `from` on are read first, and the others only if
     * one of them was replaced with a posterior of `found`.
     */
    readonly probe: { readonly below: number; readonly from: number; readonly found: number }
  }
  /** Nats per unit of each feature. */
  readonly ranker: Readonly<Record<FeatureName, number>>
  readonly decoder: {
    readonly beam: number
    readonly arcsPerPlace: number
    /** Local odds below which a reading does not enter the lattice. */
    readonly leastOdds: number
    /** Thesaurus proposals asked for a word, and how many of them are tried in context. */
    readonly candidatesPerWord: number
    readonly triedPerWord: number
    /** Words more frequent than this id of the vocabulary are left to the dictionary; 0 asks for all. */
    readonly thesaurusFrom: number
    /** Readings of a place that are looked at closely and can be suggested. */
    readonly keptPerPlace: number
  }
  /** When two neighbours are read together. */
  readonly compounds: {
    /** Proposals tried for each of the two, and pairs kept. */
    readonly tried: number
    readonly kept: number
    /** Nats by which the second must be likelier after the first than alone. */
    readonly bound: number
    /** Added to a pair's score: what a second replaced word costs. */
    readonly odds: number
  }
  /** When a stretch is read as a known term. */
  readonly terms: {
    /** Terms tried in context for a start token, strongest paths first, and terms kept. */
    readonly tried: number
    readonly kept: number
    /** Nats of language-model cost a term must save. */
    readonly bound: number
    /** Nats that the strongest path is worth beside them. */
    readonly trust: number
    /** Mean strength of the paths from which a term is tried, 0–1. */
    readonly least: number
    /** Nats by which a word may follow its neighbour more often than by chance in a stretch that is none of a writer's. */
    readonly strange: number
  }
  /** When the model is asked for words of its own. */
  readonly expected: {
    /** Mean cost of the token and the next one from which it is asked, nats. */
    readonly above: number
    /** Nats a word must save over both. */
    readonly saved: number
    /** Commonest words tried, and words kept. */
    readonly words: number
    readonly kept: number
  }
  readonly rate: {
    /** Spin rate the search starts with, and a Beta prior in pseudo-words: replaced, kept. */
    readonly initial: number
    readonly replaced: number
    readonly kept: number
    readonly rounds: number
  }
  readonly detector: Network
  readonly verdict: Network & { readonly doubtful: number; readonly spun: number }
  /** A dialect is named from so many different marks on, and so many times the next one's. */
  readonly dialect: { readonly marks: number; readonly lead: number }
  /** Default thresholds on finding confidence. */
  readonly thresholds: {
    readonly minConfidence: number
    readonly applyAbove: number
    readonly applyShare: number
    readonly joinAbove: number
    /** Verdict probability from which a place's confidence counts in full. */
    readonly sureFrom: number
  }
}

/** Ranker weights in the order of `FEATURES`. */
export const rankerRow = (weights: Weights): Float64Array =>
  Float64Array.from(FEATURES, (name) => weights.ranker[name])
