/**
 * Aligned texts (a copy and its source) to candidate entries: what was written for what, how often,
 * and where.
 *
 * In: records one by one, `{spun, original}` or `{spun, pairs: [{spun, original}]}`. A token diff finds
 * the changed runs; runs longer than six tokens on a side are rewriting, not replacement. Memory is
 * bounded: when too many pairs are held, the rarest go, and how many is said.
 */
import { diffArrays } from 'diff'
import { rawTokens } from '../document/tokens.ts'
import { compareText } from './entry.ts'
import { type EntryDraft, madeExample } from './import-draft.ts'
import { looseSentence } from './loose-sentence.ts'
import { admittedMatches } from './match.ts'
import { keysOf } from './pattern.ts'
import type { Dictionary } from './trie.ts'
import { internTokens } from './walk.ts'

const MAX_SIDE = 6
/** Beyond this many edits two texts are no copy and source, and the diff would take long. */
const MAX_EDITS = 4000
const CONTEXT_TOKENS = 6
const MAX_CONTEXTS = 2
const MAX_CONTEXT_UNITS = 300
/** About 100 MB with their contexts. */
const MAX_HELD = 200_000

export interface Mined {
  readonly spun: string
  readonly original: string
  readonly count: number
  /** Pieces of the copies with the wording in `[[ ]]`. */
  readonly contexts: readonly string[]
}

export interface Miner {
  /** Takes one record; returns what is wrong with it, if anything. */
  add(record: unknown): string | undefined
  /** Pairs seen at least `minCount` times, most frequent first, then by text. */
  mined(minCount: number): readonly Mined[]
  /** Pairs given up to bound the memory. */
  readonly dropped: number
}

export function miner(maxHeld = MAX_HELD): Miner {
  const held = new Map<string, { spun: string; original: string; count: number; contexts: string[] }>()
  let dropped = 0
  const take = (change: Change): void => {
    const id = `${keysOf(change.spun).join(' ')}\t${keysOf(change.original).join(' ')}`
    const known = held.get(id)
    const { spun, original, context: place } = change
    if (known === undefined) held.set(id, { spun, original, count: 1, contexts: [place] })
    else {
      known.count += 1
      if (known.contexts.length < MAX_CONTEXTS && !known.contexts.includes(change.context))
        known.contexts.push(change.context)
    }
    const before = held.size
    for (let floor = 1; held.size > maxHeld; floor++)
      for (const [key, { count }] of held) if (count <= floor) held.delete(key)
    dropped += before - held.size
  }
  return {
    add(record) {
      const texts = readRecord(record)
      if (typeof texts === 'string') return texts
      for (const { spun, original, within } of texts) {
        const found = changes(spun, original, within)
        if (found === undefined) return `copy and source differ in more than ${MAX_EDITS} places`
        for (const change of found) take(change)
      }
      return undefined
    },
    mined: (minCount) =>
      [...held.values()]
        .filter(({ count }) => count >= minCount)
        .sort(
          (a, b) => b.count - a.count || compareText(a.spun, b.spun) || compareText(a.original, b.original),
        ),
    get dropped() {
      return dropped
    },
  }
}

/** Drafts of what no dictionary has: a wording once, its originals by count. */
export function minedDrafts(
  mined: readonly Mined[],
  dictionaries: readonly Dictionary[],
): readonly EntryDraft[] {
  const bySpun = new Map<string, Mined[]>()
  for (const one of mined) {
    if (dictionaries.some((dictionary) => has(dictionary, one))) continue
    const id = keysOf(one.spun).join(' ')
    bySpun.set(id, [...(bySpun.get(id) ?? []), one])
  }
  return [...bySpun.values()].map((list, index): EntryDraft => {
    const spun = list[0]?.spun ?? ''
    const most = list[0]?.count ?? 1
    const contexts = [...new Set(list.flatMap((one) => one.contexts))].filter((text) =>
      matchesOnce(text, spun),
    )
    const counts = list.map(({ original, count }) => `"${original}" ${count}`).join(', ')
    const originals = list.map(({ original, count }) => ({
      text: original,
      ...(list.length > 1 && { prior: Math.max(0.01, Math.round((100 * count) / most) / 100) }),
    }))
    const pure = list.every(({ original }) => original === '')
    return {
      spun,
      originals,
      kind: pure ? 'insertion' : keysOf(spun).length === 1 ? 'word' : 'phrase',
      restore: contexts.length > 0 ? contexts.slice(0, MAX_CONTEXTS) : [madeExample(spun, undefined)],
      note: `count: ${counts}`,
      line: index + 1,
    }
  })
}

interface Aligned {
  readonly spun: string
  readonly original: string
  /** The text the wording stands in, for its context; the wording itself where it is not known. */
  readonly within: string
}

function readRecord(record: unknown): readonly Aligned[] | string {
  if (!isObject(record)) return 'the record is no object'
  const { spun, original, pairs } = record
  if (typeof spun !== 'string') return '"spun" is no text'
  if (pairs === undefined) {
    if (typeof original !== 'string') return 'neither "original" nor "pairs" says what stood there'
    return paragraphs(spun, original)
  }
  if (!Array.isArray(pairs)) return '"pairs" is no list'
  const out: Aligned[] = []
  for (const pair of pairs) {
    if (!isObject(pair) || typeof pair.spun !== 'string' || typeof pair.original !== 'string')
      return 'a pair has no texts "spun" and "original"'
    out.push({ spun: pair.spun, original: pair.original, within: spun })
  }
  return out
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Line by line where both have as many: shorter diffs, and none across paragraphs. */
function paragraphs(spun: string, original: string): readonly Aligned[] {
  const [copies, sources] = [spun.split('\n'), original.split('\n')]
  if (copies.length !== sources.length) return [{ spun, original, within: spun }]
  return copies.map((copy, at) => ({ spun: copy, original: sources[at] ?? '', within: copy }))
}

interface Change {
  readonly spun: string
  readonly original: string
  readonly context: string
}

/** Changed runs of at most six tokens a side; undefined if the texts are too different. */
function changes(spun: string, original: string, within: string): readonly Change[] | undefined {
  const [copy, source] = [rawTokens(spun), rawTokens(original)]
  const parts = diffArrays(
    source.map(({ key }) => key),
    copy.map(({ key }) => key),
    { maxEditLength: MAX_EDITS },
  )
  if (parts === undefined) return undefined
  const shift = Math.max(0, within.indexOf(spun))
  const around = within === spun ? copy : rawTokens(within)
  const out: Change[] = []
  let [inCopy, inSource] = [0, 0]
  for (let at = 0; at < parts.length; at++) {
    const [fromCopy, fromSource] = [inCopy, inSource]
    // A replacement comes as two parts, in either order.
    for (; parts[at]?.added || parts[at]?.removed; at++) {
      if (parts[at]?.added) inCopy += parts[at]?.value.length ?? 0
      else inSource += parts[at]?.value.length ?? 0
    }
    // Words put in alone say nothing without the word before them.
    const lead = inSource === fromSource && fromCopy > 0 && fromSource > 0 ? 1 : 0
    const [copied, sourced] = [copy.slice(fromCopy - lead, inCopy), source.slice(fromSource - lead, inSource)]
    const [first, last] = [copied[0], copied.at(-1)]
    if (inCopy > fromCopy && copied.length <= MAX_SIDE && sourced.length <= MAX_SIDE && first && last) {
      const words = [copied, sourced].every(
        (side) => side.length === 0 || side.some(({ kind }) => kind === 'word'),
      )
      if (words) {
        out.push({
          spun: squeezed(spun.slice(first.start, last.end)).toLowerCase(),
          original:
            sourced.length === 0
              ? ''
              : originalText(original, sourced[0]?.start ?? 0, sourced.at(-1)?.end ?? 0),
          context: context(within, around, first.start + shift, last.end + shift),
        })
      }
    }
    const same = parts[at]?.value.length ?? 0
    inCopy += same
    inSource += same
  }
  return out
}

/** Capitals stay where they are not those of a sentence's first word. */
function originalText(text: string, start: number, end: number): string {
  const written = squeezed(text.slice(start, end))
  const before = text.slice(Math.max(0, start - 3), start).trimEnd()
  return /[\p{L}\p{N},;)]$/u.test(before) ? written : written.toLowerCase()
}

function context(
  text: string,
  tokens: readonly { readonly start: number; readonly end: number }[],
  start: number,
  end: number,
): string {
  const first = tokens.findIndex((token) => token.start >= start)
  const behind = tokens.findIndex((token) => token.start >= end)
  const from = tokens[Math.max(0, first - CONTEXT_TOKENS)]?.start ?? start
  const last = behind === -1 ? tokens.length : behind + CONTEXT_TOKENS
  const to = tokens[Math.min(tokens.length, last) - 1]?.end ?? end
  return squeezed(
    `${text.slice(from, start)}[[${text.slice(start, end)}]]${text.slice(end, Math.max(end, to))}`,
  )
}

const squeezed = (text: string): string => text.trim().split(/\s+/).join(' ')

/** An example must hold the wording once, and no mark of its own. */
function matchesOnce(marked: string, spun: string): boolean {
  if (marked.length > MAX_CONTEXT_UNITS || marked.indexOf('[[', marked.indexOf('[[') + 2) !== -1) return false
  const keys = rawTokens(marked.replace('[[', '').replace(']]', ''))
    .map(({ key }) => key)
    .filter((key) => key !== '-')
  const wanted = rawTokens(spun)
    .map(({ key }) => key)
    .filter((key) => key !== '-')
  let found = 0
  for (let at = 0; at + wanted.length <= keys.length; at++)
    if (wanted.every((key, i) => keys[at + i] === key)) found += 1
  return found === 1
}

/** Does the dictionary propose this original for the whole wording, whatever its guards? */
function has(dictionary: Dictionary, { spun, original }: Mined): boolean {
  const { tokens } = looseSentence(spun)
  const wanted = keysOf(original).join(' ')
  return admittedMatches(dictionary, tokens, internTokens(dictionary, tokens), 0, () => true).some(
    ({ end, originals }) =>
      end === tokens.length && originals.some(({ words }) => words.join(' ') === wanted),
  )
}
