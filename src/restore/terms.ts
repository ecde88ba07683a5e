/**
 * Known terms behind a stretch of text: "counterfeit consciousness" ← "artificial intelligence".
 *
 * A spinner replaces a fixed term word by word, so that neither word leads back alone: each has hundreds of
 * proposals. Read the other way round the term is plain: a list holds it, and every word of the stretch
 * leads to the word of the term in the same place, by habit or thesaurus, or is that word. In: a sentence
 * after the cheap look. Out: proposals for whole stretches, those of each start best first.
 */
import { MATCH, MATCH_WIDTH } from '../lexicon/match.ts'
import type { Terms } from '../lexicon/terms.ts'
import { isInnerHyphen } from '../lexicon/walk.ts'
import type { Token } from '../types.ts'
import type { Proposal } from './candidates.ts'
import type { SentenceContext } from './context.ts'
import { isFunction } from './features.ts'
import type { Look } from './look.ts'
import type { Links, TermSource } from './term-links.ts'
import type { Weights } from './weights.ts'

export interface TermProposal {
  readonly start: number
  readonly end: number
  readonly proposal: Proposal
}

/** A way to read tokens from some start as one word of a term. */
interface Step {
  readonly end: number
  /** Above 0, at most 1; 0 for the word that stands there. */
  readonly strength: number
}

/** A row of the terms laid over tokens. */
interface Laid {
  readonly row: number
  readonly steps: readonly Step[]
}

/** Links of all tokens from some start up to `end`. */
interface Reached {
  readonly end: number
  readonly links: Links
}

/** What may stand at each token of a sentence. */
interface Sight {
  readonly tokens: readonly Token[]
  readonly terms: Terms
  /** The token's own word, −1 for none. */
  readonly literal: Int32Array
  /** By start: what it and the tokens behind it may be read as; nothing where nobody asks. */
  readonly reached: readonly (readonly Reached[])[]
}

/** `suspect`: is the token worth reading? `replaceable`: may it have been replaced at all? */
export function termProposals(
  source: TermSource,
  seen: Look,
  suspect: (token: number) => boolean,
  replaceable: (token: number) => boolean,
  options: Weights['terms'],
): TermProposal[] {
  // One word of a replaced term may look innocent ("real gasoline"): the neighbours of a suspect are asked too.
  const asked = (i: number): boolean => (suspect(i) || suspect(i - 1) || suspect(i + 1)) && replaceable(i)
  const sight = sightOf(source, seen, asked)
  const standing = standingTerms(sight)
  const out: TermProposal[] = []
  for (let start = 0; start < sight.tokens.length; start++) {
    const laid = laidFrom(sight, start).filter(
      (each) => isFree(each, start, standing, suspect) && isStrange(seen.context, each, options.strange),
    )
    if (laid.length > 0) out.push(...best(source, seen, start, laid, options))
  }
  return out
}

function sightOf(source: TermSource, { sentence, found }: Look, asked: (token: number) => boolean): Sight {
  const { tokens } = sentence
  const { dictionary } = source
  const { terms } = dictionary
  const literal = Int32Array.from(tokens, ({ key }) => terms.wordOf(dictionary.id(key)))
  const reached: Reached[][] = tokens.map(({ key }, i) => {
    const links = asked(i) ? source.near(key) : undefined
    return links === undefined || links.size === 0 ? [] : [{ end: i + 1, links }]
  })
  for (const { sentence: interned, matches } of found)
    for (let row = 0; row < matches.length; row += MATCH_WIDTH) {
      const start = matches[row + MATCH.start] as number // rows are whole
      const end = matches[row + MATCH.end] as number
      if (!asked(start) && !asked(end - 1)) continue
      const links = source.listed(interned.dictionary, matches[row + MATCH.group] as number)
      if (links.size > 0) reached[start]?.push({ end, links })
    }
  return { tokens, terms, literal, reached }
}

/** By token: 1 where a term already reads as listed. */
function standingTerms({ tokens, terms, literal }: Sight): Uint8Array {
  const out = new Uint8Array(tokens.length)
  for (let start = 0; start < tokens.length; start++) {
    const word = literal[start] as number // start < length
    if (word < 0) continue
    const behind = terms.firstRow[word + 1] as number
    for (let row = terms.firstRow[word] as number; row < behind; row++) {
      const last = terms.starts.at(row + 1)
      let at = start + 1
      let k = terms.starts.at(row) + 1
      for (; k < last; k++) {
        at = pastHyphen(tokens, at)
        if (literal[at] !== terms.words[k]) break
        at += 1
      }
      if (k === last) out.fill(1, start, at)
    }
  }
  return out
}

/** "self-driving" is listed as "self driving": a hyphen inside is passed over. */
const pastHyphen = (tokens: readonly Token[], at: number): number =>
  tokens[at]?.key === '-' && isInnerHyphen(tokens, at) ? at + 1 : at

/** Every row that can be laid over tokens from `start` on. */
function laidFrom(sight: Sight, start: number): Laid[] {
  const { tokens, terms, literal, reached } = sight
  const out: Laid[] = []
  const next = pastHyphen(tokens, start + 1)
  const here = reached[start] ?? []
  const nothingBehind = (reached[next]?.length ?? 0) === 0 && (literal[next] ?? -1) < 0
  // Two words make a term: where nothing can stand behind a single word, none begins.
  if (nothingBehind && here.every(({ end }) => end === start + 1)) return out
  const begin = (word: number, end: number, strength: number): void => {
    const behind = terms.firstRow[word + 1] as number
    for (let row = terms.firstRow[word] as number; row < behind; row++) {
      const second = terms.starts.at(row) + 1
      // Most rows end here, before anything is made for them.
      if (second < terms.starts.at(row + 1) && !mayStand(sight, terms.words[second] as number, end)) continue
      follow(sight, row, second, end, [{ end, strength }], out)
    }
  }
  const own = literal[start] as number
  if (own >= 0) begin(own, start + 1, 0)
  for (const { end, links } of here)
    for (const [word, strength] of links) if (word !== own) begin(word, end, strength)
  return out
}

/** Can the word be read at `at`? */
function mayStand({ tokens, literal, reached }: Sight, word: number, at: number): boolean {
  const here = pastHyphen(tokens, at)
  if (literal[here] === word) return true
  const ways = reached[here]
  if (ways !== undefined) for (const { links } of ways) if (links.has(word)) return true
  return false
}

/** Lays word `k` of the row over the tokens at `at`, in every way there is; as deep as a term has words. */
function follow(
  sight: Sight,
  row: number,
  k: number,
  at: number,
  before: readonly Step[],
  out: Laid[],
): void {
  const { terms, tokens, literal, reached } = sight
  if (k === terms.starts.at(row + 1)) {
    out.push({ row, steps: before })
    return
  }
  const here = pastHyphen(tokens, at)
  const word = terms.words[k] as number // k is inside the row
  if (literal[here] === word) {
    follow(sight, row, k + 1, here + 1, [...before, { end: here + 1, strength: 0 }], out)
    return
  }
  for (const { end, links } of reached[here] ?? []) {
    const strength = links.get(word)
    if (strength !== undefined) follow(sight, row, k + 1, end, [...before, { end, strength }], out)
  }
}

/**
 * Does nothing hold the stretch together? A writer's phrase has words that follow each other more often
 * than by chance ("deep study"); a replaced term has words that nobody puts side by side.
 */
function isStrange(
  { model, tokens, ids, unigram }: SentenceContext,
  { steps }: Laid,
  strange: number,
): boolean {
  for (let k = 1; k < steps.length; k++) {
    const left = steps[k - 1] as Step // k is inside
    const right = steps[k] as Step
    const a = ids[left.end - 1] as number
    const b = ids[pastHyphen(tokens, left.end)] as number
    // What stands as listed on both sides says nothing, nor does "of", which follows everything.
    if (left.strength === 0 && (right.strength === 0 || isFunction(a) === 1)) continue
    if (right.strength === 0 && isFunction(b) === 1) continue
    if (unigram(b) - model.cost(-1, -1, a, b) > strange) return false
  }
  return true
}

/** Where one word alone was replaced it takes a path as strong as a habit to say so. */
const ALONE_LEAST = 0.4

/** Is a suspect replaced, and no term that stands there taken apart? */
function isFree(
  { steps }: Laid,
  start: number,
  standing: Uint8Array,
  suspect: (token: number) => boolean,
): boolean {
  let at = start
  let replaced = 0
  let strongest = 0
  let suspected = false
  for (const { end, strength } of steps) {
    if (strength > 0) {
      for (let i = at; i < end; i++) {
        if (standing[i] === 1) return false
        suspected ||= suspect(i)
      }
      replaced += 1
      strongest = Math.max(strongest, strength)
    }
    at = end
  }
  return suspected && (replaced > 1 || strongest > ALONE_LEAST)
}

/** The likeliest by path and language model, at most `kept`, each row once. */
function best(
  source: TermSource,
  { context, sentence }: Look,
  start: number,
  laid: readonly Laid[],
  { tried, kept, bound, trust, least }: Weights['terms'],
): TermProposal[] {
  const { terms } = source.dictionary
  const costs = new Float64Array(2)
  const strongest = laid
    .map((each) => ({ ...each, strength: meanStrength(each.steps) }))
    .filter(({ strength }) => strength >= least)
    .sort((a, b) => b.strength - a.strength || a.row - b.row)
    .slice(0, tried)
  const scored = strongest.flatMap((each) => {
    const end = each.steps.at(-1)?.end ?? start
    const words = Array.from(terms.words.subarray(terms.starts.at(each.row), terms.starts.at(each.row + 1)))
    context.replaced(start, end, words.map(source.id), costs)
    const saved = context.observed(start, Math.min(end + 3, context.length + 1)) - (costs[1] as number)
    return saved < bound ? [] : [{ ...each, end, words, score: saved + trust * each.strength }]
  })
  return scored
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, kept)
    .map(({ row, end, words: numbers, steps, strength }) => {
      const words = numbers.map(source.key)
      return {
        start,
        end,
        proposal: {
          words,
          source: {
            name: 'term',
            weight: strength,
            path: pathOf(sentence.tokens, start, steps, words),
            origin: terms.origin(row),
          },
          strengths: { term: 1, termPath: strength },
        },
      }
    })
}

/** Mean over the replaced words, 0 to 1. */
function meanStrength(steps: readonly Step[]): number {
  const replaced = steps.filter(({ strength }) => strength > 0)
  return replaced.reduce((sum, { strength }) => sum + strength, 0) / replaced.length
}

/** "counterfeit ← artificial" for every replaced word. */
function pathOf(
  tokens: readonly Token[],
  start: number,
  steps: readonly Step[],
  words: readonly string[],
): string[] {
  let at = start
  return steps.flatMap(({ end, strength }, k) => {
    const spun = tokens.slice(at, end).map(({ key }) => key)
    at = end
    return strength === 0 ? [] : [`${spun.join(' ')} ← ${words[k]}`]
  })
}
