/**
 * Word ids to word vectors: skip-gram with negative sampling (Mikolov et al. 2013, "Distributed
 * representations of words and phrases", §2), one thread, reproducible bit for bit from its seed.
 *
 * In: the id array that n-gram training also reads (1 between sentences) and a count per id. Out: two
 * matrices of 32-bit floats, `input` and `output`. Both are kept: cosines compare input rows, the fit
 * of a word to its surroundings multiplies its input row with the output rows around it.
 */
import { BOUNDARY, FIRST_WORD } from './corpus.ts'
import { type AliasTable, aliasTable, draw, next, type RandomState, randomState, shuffle } from './draw.ts'
import { SIGMOID_CELLS, sigmoidCell, sigmoidTables } from './sigmoid.ts'

export interface SkipgramOptions {
  /** Numbers per vector; an even number, since the inner loops take two at a time. */
  readonly dimensions: number
  /** Widest distance to a context word; each place draws its own width from 1 to this. */
  readonly window: number
  /** Random words per place that are taught not to belong together. */
  readonly negatives: number
  /** Words above this share of all tokens are dropped at random, the more often the commoner; 0 keeps all. */
  readonly subsample: number
  /** Ids below this have a vector, except the three reserved ones. Never more than there are counts. */
  readonly words: number
  readonly seed: number
  readonly epochs: number
}

export const SKIPGRAM_DEFAULTS: SkipgramOptions = {
  dimensions: 100,
  window: 5,
  negatives: 5,
  subsample: 1e-4,
  words: 40_000,
  seed: 1,
  epochs: 1,
}

/** Row `id` of a matrix is `[id · dimensions, (id + 1) · dimensions)`; rows 0–2 and unseen words are zero. */
export interface TrainedVectors {
  readonly dimensions: number
  readonly words: number
  readonly input: Float32Array
  readonly output: Float32Array
}

export interface SkipgramProgress {
  /** Share of the work done, 0 to 1. */
  readonly done: number
  /** Running words read so far, all epochs together, before any was dropped. */
  readonly read: number
  /** Mean loss since the last report, nats per trained output row. */
  readonly loss: number
}

const FIRST_RATE = 0.05
const LAST_RATE = 0.0001
/** Longer sentences are trained in parts: bounds the buffer, touches almost no real sentence. */
const MAX_SENTENCE = 512
/** Sentences between two reports. */
const STRIDE = 4096

/**
 * Trains on `ids`; `counts[id]` is how often the id occurs. Sentences are visited in a random order:
 * the learning rate falls with time, and a corpus sorted by source would teach its last part least.
 * A word that is unknown, has no vector or was dropped leaves no gap: its neighbours move together.
 * Throws a RangeError if `dimensions` is no positive even number.
 */
export function trainVectors(
  ids: Uint32Array,
  counts: ArrayLike<number>,
  options: Partial<SkipgramOptions> = {},
  onProgress: (progress: SkipgramProgress) => void = () => {},
): TrainedVectors {
  const { dimensions, window, negatives, subsample, seed, epochs, ...rest } = {
    ...SKIPGRAM_DEFAULTS,
    ...options,
  }
  if (dimensions <= 0 || dimensions % 2 !== 0)
    throw new RangeError(`skip-gram: ${dimensions} dimensions\n  fix: choose a positive even number`)
  const words = Math.min(rest.words, counts.length)
  const random = randomState(seed)
  const input = new Float32Array(words * dimensions)
  const output = new Float32Array(words * dimensions)
  for (let at = FIRST_WORD * dimensions; at < input.length; at++)
    input[at] = (next(random) / 2 ** 32 - 0.5) / dimensions

  const train = trainer(input, output, dimensions, negatives, aliasTable(noise(counts, words)), random)
  const keep = keepThresholds(counts, words, subsample)
  const starts = sentenceStarts(ids)
  const sentence = new Int32Array(MAX_SENTENCE)
  let sentences = 0
  let read = 0
  let loss = 0
  let pairs = 0
  const report = (done: number): void => {
    onProgress({ done, read, loss: loss / Math.max(1, pairs) })
    loss = 0
    pairs = 0
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(starts, random)
    for (let s = 0; s < starts.length; s++) {
      const done = (epoch + s / starts.length) / epochs
      sentences += 1
      if (sentences % STRIDE === 0) report(done)
      const rate = Math.max(LAST_RATE, FIRST_RATE * (1 - done))
      let at = starts[s] ?? 0
      while (at < ids.length && ids[at] !== BOUNDARY) {
        let length = 0
        for (; at < ids.length && length < MAX_SENTENCE; at++) {
          const id = ids[at] ?? BOUNDARY
          if (id === BOUNDARY) break
          read += 1
          if (id >= FIRST_WORD && id < words && next(random) <= (keep[id] ?? 0)) sentence[length++] = id
        }
        for (let place = 0; place < length; place++) {
          const width = 1 + (next(random) % window)
          const from = Math.max(0, place - width)
          const to = Math.min(length, place + width + 1)
          loss += train(sentence, place, from, to, rate)
          pairs += to - from - 1
        }
      }
    }
  }
  report(1)
  // Rows of words that never occurred hold only the random start: they know nothing, so they say nothing.
  for (let id = FIRST_WORD; id < words; id++)
    if ((counts[id] ?? 0) === 0) input.fill(0, id * dimensions, (id + 1) * dimensions)
  return { dimensions, words, input, output }
}

/**
 * The step for one place: moves the output row of the word there and the input rows of the words in
 * [from, to) together, and each of those input rows and `negatives` random output rows apart. The random
 * words are drawn once for the place (as in Ji et al. 2016): their rows stay in the cache for all pairs.
 * Output rows are taken two at a time, which loads each input number once for both; an odd one out is
 * paired with row 0, which stays zero because its gain is 0. Together that is twice as fast as pair by pair.
 * Returns the loss before the step, nats per trained row, summed over the pairs.
 */
function trainer(
  input: Float32Array,
  output: Float32Array,
  dimensions: number,
  negatives: number,
  noise: AliasTable,
  random: RandomState,
): (sentence: Int32Array, place: number, from: number, to: number, rate: number) => number {
  const { sigmoid, lossAt } = sigmoidTables()
  const change = new Float32Array(dimensions)
  const rows = new Int32Array(negatives + 1 + ((negatives + 1) % 2))

  // `!` below: every index is inside by construction, and these are the loops where training spends its time.
  const trainPair = (from: number, rate: number): number => {
    let loss = 0
    change.fill(0)
    for (let n = 0; n < rows.length; n += 2) {
      const one = rows[n]! * dimensions
      const two = rows[n + 1]! * dimensions
      let oneEven = 0
      let oneOdd = 0
      let twoEven = 0
      let twoOdd = 0
      for (let i = 0; i < dimensions; i += 2) {
        const even = input[from + i]!
        const odd = input[from + i + 1]!
        oneEven += even * output[one + i]!
        oneOdd += odd * output[one + i + 1]!
        twoEven += even * output[two + i]!
        twoOdd += odd * output[two + i + 1]!
      }
      const oneCell = sigmoidCell(oneEven + oneOdd)
      const twoCell = sigmoidCell(twoEven + twoOdd)
      loss += lossAt[n === 0 ? oneCell : SIGMOID_CELLS - 1 - oneCell]! + lossAt[SIGMOID_CELLS - 1 - twoCell]!
      const oneGain = one === 0 ? 0 : ((n === 0 ? 1 : 0) - sigmoid[oneCell]!) * rate
      const twoGain = two === 0 ? 0 : -sigmoid[twoCell]! * rate
      for (let i = 0; i < dimensions; i += 2) {
        const even = input[from + i]!
        const odd = input[from + i + 1]!
        const a = output[one + i]!
        const b = output[one + i + 1]!
        const c = output[two + i]!
        const d = output[two + i + 1]!
        change[i]! += oneGain * a + twoGain * c
        change[i + 1]! += oneGain * b + twoGain * d
        output[one + i] = a + oneGain * even
        output[one + i + 1] = b + oneGain * odd
        output[two + i] = c + twoGain * even
        output[two + i + 1] = d + twoGain * odd
      }
    }
    for (let i = 0; i < dimensions; i++) input[from + i]! += change[i]!
    return loss / rows.length
  }

  return (sentence, place, from, to, rate) => {
    const word = sentence[place]!
    rows[0] = word
    for (let n = 1; n <= negatives; n++) {
      const other = draw(noise, random)
      rows[n] = other === word ? 0 : other
    }
    let loss = 0
    for (let near = from; near < to; near++)
      if (near !== place) loss += trainPair(sentence[near]! * dimensions, rate)
    return loss
  }
}

/** Counts to the power 0.75, as in the paper; reserved and unseen ids weigh nothing. */
export function noise(counts: ArrayLike<number>, words: number): Float64Array {
  return Float64Array.from({ length: words }, (_, id) => (id < FIRST_WORD ? 0 : (counts[id] ?? 0) ** 0.75))
}

/** Of 2^32, how often each id is kept: √(t/f) + t/f, where f is its share of all counted tokens. */
export function keepThresholds(counts: ArrayLike<number>, words: number, subsample: number): Uint32Array {
  let total = 0
  for (let id = FIRST_WORD; id < counts.length; id++) total += counts[id] ?? 0
  return Uint32Array.from({ length: words }, (_, id) => {
    const ratio = (subsample * total) / Math.max(1, counts[id] ?? 0)
    return subsample === 0 || ratio >= 1 ? 0xffffffff : Math.min(1, Math.sqrt(ratio) + ratio) * 0xffffffff
  })
}

/** Where each sentence begins: every place that follows a boundary and is not one. */
export function sentenceStarts(ids: Uint32Array): Uint32Array {
  const begins = (at: number): boolean => ids[at] !== BOUNDARY && (at === 0 || ids[at - 1] === BOUNDARY)
  let size = 0
  for (let at = 0; at < ids.length; at++) if (begins(at)) size += 1
  const starts = new Uint32Array(size)
  let to = 0
  for (let at = 0; at < ids.length; at++) if (begins(at)) starts[to++] = at
  return starts
}
