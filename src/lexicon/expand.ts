/**
 * Habits and phrase entries to `Expansion[]`: one token sequence and one original each, both sides
 * inflected in step ("revel in ← enjoy" gives "reveling in ← enjoying").
 *
 * Inflection happens here, once, at compile time, so that matching stays exact. What is inflected too
 * much ("gadget gettings to know") costs a few bytes and matches nothing.
 */
import type { Expansion, Habit, PhraseEntry, Pos } from './entry.ts'
import { FORMS, type Form, type InflectedPos, type Inflector } from './inflect.ts'
import { keysOf, PatternError, type PatternToken, unfold, WILDCARDS } from './pattern.ts'

/** The head of a noun phrase is the word before the first of these. */
const AFTER_HEAD = new Set(['of', 'in', 'for', 'to', 'with', 'on', 'at', 'by', 'from'])

/** Expansions of one wording of a habit. Throws PatternError. */
export function expandHabit(habit: Habit, spun: string, inflector: Inflector): readonly Expansion[] {
  return expandPair(spun, habit.original, habit.pos, inflector)
}

/** Expansions of a phrase entry with the index of their original. Throws PatternError. */
export function expandPhrase(
  entry: PhraseEntry,
  inflector: Inflector,
): readonly (Expansion & { readonly rank: number })[] {
  return entry.spun.flatMap((pattern) =>
    entry.originals.flatMap(({ text }, rank) =>
      expandPair(pattern, text, entry.pos ?? 'x', inflector).map((expansion) => ({ ...expansion, rank })),
    ),
  )
}

function expandPair(pattern: string, original: string, pos: Pos, inflector: Inflector): readonly Expansion[] {
  const sequences = unfold(pattern)
  for (const tokens of sequences) checkSequence(tokens, pattern)
  const written = chunksOf(original)
  checkCopies(sequences, written, pattern, original)

  const out: Expansion[] = []
  for (const tokens of sequences) {
    const chunks = regroup(tokens)
    for (const form of formsFor(chunks, written, pos, inflector)) {
      // A wording has one inflected original (the usual spelling); the spun side takes all spellings.
      const restored = inflected(written, pos, form, inflector)[0] ?? written
      for (const found of inflected(chunks, pos, form, inflector)) {
        out.push({ spun: found.flatMap(({ keys }) => keys), original: textOf(restored), form })
      }
    }
  }
  return out
}

/** The tokens between two spaces: "set-up" is one chunk. */
interface Chunk {
  readonly keys: readonly string[]
  /** As written, for originals; "" for patterns, which have keys only. */
  readonly text: string
  readonly head: boolean
}

function regroup(tokens: readonly PatternToken[]): readonly Chunk[] {
  const chunks: { keys: string[]; text: string; head: boolean; at: number }[] = []
  for (const { key, chunk, head } of tokens) {
    const last = chunks.at(-1)
    if (last?.at === chunk) {
      last.keys.push(key)
      last.head ||= head
    } else chunks.push({ keys: [key], text: '', head, at: chunk })
  }
  return chunks
}

function chunksOf(original: string): readonly Chunk[] {
  return original
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => {
      const head = text.length > 1 && text.startsWith('*')
      const plain = head ? text.slice(1) : text
      return { keys: WILDCARDS.includes(plain) ? [plain] : keysOf(plain), text: plain, head }
    })
}

const textOf = (chunks: readonly Chunk[]): string => chunks.map(({ text }) => text).join(' ')

/** Forms in which the two sides are paired. */
function formsFor(
  spun: readonly Chunk[],
  original: readonly Chunk[],
  pos: Pos,
  inflector: Inflector,
): readonly Form[] {
  if (pos === 'x' || pos === 'r' || spun.length === 0 || original.length === 0) return ['base']
  const forms = FORMS.get(pos) ?? ['base']
  if (pos === 'n' && (isPlural(spun, inflector) || isPlural(original, inflector))) return ['base']
  // "more well-liked ← more popular" needs no entry of its own.
  if (pos === 'a' && periphrastic(spun, inflector) && periphrastic(original, inflector)) return ['base']
  return forms
}

/** Is the head of a noun written as a plural ("sales", "people")? "Business" and "status" are not. */
function isPlural(chunks: readonly Chunk[], inflector: Inflector): boolean {
  const word = chunks[headAt(chunks, 'n')]?.keys.at(-1) ?? ''
  if (/(?:[sui]s|news)$/.test(word)) return false
  return inflector
    .analyse(word)
    .some(({ pos, form, lemma }) => pos === 'n' && form === 'plural' && lemma !== word)
}

const periphrastic = (chunks: readonly Chunk[], inflector: Inflector): boolean =>
  chunks.length > 1 ||
  (chunks[0]?.keys.length ?? 0) > 1 ||
  inflector.inflect(chunks[0]?.keys[0] ?? '', 'a', 'er').startsWith('more ')

/** The wording in `form`, the usual spelling first. */
function inflected(
  chunks: readonly Chunk[],
  pos: Pos,
  form: Form,
  inflector: Inflector,
): readonly (readonly Chunk[])[] {
  if (form === 'base' || pos === 'x' || pos === 'r') return [chunks]
  if (pos === 'a' && (chunks.length > 1 || (chunks[0]?.keys.length ?? 0) > 1)) {
    return [[chunk(form === 'er' ? 'more' : 'most'), ...chunks]]
  }
  const at = headAt(chunks, pos)
  const head = chunks[at]
  const word = head?.keys.at(-1)
  if (head === undefined || word === undefined) return [chunks]
  return inflector.inflectAll(word, pos, form).map((changed) => {
    const stem = head.text.slice(0, Math.max(0, head.text.length - word.length))
    const text = head.text === '' ? '' : stem + likeCase(head.text, changed)
    return chunks.with(at, { keys: [...head.keys.slice(0, -1), ...keysOf(changed)], text, head: head.head })
  })
}

/** An original written with capitals ("Google") keeps them when its ending changes. */
function likeCase(text: string, changed: string): string {
  let same = 0
  const tail = text.slice(Math.max(0, text.lastIndexOf('-') + 1))
  while (same < tail.length && tail[same]?.toLowerCase() === changed[same]) same += 1
  return tail.slice(0, same) + changed.slice(same)
}

const chunk = (text: string): Chunk => ({ keys: [text], text, head: false })

function headAt(chunks: readonly Chunk[], pos: InflectedPos): number {
  const marked = chunks.findIndex(({ head }) => head)
  if (marked >= 0) return marked
  if (pos !== 'n') return 0
  const link = chunks.findIndex(({ keys }, at) => at > 0 && AFTER_HEAD.has(keys[0] ?? ''))
  return link > 0 ? link - 1 : chunks.length - 1
}

/** Refuses sequences that no text can produce or that would match nearly everywhere. */
function checkSequence(tokens: readonly PatternToken[], pattern: string): void {
  const [first] = tokens
  if (first === undefined)
    throw new PatternError(`"${pattern}" may match nothing at all`, 'make one word obligatory')
  if (tokens.every(({ key }) => WILDCARDS.includes(key))) {
    throw new PatternError(
      `"${pattern}" may match any word or number`,
      'add a word that gives the spinner away',
    )
  }
  if (first.key === '<word>')
    throw new PatternError(`"${pattern}" begins with <word>`, 'begin with a word or number')
}

/** Every wildcard of the original must stand in every sequence, as often. */
function checkCopies(
  sequences: readonly (readonly PatternToken[])[],
  original: readonly Chunk[],
  pattern: string,
  text: string,
): void {
  for (const name of WILDCARDS) {
    const wanted = original.reduce((sum, { text: part }) => sum + part.split(name).length - 1, 0)
    const least = Math.min(...sequences.map((tokens) => tokens.filter(({ key }) => key === name).length))
    if (wanted > least) {
      throw new PatternError(
        `"${text}" copies ${name} ${wanted} times, "${pattern}" captures it ${least} times`,
        `put ${name} into the pattern outside optional parts, or take it out of the original`,
      )
    }
  }
}
