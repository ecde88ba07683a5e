/**
 * What a match proposes where it stands: wildcards filled in from the place, and nothing that stands
 * there already.
 *
 * In: a sentence, the tokens of a match and its group of originals. Out: the originals; the stored list
 * itself where the place changes nothing, which is nearly everywhere.
 */
import { rawTokens } from '../document/tokens.ts'
import type { Token } from '../types.ts'
import type { EntryOriginal } from './entry.ts'
import { GROUP_FLAG, NUMBER_ID, WORD_ID, YEAR_ID } from './trie.ts'
import { type Interned, isInnerHyphen, wildcardsOf } from './walk.ts'

/** Tokens taken by wildcards, left to right, with the wildcard's id. */
interface Capture {
  readonly wildcard: number
  readonly token: number
}

/** Originals of `group` for tokens [start, end), which match it; empty when all of them stand there. */
export function originalsAt(
  sentence: Interned,
  start: number,
  end: number,
  group: number,
): readonly EntryOriginal[] {
  const { dictionary, tokens } = sentence
  const stored = dictionary.originalsOf(group)
  const flags = dictionary.flagsOf(group)
  const copies = (flags & GROUP_FLAG.copies) !== 0
  const proposed = copies ? filled(stored, tokens, captures(sentence, start, end, group)) : stored
  return (flags & GROUP_FLAG.echoes) === 0 ? proposed : absent(proposed, tokens, start, end)
}

/**
 * The originals that do not stand there already, around the match ("game" for "video game" in "a video
 * game"). With them a restored text would be found again, and restored again. Mostly all of them, and
 * then the list itself.
 */
function absent(
  originals: readonly EntryOriginal[],
  tokens: readonly Token[],
  start: number,
  end: number,
): readonly EntryOriginal[] {
  for (const one of originals) {
    if (stands(one.words, tokens, start, end))
      return originals.filter(({ words }) => !stands(words, tokens, start, end))
  }
  return originals
}

function stands(words: readonly string[], tokens: readonly Token[], start: number, end: number): boolean {
  const longer = words.length - (end - start)
  if (longer <= 0) return false
  const last = Math.min(start, tokens.length - words.length)
  for (let from = Math.max(0, start - longer); from <= last; from++) {
    let at = 0
    while (at < words.length && tokens[from + at]?.key === words[at]) at += 1
    if (at === words.length) return true
  }
  return false
}

/** Which tokens the wildcards of the matched sequence took. */
function captures(sentence: Interned, start: number, end: number, group: number): readonly Capture[] {
  const { dictionary, tokens, ids } = sentence
  const isEnd = (node: number): boolean =>
    dictionary.firstGroup(node) <= group && group < dictionary.firstGroup(node + 1)
  /** Depth first along everything that the walk to `end` can have taken. */
  const search = (node: number, at: number, taken: readonly Capture[]): readonly Capture[] | undefined => {
    if (at === end) return isEnd(node) ? taken : undefined
    const token = tokens[at]
    if (token === undefined) return undefined
    const next = dictionary.child(node, ids[at] as number)
    let found = next === 0 ? undefined : search(next, at + 1, taken)
    for (const wildcard of wildcardsOf(token)) {
      if (found !== undefined) break
      const over = dictionary.child(node, wildcard)
      if (over !== 0) found = search(over, at + 1, [...taken, { wildcard, token: at }])
    }
    if (found === undefined && at > start && token.key === '-' && isInnerHyphen(tokens, at))
      found = search(node, at + 1, taken)
    return found
  }
  return search(0, start, []) ?? []
}

const WILDCARD_TEXT: readonly (readonly [string, number])[] = [
  ['<number>', NUMBER_ID],
  ['<year>', YEAR_ID],
  ['<word>', WORD_ID],
]

/** Originals with what stood at the wildcards, first to first. */
function filled(
  originals: readonly EntryOriginal[],
  tokens: readonly Token[],
  taken: readonly Capture[],
): readonly EntryOriginal[] {
  return originals.map((original) => {
    let text = original.text
    for (const [name, id] of WILDCARD_TEXT) {
      for (const { wildcard, token } of taken) {
        if (wildcard === id) text = text.replace(name, () => tokens[token]?.surface ?? '')
      }
    }
    return { ...original, text, words: rawTokens(text).map(({ key }) => key) }
  })
}
