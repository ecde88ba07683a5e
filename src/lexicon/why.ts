/**
 * Why a phrase is found or not: the sequences of the dictionary that match it, and the nearest ones
 * that do not, by edit distance. For people; guards are shown, not applied.
 */
import type { EntryMatch, EntryOriginal, Guard } from './entry.ts'
import { looseSentence } from './loose-sentence.ts'
import { admittedMatches } from './match.ts'
import { nearMisses } from './nearest.ts'
import { WILDCARDS } from './pattern.ts'
import { type Dictionary, FIRST_KEY } from './trie.ts'
import { internTokens } from './walk.ts'

export interface WhyMatch {
  /** The part of the phrase that matches. */
  readonly spun: string
  readonly source: 'entry' | 'habit'
  readonly origin: string
  readonly originals: readonly EntryOriginal[]
  /** Conditions that a text must fulfil besides. */
  readonly guard: Guard | undefined
}

export interface WhyAnswer {
  /** Matches of the whole phrase first, then of its parts, from left to right. */
  readonly matches: readonly WhyMatch[]
  /** Sequences a few letters away, nearest first. */
  readonly near: readonly {
    readonly spun: string
    readonly distance: number
    readonly originals: readonly string[]
  }[]
}

const NEAR = 5

export function why(dictionary: Dictionary, phrase: string): WhyAnswer {
  const { tokens } = looseSentence(phrase)
  const interned = internTokens(dictionary, tokens)
  const whole = ({ start, end }: EntryMatch): number => (end - start === tokens.length ? 1 : 0)
  const matches = tokens
    .flatMap((_, start) => admittedMatches(dictionary, tokens, interned, start, () => true))
    .sort((a, b) => whole(b) - whole(a))
    .map(({ start, end, source, origin, originals, guard }) => ({
      spun: phrase.slice(tokens[start]?.span.start, tokens[end - 1]?.span.end),
      source,
      origin,
      originals,
      guard,
    }))

  const asked = tokens.map(({ key }) => key).join(' ')
  const nodes = new Map(sequences(dictionary))
  const near = nearMisses(asked, nodes.keys(), NEAR + 1)
    .filter(({ text }) => text !== asked)
    .slice(0, NEAR)
    .map(({ text, distance }) => ({
      spun: text,
      distance,
      originals: originalsAt(dictionary, nodes.get(text)),
    }))
  return { matches, near }
}

function originalsAt(dictionary: Dictionary, node: number | undefined): readonly string[] {
  if (node === undefined) return []
  const texts = new Set<string>()
  for (let group = dictionary.firstGroup(node); group < dictionary.firstGroup(node + 1); group++)
    for (const { text } of dictionary.originalsOf(group)) texts.add(text)
  return [...texts]
}

/** Every token sequence with the node at which it ends, in order of the ids. */
export function* sequences(dictionary: Dictionary): Generator<readonly [spun: string, node: number]> {
  const open: (readonly [number, string])[] = [[0, '']]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const [node, text] = top
    if (dictionary.firstGroup(node) < dictionary.firstGroup(node + 1)) yield [text, node]
    const children = [...dictionary.edges(node)].reverse()
    for (const [id, child] of children) {
      const key = id < FIRST_KEY ? (WILDCARDS[id - 1] ?? '') : dictionary.key(id)
      open.push([child, text === '' ? key : `${text} ${key}`])
    }
  }
}
