/**
 * WordNet's dict files to synsets: members, senses in order, and the pointers that join near words.
 *
 * In: the text of data.* and index.* of each part of speech. Out: plain records, offsets resolved to
 * positions in one list. Antonyms, instances, parts and glosses are dropped: a spinner replaces a word
 * by one of the same kind. Runs at train time only.
 */
import { POS } from './thesaurus-format.ts'

export interface WordNetFiles {
  readonly data: string
  readonly index: string
}

export interface Synset {
  /** Index into `POS`. */
  readonly pos: number
  /** Lower case, spaces for underscores. Capitalised nouns (names) are left out. */
  readonly members: readonly string[]
  readonly pointers: readonly { readonly kind: 'hypernym' | 'similar' | 'also'; readonly to: number }[]
}

export interface WordNet {
  readonly synsets: readonly Synset[]
  /** Synsets of a word, commonest sense first within each part of speech, in the order of `POS`. */
  readonly senses: ReadonlyMap<string, readonly number[]>
  /** Pairs of words with one stem, either order, repeated as found. */
  readonly derived: readonly (readonly [string, string])[]
}

interface RawPointer {
  readonly symbol: string
  readonly target: string
  /** 1-based word numbers, 0 for the whole synset. */
  readonly from: number
  readonly to: number
}

interface RawSynset {
  readonly pos: number
  readonly words: readonly string[]
  readonly pointers: readonly RawPointer[]
}

const LETTER = ['n', 'v', 'a', 'r']
const KIND = new Map<string, 'hypernym' | 'similar' | 'also'>([
  ['@', 'hypernym'],
  ['&', 'similar'],
  ['$', 'similar'],
  ['^', 'also'],
])
/** Derivationally related, pertainym ("quickly" – "quick"), participle of a verb. */
const DERIVED = new Set(['+', '\\', '<'])

/** `files` in the order of `POS`. */
export function wordnet(files: readonly WordNetFiles[]): WordNet {
  const raw: RawSynset[] = []
  const position = new Map<string, number>()
  files.forEach((file, pos) => {
    for (const line of file.data.split('\n')) {
      if (line === '' || line.startsWith(' ')) continue
      position.set(`${LETTER[pos]}${line.slice(0, 8)}`, raw.length)
      raw.push(readSynset(line, pos))
    }
  })

  const derived: [string, string][] = []
  const synsets = raw.map(({ pos, words, pointers }): Synset => {
    const kept: { kind: 'hypernym' | 'similar' | 'also'; to: number }[] = []
    for (const pointer of pointers) {
      const to = position.get(pointer.target)
      if (to === undefined) continue
      const kind = KIND.get(pointer.symbol)
      if (kind !== undefined) kept.push({ kind, to })
      if (!DERIVED.has(pointer.symbol)) continue
      const here = words[pointer.from - 1]
      const there = raw[to]?.words[pointer.to - 1]
      if (here !== undefined && there !== undefined) derived.push([lemma(here), lemma(there)])
    }
    return { pos, members: words.filter((word) => !isName(word, pos)).map(lemma), pointers: kept }
  })

  const senses = new Map<string, number[]>()
  files.forEach((file, pos) => {
    for (const line of file.index.split('\n')) {
      if (line === '' || line.startsWith(' ')) continue
      const fields = line.trim().split(' ')
      const word = lemma(fields[0] ?? '')
      for (const offset of fields.slice(-Number(fields[2]))) {
        const at = position.get(`${LETTER[pos]}${offset}`)
        if (at === undefined || !synsets[at]?.members.includes(word)) continue
        const list = senses.get(word)
        if (list === undefined) senses.set(word, [at])
        else list.push(at)
      }
    }
  })
  return { synsets, senses, derived }
}

/** Layout of a data line: wndb(5WN) of the WordNet manual. */
function readSynset(line: string, pos: number): RawSynset {
  const bar = line.indexOf(' | ')
  const fields = (bar < 0 ? line : line.slice(0, bar)).split(' ')
  const count = Number.parseInt(fields[3] ?? '0', 16)
  const words = Array.from({ length: count }, (_, i) => fields[4 + 2 * i] ?? '')
  const first = 4 + 2 * count
  const pointers = Array.from({ length: Number(fields[first]) }, (_, i): RawPointer => {
    const [symbol = '', offset = '', letter = '', ends = '0000'] = fields.slice(
      first + 1 + 4 * i,
      first + 5 + 4 * i,
    )
    return {
      symbol,
      target: `${letter}${offset}`,
      from: Number.parseInt(ends.slice(0, 2), 16),
      to: Number.parseInt(ends.slice(2), 16),
    }
  })
  return { pos, words, pointers }
}

const isName = (word: string, pos: number): boolean => POS[pos] === 'n' && word !== word.toLowerCase()

/** Without the adjective's position mark "(a)", spaces for underscores, lower case. */
function lemma(word: string): string {
  const mark = word.indexOf('(')
  return (mark < 0 ? word : word.slice(0, mark)).replaceAll('_', ' ').toLowerCase()
}
