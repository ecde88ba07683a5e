/**
 * A spinner for training: clean text in, spun text and its labels out.
 *
 * Real spinners have small dictionaries and use them over and over, so a dialect here is a seed that
 * fixes, for every original, the few replacements it will ever print, plus rates for the mistakes
 * spinners make (wrong inflection, broken a/an, doubled words, two hops). It knows the habit lists and
 * phrase entries backwards and falls back on WordNet and Moby. Nothing of this ships.
 */
import { rawTokens } from '../../src/document/tokens.ts'
import type { Habit, PhraseEntry } from '../../src/lexicon/entry.ts'
import type { Form, Inflector } from '../../src/lexicon/inflect.ts'
import { preference, type Random } from './random.ts'

export interface Dialect {
  readonly name: string
  readonly seed: number
  /** Share of words replaced, drawn per document between these. */
  readonly rate: readonly [number, number]
  /** Chance that a replaceable word is looked up in the habits first; else the thesaurus is asked. */
  readonly habit: number
  /** Among thesaurus answers: chance of Moby rather than WordNet. */
  readonly moby: number
  /** Replacements a dialect knows for one original. */
  readonly favourites: number
  /** Share of originals the dialect's habit list knows at all. */
  readonly knows: number
  readonly phrases: boolean
  readonly lostInflection: number
  readonly twoHop: number
  readonly doubled: number
  /** Touch names and titles through phrase entries. */
  readonly names: boolean
  /** Wordings of a known dialect by their original: printed wherever the copy comes by one. */
  readonly marks?: ReadonlyMap<string, readonly string[]>
}

export interface Edit {
  /** UTF-16 range of the spun text. */
  readonly start: number
  readonly end: number
  readonly original: string
}

export interface Spun {
  readonly text: string
  readonly edits: readonly Edit[]
}

interface Replacement {
  readonly text: string
  readonly weight: number
}

/** Everything a spinner can print, by the original as it is written (inflected, lower case). */
export interface SpinnerLexicon {
  readonly habits: ReadonlyMap<string, readonly Replacement[]>
  readonly names: ReadonlyMap<string, readonly Replacement[]>
  /** Longest original, in tokens. */
  readonly longest: number
  readonly inflector: Inflector
  /** Thesaurus neighbours of a lemma, in the direction original → spun. */
  neighbours(lemma: string, moby: boolean): readonly string[]
}

const CLASS_WEIGHT = { common: 1, seen: 0.4, rare: 0.1 } as const
const SHAPES: Readonly<Record<string, readonly Form[]>> = {
  n: ['base', 'plural'],
  v: ['base', 's', 'past', 'participle', 'ing'],
  a: ['base', 'er', 'est'],
}

export function spinnerLexicon(
  habits: readonly Habit[],
  entries: readonly PhraseEntry[],
  inflector: Inflector,
  neighbours: SpinnerLexicon['neighbours'],
): SpinnerLexicon {
  const forward = new Map<string, Map<string, number>>()
  const names = new Map<string, Map<string, number>>()
  const add = (
    into: Map<string, Map<string, number>>,
    original: string,
    spun: string,
    weight: number,
  ): void => {
    const key = normal(original)
    const list = into.get(key) ?? new Map<string, number>()
    list.set(spun, Math.max(list.get(spun) ?? 0, weight))
    into.set(key, list)
  }
  for (const habit of habits) {
    const forms = SHAPES[habit.pos] ?? (['base'] as const)
    const pos = habit.pos as 'n' | 'v' | 'a'
    const inflected = habit.pos in SHAPES
    for (const { text, class: kind } of habit.spun) {
      for (const form of forms) {
        const original = inflected ? inflector.inflect(habit.original, pos, form) : habit.original
        const spun = inflected ? inflector.inflect(text, pos, form) : text
        add(forward, original, spun.replaceAll('*', ''), CLASS_WEIGHT[kind])
      }
    }
  }
  for (const entry of entries) {
    if (entry.status !== 'active') continue
    for (const spun of entry.spun) {
      if (/[<(?|{[\\]/.test(spun)) continue
      const original = entry.originals[0]?.text
      if (original === undefined || original === '' || original.includes('<')) continue
      const forms = entry.pos === undefined ? (['base'] as const) : (SHAPES[entry.pos] as readonly Form[])
      for (const form of forms) {
        const from = entry.pos === undefined ? original : inflector.inflect(original, entry.pos, form)
        const to =
          entry.pos === undefined ? spun : inflector.inflect(spun.replaceAll('*', ''), entry.pos, form)
        add(entry.kind === 'name' ? names : forward, from, to, 1)
      }
    }
  }
  let longest = 1
  for (const key of [...forward.keys(), ...names.keys()]) longest = Math.max(longest, key.split(' ').length)
  const flat = (map: Map<string, Map<string, number>>): Map<string, readonly Replacement[]> =>
    new Map([...map].map(([key, list]) => [key, [...list].map(([text, weight]) => ({ text, weight }))]))
  return { habits: flat(forward), names: flat(names), longest, inflector, neighbours }
}

const normal = (text: string): string =>
  rawTokens(text)
    .map((token) => token.key)
    .join(' ')

/** Spins `text` as `dialect` would; the same random state gives the same copy. */
export function spin(text: string, lexicon: SpinnerLexicon, dialect: Dialect, random: Random): Spun {
  const tokens = rawTokens(text)
  const [low, high] = dialect.rate
  const rate = low + (high - low) * random.next()
  let out = ''
  let copied = 0
  const edits: Edit[] = []
  const emit = (from: number, to: number, spun: string): void => {
    out += text.slice(copied, from)
    const start = out.length
    const original = text.slice(from, to)
    out += likeCase(spun, original)
    edits.push({ start, end: out.length, original })
    copied = to
  }
  let owed = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token === undefined || token.kind !== 'word') continue
    owed += rate
    const mark = markAt(tokens, i, dialect)
    if (mark !== undefined && random.chance(MARK_TAKEN)) {
      owed = Math.max(0, owed - mark.length)
      emit(token.start, (tokens[i + mark.length - 1] ?? token).end, random.pick(mark.spun))
      i += mark.length - 1
      continue
    }
    // Replaceable words are about half of all: an edit is due whenever enough words have passed.
    if (random.next() > Math.min(0.9, owed * 0.75)) continue
    const found = replacement(tokens, i, text, lexicon, dialect, random)
    if (found === undefined) continue
    owed = Math.max(0, owed - found.length)
    const last = tokens[i + found.length - 1] ?? token
    emit(token.start, last.end, found.spun)
    i += found.length - 1
  }
  out += text.slice(copied)
  return random.chance(dialect.doubled) ? doubleWord(out, edits, random) : { text: out, edits }
}

/** Chance that a wording of the dialect is printed where its original stands. */
const MARK_TAKEN = 0.4
const LONGEST_MARK = 3

/** The dialect's own wordings for what begins at token `i`, the longest original first. */
function markAt(
  tokens: readonly RawToken[],
  i: number,
  { marks }: Dialect,
): { readonly spun: readonly string[]; readonly length: number } | undefined {
  if (marks === undefined) return undefined
  for (let length = Math.min(LONGEST_MARK, tokens.length - i); length >= 1; length--) {
    const slice = tokens.slice(i, i + length)
    const spun = marks.get(slice.map(({ key }) => key).join(' '))
    if (spun !== undefined) return { spun, length }
  }
  return undefined
}

type RawToken = ReturnType<typeof rawTokens>[number]

function replacement(
  tokens: readonly RawToken[],
  i: number,
  text: string,
  lexicon: SpinnerLexicon,
  dialect: Dialect,
  random: Random,
): { spun: string; length: number } | undefined {
  const token = tokens[i] as RawToken
  for (let length = Math.min(lexicon.longest, tokens.length - i); length >= 1; length--) {
    const slice = tokens.slice(i, i + length)
    const key = slice.map((t) => t.key).join(' ')
    const first = text.charAt(token.start)
    const capital = first !== first.toLowerCase()
    const name = dialect.names && capital ? lexicon.names.get(key) : undefined
    const known = capital && i > 0 && tokens[i - 1]?.kind === 'word' ? undefined : lexicon.habits.get(key)
    const list = name ?? known
    if (list === undefined) continue
    if (length > 1 && !dialect.phrases && name === undefined) continue
    if (preference(dialect.seed + 1, key) > dialect.knows) continue
    if (length === 1 && name === undefined && !random.chance(dialect.habit)) continue
    const spun = favourite(list, key, dialect, random)
    if (spun !== undefined) return { spun: twice(spun, lexicon, dialect, random), length }
  }
  const capital = text.charAt(token.start) !== text.charAt(token.start).toLowerCase()
  if (capital || token.key.length < 3 || !random.chance(1 - dialect.habit)) return undefined
  const spun = fromThesaurus(token.key, lexicon, dialect, random)
  return spun === undefined ? undefined : { spun, length: 1 }
}

/** One of the dialect's few favourites for this original: habitual ones are likelier to be among them. */
function favourite(
  list: readonly Replacement[],
  key: string,
  dialect: Dialect,
  random: Random,
): string | undefined {
  const ranked = list
    .map(({ text, weight }) => ({ text, rank: preference(dialect.seed, `${key}>${text}`) ** (1 / weight) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, dialect.favourites)
  return ranked.length === 0 ? undefined : ranked[Math.floor(random.next() ** 1.5 * ranked.length)]?.text
}

function twice(spun: string, lexicon: SpinnerLexicon, dialect: Dialect, random: Random): string {
  if (!random.chance(dialect.twoHop)) return spun
  const list = lexicon.habits.get(normal(spun))
  return list === undefined ? spun : (favourite(list, normal(spun), dialect, random) ?? spun)
}

function fromThesaurus(
  key: string,
  lexicon: SpinnerLexicon,
  dialect: Dialect,
  random: Random,
): string | undefined {
  const readings = lexicon.inflector.analyse(key)
  const reading = readings[Math.floor(preference(dialect.seed + 2, key) * readings.length)]
  if (reading === undefined) return undefined
  const words = lexicon.neighbours(reading.lemma, preference(dialect.seed + 3, reading.lemma) < dialect.moby)
  const ranked = words
    .map((word) => ({ word, rank: preference(dialect.seed, `${reading.lemma}>${word}`) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, dialect.favourites)
  if (ranked.length === 0) return undefined
  const word = ranked[random.below(ranked.length)]?.word
  if (word === undefined || word === key) return undefined
  return random.chance(dialect.lostInflection)
    ? word
    : lexicon.inflector.inflect(word, reading.pos, reading.form)
}

function likeCase(spun: string, original: string): string {
  const first = original.charAt(0)
  if (first === first.toLowerCase()) return spun
  if (original.includes(' ') && /\s\p{Lu}/u.test(original))
    return spun.replace(/(^|\s)(\p{Ll})/gu, (m) => m.toUpperCase())
  return spun.charAt(0).toUpperCase() + spun.slice(1)
}

/** "the the": one short word printed twice, labelled as an insertion. */
function doubleWord(text: string, edits: readonly Edit[], random: Random): Spun {
  const places = rawTokens(text).filter(
    (t) => t.kind === 'word' && t.key.length <= 4 && /^[a-z]+$/.test(t.key),
  )
  if (places.length === 0) return { text, edits }
  const place = random.pick(places)
  if (edits.some((edit) => edit.start < place.end && place.start < edit.end)) return { text, edits }
  const inserted = ` ${text.slice(place.start, place.end).toLowerCase()}`
  const shift = inserted.length
  const moved = edits.map((e) =>
    e.start >= place.end ? { ...e, start: e.start + shift, end: e.end + shift } : e,
  )
  moved.push({ start: place.end + 1, end: place.end + shift, original: '' })
  return {
    text: text.slice(0, place.end) + inserted + text.slice(place.end),
    edits: moved.sort((a, b) => a.start - b.start),
  }
}
