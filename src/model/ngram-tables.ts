/**
 * The sections of a model file, opened: what queries are answered from.
 *
 * In: a model file as one buffer. Out: its tables with their levels as numbers. How they make a cost is
 * told in ngrams.ts.
 */
import { NGRAMS } from './compile.ts'
import { headerNumber, section, unpack } from './container.ts'
import { BOUNDARY, RESERVED, UNKNOWN } from './corpus.ts'
import { type PairLookup, pairLookup } from './pairs.ts'
import { headerScale, levelValues, type Scale } from './quantise.ts'
import { type Vocabulary, vocabulary } from './vocabulary.ts'

export interface NgramTables {
  readonly vocabulary: Vocabulary
  /** Nats that one unknown word costs more than all of them together. */
  readonly unknown: number
  readonly unigramScale: Scale
  /** By word: level of its cost, level of its backoff. */
  readonly costs1: Uint16Array
  readonly backs1: Uint8Array
  /** By level, nats; so are the others without a number of bits in their name. */
  readonly back1: Float64Array
  /** Payload: cost level << 7 | backoff level. */
  readonly pair: PairLookup
  readonly cost2: Float64Array
  readonly back2: Float64Array
  /** Fingerprints by slot (table.ts), and levels by slot. */
  readonly marks3: Uint16Array
  readonly costs3: Uint8Array
  readonly backs3: Uint8Array
  readonly cost3: Float64Array
  readonly back3: Float64Array
  readonly marks4: Uint16Array
  readonly costs4: Uint8Array
  readonly cost4: Float64Array
  /** The id itself, or that of the unknown word where there is no such word. */
  known(word: number): number
}

/** @throws Error when the buffer is no n-gram model of this version (container.ts) */
export function ngramTables(buffer: ArrayBufferLike, file: string): NgramTables {
  const container = unpack(buffer, NGRAMS, file)
  const bytes = (name: string): Uint8Array => section(container, name, Uint8Array)
  const marks = (name: string): Uint16Array => section(container, name, Uint16Array)
  const values = (name: string): Float64Array => levelValues(headerScale(container, name))
  const words = vocabulary(container)
  return {
    vocabulary: words,
    unknown: Math.log(headerNumber(container, 'folded')),
    unigramScale: headerScale(container, 'order1.cost'),
    costs1: marks('order1.costs'),
    backs1: bytes('order1.backoffs'),
    back1: values('order1.backoff'),
    pair: pairLookup(section(container, 'order2.pairs', Uint32Array), words.size),
    cost2: values('order2.cost'),
    back2: values('order2.backoff'),
    marks3: marks('order3.fingerprints'),
    costs3: bytes('order3.costs'),
    backs3: bytes('order3.backoffs'),
    cost3: values('order3.cost'),
    back3: values('order3.backoff'),
    marks4: marks('order4.fingerprints'),
    costs4: bytes('order4.costs'),
    cost4: values('order4.cost'),
    known: (word) => ((word > RESERVED && word < words.size) || word === BOUNDARY ? word : UNKNOWN),
  }
}
