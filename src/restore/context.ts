/**
 * One sentence as the model sees it: word ids, the cost of every token as it stands, and the cost of
 * the sentence with a stretch of it replaced. All numbers a reading is judged by start here.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Sentence, Token } from '../types.ts'

/** Words either side whose vectors make the context of a place. */
export const REACH = 6
const BOUNDARY = 1

/** What the whole document says about each of its places. */
export interface DocumentContext {
  /** Every key of the document; looked up once a token, which costs more than what is done with it. */
  readonly keys: ReadonlyMap<string, DocumentKey>
  /** How often each key occurs. */
  readonly counts: { get(key: string): number | undefined }
  /** Mean context vector of its content words; all zero when it has none. */
  readonly topic: Float32Array
}

export interface DocumentKey {
  /** In the model's vocabulary; 0 for an unknown word. */
  readonly id: number
  /** How often the document has it. */
  readonly count: number
}

/** Words of a document that its topic is read from, and the ids below which a word has none. */
const TOPIC_WORDS = 600
const FIRST_CONTENT_ID = 130

export function documentContext(
  model: NgramModel,
  vectors: Vectors,
  sentences: Iterable<Sentence>,
): DocumentContext {
  const keys = new Map<string, { readonly id: number; count: number }>()
  const ids = new Int32Array(TOPIC_WORDS)
  let n = 0
  for (const { tokens } of sentences) {
    for (const { key } of tokens) {
      let known = keys.get(key)
      if (known === undefined) {
        known = { id: model.vocabulary.id(key), count: 0 }
        keys.set(key, known)
      }
      known.count += 1
      if (n < TOPIC_WORDS && known.id >= FIRST_CONTENT_ID) ids[n++] = known.id
    }
  }
  const topic = new Float32Array(vectors.dimensions)
  vectors.contextVector(ids, n, topic)
  return { keys, counts: { get: (key) => keys.get(key)?.count }, topic }
}

export interface SentenceContext {
  readonly document: DocumentContext
  readonly model: NgramModel
  readonly vectors: Vectors
  readonly tokens: readonly Token[]
  readonly kind: Sentence['kind']
  /** Number of tokens; `ids[length]` is the boundary. */
  readonly length: number
  readonly ids: Int32Array
  /** By token: how often the document has its key, at least 1. */
  readonly occurrences: Int32Array
  /** Sum of −ln p of observed tokens [start, end), `end` ≤ length + 1. Nats. */
  observed(start: number, end: number): number
  unigram(id: number): number
  /**
   * Costs with tokens [start, end) read as `ids`, written to `out`: [over the new words, with the three
   * tokens behind them too].
   */
  replaced(start: number, end: number, ids: ArrayLike<number>, out: Float64Array): void
  /** The same for the ids [from, to) of a longer list. */
  replacedBy(
    start: number,
    end: number,
    ids: ArrayLike<number>,
    from: number,
    to: number,
    out: Float64Array,
  ): void
  /**
   * The same for the wordings `from` to `to` of a list, whose ids lie in `ids` from `offsets[i]` to
   * `offsets[i + 1]`: two lists of costs, which are good until the next question.
   */
  replacedByEach(
    start: number,
    end: number,
    ids: Int32Array,
    offsets: ArrayLike<number>,
    from: number,
    to: number,
  ): { readonly own: Float64Array; readonly whole: Float64Array }
  /** Vector of the words around [start, end), written to `contextVector`; returns how many had one. */
  setContext(start: number, end: number): number
  readonly contextVector: Float32Array
}

export function sentenceContext(
  model: NgramModel,
  vectors: Vectors,
  sentence: Sentence,
  document: DocumentContext,
): SentenceContext {
  const { tokens } = sentence
  const length = tokens.length
  const ids = new Int32Array(length + 1)
  const occurrences = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    const { key } = tokens[i] as Token
    const known = document.keys.get(key)
    ids[i] = known?.id ?? model.vocabulary.id(key)
    occurrences[i] = known?.count ?? 1
  }
  ids[length] = BOUNDARY
  const sums = new Float64Array(length + 2)
  model.running(ids, sums)
  const before = (i: number): number => (i >= 0 ? (ids[i] as number) : i === -1 ? BOUNDARY : -1)
  const contextVector = new Float32Array(vectors.dimensions)
  const around = new Int32Array(2 * REACH)

  const replacedBy: SentenceContext['replacedBy'] = (start, end, replacement, from, to, out) => {
    let h3 = before(start - 3)
    let h2 = before(start - 2)
    let h1 = before(start - 1)
    let cost = 0
    for (let k = from; k < to; k++) {
      const id = replacement[k] as number
      cost += model.cost(h3, h2, h1, id)
      h3 = h2
      h2 = h1
      h1 = id
    }
    out[0] = cost
    const stop = Math.min(end + 3, length + 1)
    for (let i = end; i < stop; i++) {
      const id = ids[i] as number
      cost += model.cost(h3, h2, h1, id)
      h3 = h2
      h2 = h1
      h1 = id
    }
    out[1] = cost
  }

  const place = new Int32Array(6)
  const costs = new Float64Array(2)
  let room = roomFor(64)
  const replacedByEach: SentenceContext['replacedByEach'] = (start, end, list, offsets, from, to) => {
    if (room.own.length < to - from) room = roomFor(to - from)
    const { own, whole, words, numbers, wordOwn, wordWhole } = room
    // Nearly all wordings are single words, which are asked for together.
    let singles = 0
    for (let i = from; i < to; i++) {
      const first = offsets[i] as number // i < to, and rows are whole
      const last = offsets[i + 1] as number
      if (last === first + 1) {
        words[singles] = list[first] as number
        numbers[singles++] = i - from
      } else {
        replacedBy(start, end, list, first, last, costs)
        own[i - from] = costs[0] as number
        whole[i - from] = costs[1] as number
      }
    }
    for (let i = 0; i < 3; i++) {
      place[i] = before(start - 3 + i)
      place[3 + i] = ids[end + i] ?? -1
    }
    model.wordCosts(place, words, singles, wordOwn, wordWhole)
    for (let k = 0; k < singles; k++) {
      own[numbers[k] as number] = wordOwn[k] as number
      whole[numbers[k] as number] = wordWhole[k] as number
    }
    return room
  }

  return {
    document,
    model,
    vectors,
    tokens,
    kind: sentence.kind,
    length,
    ids,
    occurrences,
    contextVector,
    observed: (start, end) => (sums[end] as number) - (sums[start] as number),
    unigram: (id) => model.unigram(id),
    replaced: (start, end, replacement, out) =>
      replacedBy(start, end, replacement, 0, replacement.length, out),
    replacedBy,
    replacedByEach,
    setContext(start, end) {
      let n = 0
      for (let i = Math.max(0, start - REACH); i < start; i++) around[n++] = ids[i] as number
      for (let i = end; i < Math.min(length, end + REACH); i++) around[n++] = ids[i] as number
      return vectors.contextVector(around, n, contextVector)
    },
  }
}

const roomFor = (wordings: number) => ({
  own: new Float64Array(wordings),
  whole: new Float64Array(wordings),
  words: new Int32Array(wordings),
  numbers: new Int32Array(wordings),
  wordOwn: new Float64Array(wordings),
  wordWhole: new Float64Array(wordings),
})
