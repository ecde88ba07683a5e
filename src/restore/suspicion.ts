/**
 * The cheap look at every word that decides where the dear one runs: how odd is it here?
 *
 * In: a sentence in context and what the dictionary lists at its words. Out: log odds, per token, that
 * the word was replaced, before anything was proposed for it. A few model queries a word and no
 * candidate; a small trained network weighs them, the words of a sentence together.
 */
import type { Token } from '../types.ts'
import { REACH, type SentenceContext } from './context.ts'
import { isFunction, USUAL_FIT } from './features.ts'

export const SUSPICION_INPUTS = [
  'unigram', // unigram cost of the word, nats
  'surpriseLeft', // cost after its left context minus unigram cost, nats
  'surpriseRight', // the same for the token behind it
  'surpriseSpan', // mean cost of the word and two tokens to the right, nats
  'before', // cost of the token before it minus its unigram cost, nats
  'fit', // fit of the word to the words around it, nats
  'topic', // fit of the word to the document, nats
  'count', // ln of how often the document has it
  'function', // among the most frequent words
  'title', // capitalised
  'heading',
  'unknown', // not in the vocabulary
  'entry', // strongest phrase entry that covers it, 0–1
  'habit', // strongest habit that covers it, 0–1
  'spunness', // ln odds that a spinner rather than a writer prints this word, from the habit lists
] as const

/** What the dictionaries say at each token of a sentence. */
export interface Listed {
  /** Strongest entry, strongest habit that covers the token, 0–1. */
  readonly entry: Float64Array
  readonly habit: Float64Array
  /** Σ over habits of this one word: p(original) · p(word | original); 0 when none lists it. */
  readonly printed: Float64Array
}

/** Words of a sentence, by token; those that are no words are not looked at. */
export interface WordRows {
  /** Tokens that are words, ascending. */
  readonly at: readonly number[]
  /** Per word `SUSPICION_INPUTS.length` numbers in their order. */
  readonly rows: Float64Array
}

/** Inputs of every word of a sentence. */
export function suspicionRows(context: SentenceContext, listed: Listed): WordRows {
  const { model, vectors, ids, occurrences, tokens, length, document, kind } = context
  const at: number[] = []
  for (let i = 0; i < length; i++) if (tokens[i]?.kind === 'word') at.push(i)
  const rows = new Float64Array(at.length * SUSPICION_INPUTS.length)
  const { around, toTopic } = vectors.running(ids, length, REACH, document.topic)
  const heading = kind === 'heading' ? 1 : 0
  let row = 0
  for (const i of at) {
    const id = ids[i] as number // i < length
    const { shape } = tokens[i] as Token
    const unigram = model.unigram(id)
    const after = i + 1 < length ? model.unigram(ids[i + 1] as number) : 3
    const span = Math.min(i + 3, length + 1)
    const fit = around[i] as number
    const topic = fit === 0 ? 0 : (toTopic[i] as number)
    const printed = listed.printed[i] as number
    rows[row++] = unigram
    rows[row++] = context.observed(i, i + 1) - unigram
    rows[row++] = context.observed(i + 1, i + 2) - after
    rows[row++] = context.observed(i, span) / (span - i)
    rows[row++] = i === 0 ? 0 : context.observed(i - 1, i) - model.unigram(ids[i - 1] as number)
    rows[row++] = fit === 0 ? USUAL_FIT : fit
    rows[row++] = topic === 0 ? USUAL_FIT : topic
    rows[row++] = Math.log(occurrences[i] as number)
    rows[row++] = isFunction(id)
    rows[row++] = shape === 'lower' ? 0 : 1
    rows[row++] = heading
    rows[row++] = id === 0 ? 1 : 0
    rows[row++] = listed.entry[i] as number
    rows[row++] = listed.habit[i] as number
    rows[row++] = printed === 0 ? 0 : Math.max(-6, Math.min(8, Math.log(printed) + unigram))
  }
  return { at, rows }
}
