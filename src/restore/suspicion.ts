/**
 * The cheap look at every word that decides where the dear one runs: how odd is it here?
 *
 * In: a sentence in context and what the dictionary lists at its words. Out: log odds, per token, that
 * the word was replaced, before anything was proposed for it. A few model queries a word and no
 * candidate; a small trained network weighs them.
 */
import type { Token } from '../types.ts'
import type { SentenceContext } from './context.ts'
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

/** Inputs of token `at`, in the order of `SUSPICION_INPUTS`, written to `x`. */
export function suspicionInputs(context: SentenceContext, listed: Listed, at: number, x: Float64Array): void {
  const { model, vectors, ids, tokens, length, document } = context
  const id = ids[at] as number
  const { key, shape } = tokens[at] as Token
  const unigram = model.unigram(id)
  const after = at + 1 < length ? model.unigram(ids[at + 1] as number) : 3
  const around = context.setContext(at, at + 1)
  const fit = around === 0 ? 0 : vectors.fitTo(id, context.contextVector)
  const topic = fit === 0 ? 0 : vectors.fitTo(id, document.topic)
  const printed = listed.printed[at] as number
  x[0] = unigram
  x[1] = context.observed(at, at + 1) - unigram
  x[2] = context.observed(at + 1, at + 2) - after
  x[3] = context.observed(at, Math.min(at + 3, length + 1)) / (Math.min(at + 3, length + 1) - at)
  x[4] = at === 0 ? 0 : context.observed(at - 1, at) - model.unigram(ids[at - 1] as number)
  x[5] = fit === 0 ? USUAL_FIT : fit
  x[6] = topic === 0 ? USUAL_FIT : topic
  x[7] = Math.log(document.counts.get(key) ?? 1)
  x[8] = isFunction(id)
  x[9] = shape === 'lower' ? 0 : 1
  x[10] = context.kind === 'heading' ? 1 : 0
  x[11] = id === 0 ? 1 : 0
  x[12] = listed.entry[at] as number
  x[13] = listed.habit[at] as number
  x[14] = printed === 0 ? 0 : Math.max(-6, Math.min(8, Math.log(printed) + unigram))
}
