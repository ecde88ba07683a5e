/**
 * What a finding covers, and the texts that can be pasted there.
 *
 * A wording cannot always be exchanged alone: "an [job ← task]" needs its article, "third [birthday
 * celebration ← -party]" the word that the hyphen is put to, "it['s miles ← is]" the word it would run
 * into, and behind "[Really] it works" a capital is missing. Then the neighbour is taken along, and stands
 * in every text. In: a place and its texts, best first. Out: the tokens covered, a text for each.
 */
import { capital } from '../lexicon/title-case.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Token } from '../types.ts'
import { article, isArticle, suited, suitedInside } from './article.ts'
import { fuses, glued, surfaceOf } from './glue.ts'

export interface Wording {
  readonly text: string
  /** First key of the original; undefined for a deletion. */
  readonly first: string | undefined
  /** Read from several places, each by itself: its articles may not suit its words. */
  readonly isMade: boolean
}

export interface Covered {
  readonly start: number
  readonly end: number
  /** By wording. */
  readonly texts: readonly string[]
}

/** Wordings whose needs widen the place; further ones are written as well as they can be. */
const HEARD = 3

/** `place` as tokens [start, end) of the sentence `tokens`; `opens`: it is where the sentence begins. */
export function cover(
  model: NgramModel,
  tokens: readonly Token[],
  place: { readonly start: number; readonly end: number },
  wordings: readonly Wording[],
  opens: boolean,
): Covered {
  const heard = wordings.slice(0, HEARD).map(({ text }) => text)
  const deletes = heard.includes('')
  const end = rightEnd(tokens, place, heard, opens && deletes)
  const start = leftStart(model, tokens, place, wordings[0]?.first, heard)
  const left = tokens.slice(start, place.start)
  const right = tokens.slice(place.end, end)
  const next = tokens[end]
  const nextKey = next === undefined || next.kind === 'punctuation' ? undefined : next.key
  const isJoined = tokens[place.start]?.joined === true
  const texts = wordings.map(({ text, isMade }) => {
    const behind = text === '' ? withoutComma(right) : right
    const body = glued(isMade ? suitedInside(model, text) : text, surfaceOf(behind), behind[0]?.joined)
    const before = suited(model, surfaceOf(left), keyAt(body) ?? nextKey)
    const whole = suited(model, glued(before, body, isJoined), nextKey)
    return opens && isCapital(tokens[place.start]) ? capital(whole) : whole
  })
  return { start, end, texts }
}

/** Does the neighbour on the left belong to the fix? */
function leftStart(
  model: NgramModel,
  tokens: readonly Token[],
  { start, end }: { readonly start: number; readonly end: number },
  bestFirst: string | undefined,
  texts: readonly string[],
): number {
  const before = tokens[start - 1]
  const first = tokens[start]
  if (before === undefined || first === undefined) return start
  // The best reading alone makes an article wrong: others are seldom chosen.
  const next = bestFirst ?? (tokens[end]?.kind === 'word' ? tokens[end].key : undefined)
  if (isArticle(before.key) && next !== undefined && article(model, next) !== before.key) return start - 1
  if (before.kind === 'punctuation') return start
  const needs = (text: string): boolean =>
    first.joined ? fuses(before.surface, text) : /^[-'’]\p{L}/u.test(text)
  return texts.some(needs) ? start - 1 : start
}

/** Where the fix ends: behind a word it would run into, a comma too many, the word that begins the sentence now. */
function rightEnd(
  tokens: readonly Token[],
  { start, end }: { readonly start: number; readonly end: number },
  texts: readonly string[],
  opensWithout: boolean,
): number {
  const after = tokens[end]
  if (after === undefined) return end
  if (after.joined && after.kind !== 'punctuation' && texts.some((text) => fuses(text, after.surface)))
    return end + 1
  if (!texts.includes('')) return end
  if (after.key === '-' && after.joined && tokens[end + 1]?.joined === true) return end + 1
  const isComma = after.key === ','
  if (!opensWithout) return isComma && tokens[start - 1]?.key === ',' ? end + 1 : end
  const behind = isComma ? end + 1 : end
  return tokens[behind]?.kind === 'word' && tokens[behind]?.shape === 'lower' ? behind + 1 : behind
}

/** A comma or a hyphen that stood behind the deleted words goes with them. */
const withoutComma = (right: readonly Token[]): readonly Token[] =>
  right[0]?.key === ',' || right[0]?.key === '-' ? right.slice(1) : right

const isCapital = (token: Token | undefined): boolean => token?.shape === 'title' || token?.shape === 'upper'

/** The first word or number of `text` as a key. */
function keyAt(text: string): string | undefined {
  const found = /^["“‘'(]?([\p{L}\p{N}][\p{L}\p{N}\p{M}’']*)/u.exec(text)?.[1]
  return found?.toLowerCase().replaceAll('’', "'")
}
