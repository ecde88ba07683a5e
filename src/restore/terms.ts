/**
 * Known terms behind a stretch of text: "counterfeit consciousness" ← "artificial intelligence".
 *
 * A spinner replaces a fixed term word by word, so that neither word leads back alone: each has hundreds of
 * proposals. Read the other way round the term is plain: a list holds it, and every word of the stretch
 * leads to the word of the term in the same place, by habit or thesaurus, or is that word. In: a sentence
 * after the cheap look. Out: proposals for whole stretches, those of each start best first.
 */
import type { Terms } from '../lexicon/terms.ts'
import type { Token } from '../types.ts'
import type { Proposal } from './candidates.ts'
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
  /** 1 habitual, 0 < strength; 0 for the word that stands there. */
  readonly strength: number
}

/** A row of the terms laid over tokens. */
interface Laid {
  readonly row: number
  readonly steps: readonly Step[]
}

/** What may stand at each token of a sentence: literal ids, habits by start, thesaurus where asked. */
interface Sight {
  readonly tokens: readonly Token[]
  readonly terms: Terms
  readonly literal: Int32Array
  readonly habits: readonly (ReadonlyMap<number, readonly Step[]> | undefined)[]
  readonly links: readonly (Links | undefined)[]
}

export function termProposals(
  source: TermSource,
  seen: Look,
  asked: (token: number) => boolean,
  options: Weights['terms'],
): TermProposal[] {
  const sight = sightOf(source, seen, asked)
  const standing = standingTerms(sight)
  const out: TermProposal[] = []
  for (let start = 0; start < sight.tokens.length; start++) {
    if (sight.tokens[start]?.kind !== 'word') continue
    const laid = laidFrom(sight, start).filter((each) => isFree(each, start, standing, asked))
    if (laid.length > 0) out.push(...best(source, seen, start, laid, options))
  }
  return out
}

function sightOf({ dictionary, links }: TermSource, seen: Look, asked: (token: number) => boolean): Sight {
  const { tokens } = seen.sentence
  const { terms } = dictionary
  const literal = Int32Array.from(tokens, ({ key }) => {
    const id = dictionary.id(key)
    return terms.has(id) ? id : 0
  })
  const habits: Map<number, Step[]>[] = []
  for (const { start, end, originals } of seen.matches) {
    for (const { words, weight } of originals) {
      const id = words.length === 1 ? dictionary.id(words[0] as string) : 0
      if (!terms.has(id)) continue
      const here = habits[start] ?? new Map<number, Step[]>()
      habits[start] = here
      const steps = here.get(id) ?? []
      here.set(id, steps)
      const at = steps.findIndex((step) => step.end === end)
      const step = { end, strength: HABIT_LEAST + (1 - HABIT_LEAST) * weight }
      if (at === -1) steps.push(step)
      else if ((steps[at] as Step).strength < step.strength) steps[at] = step
    }
  }
  const thesaurus = tokens.map(({ kind, key }, i) =>
    kind === 'word' && key.length > 1 && asked(i) ? links(key) : undefined,
  )
  return { tokens, terms, literal, habits, links: thesaurus }
}

/** Strength of the rarest habit, as strong as the better paths of the thesaurus. */
const HABIT_LEAST = 0.4

/** By token: 1 where a term already reads as listed. */
function standingTerms({ tokens, terms, literal }: Sight): Uint8Array {
  const out = new Uint8Array(tokens.length)
  for (let start = 0; start < tokens.length; start++) {
    const id = literal[start] as number
    if (id === 0) continue
    for (let row = terms.rowsFrom(id); row < terms.rowsFrom(id + 1); row++) {
      let at = start + 1
      let k = (terms.starts[row] as number) + 1
      for (; k < (terms.starts[row + 1] as number); k++) {
        at = pastHyphen(tokens, at)
        if (literal[at] !== terms.words[k]) break
        at += 1
      }
      if (k === terms.starts[row + 1]) out.fill(1, start, at)
    }
  }
  return out
}

/** "self-driving" is listed as "self driving": a hyphen inside is passed over. */
const pastHyphen = (tokens: readonly Token[], at: number): number =>
  tokens[at]?.key === '-' && tokens[at]?.joined === true && tokens[at + 1]?.joined === true ? at + 1 : at

/** Every row that can be laid over tokens from `start` on. */
function laidFrom(sight: Sight, start: number): Laid[] {
  const { terms, literal, habits, links } = sight
  const out: Laid[] = []
  const begin = (id: number): void => {
    const to = terms.rowsFrom(id + 1)
    for (let row = terms.rowsFrom(id); row < to; row++)
      follow(sight, row, terms.starts[row] as number, start, [], out)
  }
  const tried = new Set<number>()
  const once = (id: number): void => {
    if (id === 0 || tried.has(id)) return
    tried.add(id)
    begin(id)
  }
  once(literal[start] as number)
  for (const id of habits[start]?.keys() ?? []) once(id)
  for (const id of links[start]?.keys() ?? []) once(id)
  return out
}

/** Lays word `k` of the row over the token at `at`, in every way there is; depth is the words of a term. */
function follow(
  sight: Sight,
  row: number,
  k: number,
  at: number,
  before: readonly Step[],
  out: Laid[],
): void {
  const { terms, tokens, literal, habits, links } = sight
  if (k === terms.starts[row + 1]) {
    out.push({ row, steps: before })
    return
  }
  const here = before.length === 0 ? at : pastHyphen(tokens, at)
  if (here >= tokens.length) return
  const id = terms.words[k] as number
  if (literal[here] === id) return follow(sight, row, k + 1, here + 1, [...before, { end: here + 1, strength: 0 }], out)
  const listed = habits[here]?.get(id)
  const strength = links[here]?.get(id)
  if (strength !== undefined && listed?.some(({ end }) => end === here + 1) !== true)
    follow(sight, row, k + 1, here + 1, [...before, { end: here + 1, strength }], out)
  for (const step of listed ?? []) follow(sight, row, k + 1, step.end, [...before, step], out)
}

/**
 * Is something replaced and worth asking about, and no term that stands there taken apart? Where one word
 * alone was replaced, it takes a habit to say so.
 */
function isFree({ steps }: Laid, start: number, standing: Uint8Array, asked: (token: number) => boolean): boolean {
  let at = start
  let replaced = 0
  let suspected = false
  let strongest = 0
  for (const { end, strength } of steps) {
    if (strength > 0) {
      for (let i = at; i < end; i++) {
        if (standing[i] === 1) return false
        suspected ||= asked(i)
      }
      replaced += 1
      strongest = Math.max(strongest, strength)
    }
    at = end
  }
  return suspected && (replaced > 1 || strongest > HABIT_LEAST)
}

/** The likeliest by path and language model, at most `kept`. */
function best(
  { dictionary }: TermSource,
  { context, sentence }: Look,
  start: number,
  laid: readonly Laid[],
  { tried, kept, bound, trust }: Weights['terms'],
): TermProposal[] {
  const { terms } = dictionary
  const { model } = context
  const costs = new Float64Array(2)
  const strongest = laid
    .map((each) => ({ ...each, strength: meanStrength(each.steps) }))
    .sort((a, b) => b.strength - a.strength || a.row - b.row)
    .slice(0, tried)
  const scored = strongest.flatMap((each) => {
    const end = (each.steps.at(-1) as Step).end
    const words = wordsOf(dictionary.key, terms, each.row)
    const ids = Int32Array.from(words, (word) => model.vocabulary.id(word))
    context.replaced(start, end, ids, costs)
    const saved = context.observed(start, Math.min(end + 3, context.length + 1)) - (costs[1] as number)
    return saved < bound ? [] : [{ ...each, end, words, score: saved + trust * each.strength }]
  })
  return scored
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, kept)
    .map(({ row, end, words, steps, strength }) => ({
      start,
      end,
      proposal: {
        words,
        source: { name: 'term', weight: strength, path: pathOf(sentence.tokens, start, steps, words), origin: terms.origin(row) },
        strengths: { term: strength },
      },
    }))
}

/** Mean over the replaced words, 0 to 1. */
function meanStrength(steps: readonly Step[]): number {
  const replaced = steps.filter(({ strength }) => strength > 0)
  return replaced.reduce((sum, { strength }) => sum + strength, 0) / replaced.length
}

function wordsOf(key: (id: number) => string, { starts, words }: Terms, row: number): string[] {
  const out: string[] = []
  for (let k = starts[row] as number; k < (starts[row + 1] as number); k++) out.push(key(words[k] as number))
  return out
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
