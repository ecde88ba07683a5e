/**
 * Word ids to a model of slots: which word belongs between the words around it.
 *
 * A log-bilinear model with a weight per position and dimension (Mnih & Kavukcuoglu 2013, "Learning word
 * embeddings efficiently with noise-contrastive estimation", §3, vLBL): the slot is
 * h = Σ_p position(p) ∘ around(word at p), a word fits it by h · word(w) + bias(w). It is taught to tell the
 * word that stood there from random words (negative sampling, as in skipgram.ts), and, since that is what
 * it is for, from a wording that the thesaurus confuses with it and the other originals of that wording.
 * In part of the sentences some words around are replaced by such wordings, as in a spun text.
 *
 * In: the id array that n-gram training reads, counts, what each word is confused with. Out: matrices of
 * 32-bit floats. One thread, reproducible bit for bit from its seed.
 */
import { BOUNDARY, FIRST_WORD } from './corpus.ts'
import { type AliasTable, aliasTable, draw, next, type RandomState, randomState, shuffle } from './draw.ts'
import { SIGMOID_CELLS, sigmoidCell, sigmoidTables } from './sigmoid.ts'
import { keepThresholds, noise, sentenceStarts } from './skipgram.ts'

export interface SlotOptions {
  /** Numbers per row; even, since the inner loops take two at a time. */
  readonly dimensions: number
  /** Words either side of the slot. */
  readonly reach: number
  /** Ids below this have rows. */
  readonly words: number
  /** Random words a place, and wordings it is confused with, that are taught not to belong there. */
  readonly negatives: number
  readonly confused: number
  /** Words above this share of all tokens are dropped as the word of a slot, never as words around it. */
  readonly subsample: number
  /** Share of sentences with words replaced around the slot, and the largest share of their words. */
  readonly spun: number
  readonly mostReplaced: number
  readonly seed: number
}

export const SLOT_DEFAULTS: SlotOptions = {
  dimensions: 64,
  reach: 5,
  words: 32_000,
  negatives: 6,
  confused: 4,
  subsample: 1e-4,
  spun: 0.6,
  mostReplaced: 0.5,
  seed: 1,
}

/** Of each id the ids it may be confused with, likeliest first: `ids[starts[id]]` up to `ids[starts[id + 1]]`. */
export interface Confused {
  readonly starts: Uint32Array
  readonly ids: Uint32Array
}

export interface TrainedSlots {
  readonly dimensions: number
  readonly words: number
  readonly reach: number
  /** `words` rows; row `BOUNDARY` stands for the sentence's edge. */
  readonly around: Float32Array
  readonly word: Float32Array
  readonly bias: Float32Array
  /** 2 · reach rows: −reach … −1, 1 … reach. */
  readonly position: Float32Array
}

export interface SlotProgress {
  /** Share of the work done, 0 to 1. */
  readonly done: number
  /** Mean loss since the last report, nats per word compared. */
  readonly loss: number
}

const FIRST_RATE = 0.05
const LAST_RATE = 0.0001
/** Positions are shared by all words, so their steps are smaller. */
const POSITION_SHARE = 0.02
const MAX_SENTENCE = 512
/** Sentences between two reports. */
const STRIDE = 65_536
/** Words more frequent than this id are not replaced around a slot: spinners rarely touch them. */
const REPLACED_FROM = 130
/** Steps smaller than this are not worth the memory traffic. */
const LEAST_STEP = 1e-5

/** Throws a RangeError if `dimensions` is no positive even number. */
export function trainSlots(
  ids: Uint32Array,
  counts: ArrayLike<number>,
  confused: Confused,
  options: Partial<SlotOptions> = {},
  onProgress: (progress: SlotProgress) => void = () => {},
): TrainedSlots {
  const all = { ...SLOT_DEFAULTS, ...options }
  const { dimensions, reach, subsample, spun, mostReplaced, seed } = all
  if (dimensions <= 0 || dimensions % 2 !== 0)
    throw new RangeError(`slots: ${dimensions} dimensions\n  fix: choose a positive even number`)
  const words = Math.min(all.words, counts.length)
  const random = randomState(seed)
  const model = untrained(words, dimensions, reach, random)
  const step = stepper(model, { ...all, words }, confused, aliasTable(noise(counts, words)), random)
  const keep = keepThresholds(counts, words, subsample)
  const starts = sentenceStarts(ids)
  shuffle(starts, random)
  const sentence = new Int32Array(MAX_SENTENCE)
  const around = new Int32Array(MAX_SENTENCE)
  const told = { loss: 0, compared: 0 }
  for (let s = 0; s < starts.length; s++) {
    const done = s / starts.length
    if (s > 0 && s % STRIDE === 0) {
      onProgress({ done, loss: told.loss / Math.max(1, told.compared) })
      told.loss = 0
      told.compared = 0
    }
    let length = 0
    for (let at = starts[s] ?? 0; at < ids.length && length < MAX_SENTENCE; at++) {
      const id = ids[at] ?? BOUNDARY
      if (id === BOUNDARY) break
      sentence[length++] = id < words ? id : 0
    }
    const share = chance(random) < spun ? chance(random) * mostReplaced : 0
    for (let i = 0; i < length; i++) {
      const id = sentence[i] ?? 0
      const replaced = share > 0 && id >= REPLACED_FROM && chance(random) < share
      around[i] = replaced ? wordingFor(confused, id, words, random) : id
    }
    const rate = Math.max(LAST_RATE, FIRST_RATE * (1 - done))
    for (let at = 0; at < length; at++) {
      const id = sentence[at] ?? 0
      if (id >= FIRST_WORD && next(random) <= (keep[id] ?? 0)) step(id, around, at, length, rate, told)
    }
  }
  onProgress({ done: 1, loss: told.loss / Math.max(1, told.compared) })
  return model
}

/** 0 ≤ x < 1 */
const chance = (random: RandomState): number => next(random) / 2 ** 32

/** A wording for `id`, the likelier ones more often; `id` itself where it has none. */
function wordingFor(confused: Confused, id: number, words: number, random: RandomState): number {
  const from = confused.starts[id] ?? 0
  const size = (confused.starts[id + 1] ?? 0) - from
  const drawn =
    size === 0 ? id : (confused.ids[from + Math.floor(chance(random) * chance(random) * size)] ?? id)
  return drawn < words ? drawn : id
}

function untrained(words: number, dimensions: number, reach: number, random: RandomState): TrainedSlots {
  const around = new Float32Array(words * dimensions)
  for (let i = dimensions; i < around.length; i++) around[i] = (chance(random) - 0.5) / 2
  // Row 2 is kept free.
  around.fill(0, 2 * dimensions, FIRST_WORD * dimensions)
  const position = new Float32Array(2 * reach * dimensions)
  for (let p = 0; p < 2 * reach; p++) {
    const distance = p < reach ? reach - p : p - reach + 1
    position.fill(1 / Math.sqrt(1 + distance), p * dimensions, (p + 1) * dimensions)
  }
  return {
    dimensions,
    words,
    reach,
    around,
    word: new Float32Array(words * dimensions),
    bias: new Float32Array(words),
    position,
  }
}

/** One step: the word of a slot towards it, the words it is compared with away, the words around along. */
function stepper(
  { around, word, bias, position, dimensions, reach }: TrainedSlots,
  { negatives, confused: others, words }: SlotOptions,
  confused: Confused,
  noiseTable: AliasTable,
  random: RandomState,
): (
  id: number,
  sentence: Int32Array,
  at: number,
  length: number,
  rate: number,
  told: { loss: number; compared: number },
) => void {
  const { sigmoid, lossAt } = sigmoidTables()
  const slot = new Float32Array(dimensions)
  const change = new Float32Array(dimensions)
  const near = new Int32Array(2 * reach)
  const compared = new Int32Array(1 + negatives + others)

  /** What `id` is compared with, itself first; returns how many. */
  const comparisons = (id: number): number => {
    let count = 1
    compared[0] = id
    const spun = wordingFor(confused, id, words, random)
    if (others > 0 && spun !== id) {
      compared[count++] = spun
      for (let k = 1; k < others; k++) {
        const other = wordingFor(confused, spun, words, random)
        if (other !== id && other !== spun) compared[count++] = other
      }
    }
    for (let k = 0; k < negatives; k++) {
      const other = draw(noiseTable, random)
      if (other !== id) compared[count++] = other
    }
    return count
  }

  // `!` below: every index is inside by construction, and these are the loops where training spends its time.
  return (id, sentence, at, length, rate, told) => {
    slot.fill(0)
    for (let p = 0; p < 2 * reach; p++) {
      const i = p < reach ? at - reach + p : at + p - reach + 1
      const by = i === -1 || i === length ? BOUNDARY : i < 0 || i > length ? 0 : sentence[i]!
      near[p] = by
      if (by === 0) continue
      const from = by * dimensions
      const weight = p * dimensions
      for (let k = 0; k < dimensions; k++) slot[k]! += position[weight + k]! * around[from + k]!
    }
    change.fill(0)
    const count = comparisons(id)
    for (let c = 0; c < count; c++) {
      const row = compared[c]! * dimensions
      let even = bias[compared[c]!]!
      let odd = 0
      for (let k = 0; k < dimensions; k += 2) {
        even += slot[k]! * word[row + k]!
        odd += slot[k + 1]! * word[row + k + 1]!
      }
      const cell = sigmoidCell(even + odd)
      told.loss += lossAt[c === 0 ? cell : SIGMOID_CELLS - 1 - cell]!
      const gain = ((c === 0 ? 1 : 0) - sigmoid[cell]!) * rate
      if (gain < LEAST_STEP && gain > -LEAST_STEP) continue
      bias[compared[c]!]! += gain
      for (let k = 0; k < dimensions; k++) {
        const value = word[row + k]!
        change[k]! += gain * value
        word[row + k] = value + gain * slot[k]!
      }
    }
    told.compared += count
    for (let p = 0; p < 2 * reach; p++) {
      if (near[p] === 0) continue
      const from = near[p]! * dimensions
      const weight = p * dimensions
      for (let k = 0; k < dimensions; k++) {
        const value = around[from + k]!
        const by = position[weight + k]!
        const step = change[k]!
        around[from + k] = value + step * by
        position[weight + k] = by + POSITION_SHARE * step * value
      }
    }
  }
}
