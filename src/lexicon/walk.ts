/**
 * Goes through the trie of a dictionary along the tokens of a sentence.
 *
 * In: token keys as ids and a first token. Out: the nodes at which a sequence ends, with the token behind
 * each. Integers only, written into lists that the caller keeps, so that a start at which nothing or one
 * plain sequence begins makes nothing. A hyphen between two joined words may be passed over, so that
 * "set up" also matches "set-up"; the compiler leaves such hyphens out.
 */
import type { Token } from '../types.ts'
import { isYear } from './guard.ts'
import { type Dictionary, NUMBER_ID, WORD_ID, YEAR_ID } from './trie.ts'

/** A sentence as one dictionary sees it. */
export interface Interned {
  readonly dictionary: Dictionary
  readonly tokens: readonly Token[]
  /** Ids of the tokens' keys, 0 where the dictionary has none. */
  readonly ids: Int32Array
}

/** Sequences found, as two columns; those before `count` are valid. */
export interface SequenceEnds {
  count: number
  readonly nodes: number[]
  /** The token behind the last. */
  readonly ends: number[]
}

export const noEnds = (): SequenceEnds => ({ count: 0, nodes: [], ends: [] })

/** Ids of the tokens' keys in this dictionary, 0 where it has none. */
export function internTokens(dictionary: Dictionary, tokens: readonly Token[]): Int32Array {
  const ids = new Int32Array(tokens.length)
  for (let i = 0; i < ids.length; i++) {
    const { kind, key, surface } = tokens[i] as Token // i < length
    // Patterns hold numbers as written; a token's key has its digits folded.
    ids[i] = dictionary.id(kind === 'number' ? surface : key)
  }
  return ids
}

/**
 * Fills `out` with the sequences that begin at token `start`, longest first; of two that end together
 * (with and without a hyphen) the one with the smaller node.
 */
export function sequenceEnds(sentence: Interned, start: number, out: SequenceEnds): void {
  const { dictionary, tokens, ids } = sentence
  out.count = 0
  let node = dictionary.first(ids[start] as number)
  let at = start + 1
  // One way to go on at nearly every node; where there may be several, the general search takes over.
  while (node !== 0) {
    const goesOn = at < tokens.length && dictionary.continues(node)
    if (goesOn && (dictionary.takesWildcard(node) || (tokens[at] as Token).key === '-')) {
      arrive(sentence, node, at, out)
      break
    }
    add(out, dictionary, node, at)
    const id = goesOn ? (ids[at] as number) : 0
    node = id === 0 ? 0 : dictionary.child(node, id)
    at += 1
  }
  const first = tokens[start] as Token // start < length
  if (first.kind === 'number' && dictionary.takesWildcard(0)) takeWildcards(sentence, 0, start, first, out)
  if (out.count > 1) longestFirst(out)
}

function add(out: SequenceEnds, dictionary: Dictionary, node: number, end: number): void {
  if (dictionary.firstGroup(node) === dictionary.firstGroup(node + 1)) return
  out.nodes[out.count] = node
  out.ends[out.count] = end
  out.count += 1
}

/** Recursion as deep as the trie: 12, and the hyphens passed over. */
function arrive(sentence: Interned, node: number, at: number, out: SequenceEnds): void {
  add(out, sentence.dictionary, node, at)
  if (sentence.dictionary.continues(node)) follow(sentence, node, at, out)
}

function follow(sentence: Interned, node: number, at: number, out: SequenceEnds): void {
  const { dictionary, tokens, ids } = sentence
  const token = tokens[at]
  if (token === undefined) return
  const id = ids[at] as number
  const next = id === 0 ? 0 : dictionary.child(node, id)
  if (next !== 0) arrive(sentence, next, at + 1, out)
  if (dictionary.takesWildcard(node)) takeWildcards(sentence, node, at, token, out)
  if (token.key === '-' && isInnerHyphen(tokens, at)) follow(sentence, node, at + 1, out)
}

function takeWildcards(sentence: Interned, node: number, at: number, token: Token, out: SequenceEnds): void {
  for (const wildcard of wildcardsOf(token)) {
    const next = sentence.dictionary.child(node, wildcard)
    if (next !== 0) arrive(sentence, next, at + 1, out)
  }
}

/** A hyphen joined to a word or number on both sides; a row of hyphens is no such thing. */
export function isInnerHyphen(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  return tokens[at]?.joined === true && next?.joined === true && next.key !== '-'
}

/** Wildcards that a token can stand for. */
export function wildcardsOf(token: Token): readonly number[] {
  if (token.kind === 'word') return [WORD_ID]
  if (token.kind !== 'number') return []
  return isYear(token) ? [NUMBER_ID, YEAR_ID] : [NUMBER_ID]
}

/** By insertion: there are hardly ever more than three. */
function longestFirst({ count, nodes, ends }: SequenceEnds): void {
  for (let i = 1; i < count; i++) {
    const node = nodes[i] as number // i < count
    const end = ends[i] as number
    let at = i
    for (; at > 0; at--) {
      const other = ends[at - 1] as number // at > 0
      if (other > end || (other === end && (nodes[at - 1] as number) <= node)) break
      nodes[at] = nodes[at - 1] as number
      ends[at] = other
    }
    nodes[at] = node
    ends[at] = end
  }
}
