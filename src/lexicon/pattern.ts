/**
 * A pattern of a dictionary ("the (joint|unified) states ?of", "<number> - web page") to all token
 * sequences it stands for.
 *
 * Literal text goes through the tokenizer of the document, so that a pattern means what a text means.
 * Reading is a hand-written descent over the characters: linear, with bounded depth and bounded output.
 */
import { rawTokens } from '../document/tokens.ts'

/** One token of an unfolded pattern. */
export interface PatternToken {
  readonly key: string
  /** The tokens between two spaces of the pattern share a chunk: "set-up" is one chunk of two tokens. */
  readonly chunk: number
  /** Marked with `*`: the head that inflects. */
  readonly head: boolean
}

export const WILDCARDS: readonly string[] = ['<number>', '<year>', '<word>']
export const MAX_SEQUENCES = 256
export const MAX_TOKENS = 12
const MAX_DEPTH = 4

/** What is wrong with a pattern: the fact and what to do. */
export class PatternError extends Error {
  readonly fix: string
  constructor(message: string, fix: string) {
    super(message)
    this.fix = fix
  }
}

/** Every sequence once, in the order of the alternatives, an optional part first present, then absent. */
export function unfold(pattern: string): readonly (readonly PatternToken[])[] {
  const cursor: Cursor = { text: pattern, at: 0, chunk: 0 }
  const found = sequence(cursor, 0)
  if (cursor.at < pattern.length) {
    throw new PatternError(`"${pattern}" closes a group that is not open`, 'delete the ")", or write "\\)"')
  }
  const once = new Map(found.map((tokens) => [tokens.map(({ key }) => key).join(' '), tokens]))
  for (const [text, tokens] of once) {
    if (tokens.length > MAX_TOKENS) {
      throw new PatternError(
        `"${text}" has ${tokens.length} tokens; the longest match is ${MAX_TOKENS}`,
        'shorten it to the words that were replaced',
      )
    }
  }
  return [...once.values()]
}

interface Cursor {
  readonly text: string
  at: number
  chunk: number
}

type Sequences = readonly (readonly PatternToken[])[]

/** Items up to `)`, `|` or the end. */
function sequence(cursor: Cursor, depth: number): Sequences {
  let out: Sequences = [[]]
  for (;;) {
    if (cursor.text[cursor.at] === ' ') {
      while (cursor.text[cursor.at] === ' ') cursor.at += 1
      cursor.chunk += 1
    }
    const char = cursor.text[cursor.at]
    if (char === undefined || char === ')' || char === '|') return out
    out = product(out, item(cursor, depth), cursor.text)
  }
}

function item(cursor: Cursor, depth: number): Sequences {
  const { text } = cursor
  const start = cursor.at
  let optional = false
  let head = false
  for (; text[cursor.at] === '?' || text[cursor.at] === '*'; cursor.at += 1) {
    if (text[cursor.at] === '?') optional = true
    else head = true
  }
  const char = text[cursor.at]
  let found: Sequences
  if (char === '(') found = group(cursor, depth)
  else if (char === '<') found = [[wildcard(cursor)]]
  else {
    const tokens = literal(cursor)
    if (tokens.length === 0) {
      throw new PatternError(
        `"${text}" has nothing after "${text.slice(start, cursor.at)}"`,
        'write the word behind it, or "\\?" and "\\*" for the characters themselves',
      )
    }
    found = [tokens]
  }
  if (head) found = found.map((tokens) => tokens.with(-1, { ...(tokens.at(-1) as PatternToken), head }))
  return optional ? [...found, []] : found
}

function group(cursor: Cursor, depth: number): Sequences {
  const { text } = cursor
  if (depth === MAX_DEPTH) {
    throw new PatternError(`"${text}" nests groups deeper than ${MAX_DEPTH}`, 'write several patterns')
  }
  refuseGlue(cursor, cursor.at - 1)
  const out: (readonly PatternToken[])[] = []
  do {
    cursor.at += 1
    const option = sequence(cursor, depth + 1)
    if (option.some((tokens) => tokens.length === 0)) {
      throw new PatternError(`"${text}" has an empty alternative`, 'put "?" before the group instead')
    }
    out.push(...option)
  } while (text[cursor.at] === '|')
  if (text[cursor.at] !== ')')
    throw new PatternError(`"${text}" leaves a group open`, 'add ")", or write "\\("')
  cursor.at += 1
  refuseGlue(cursor, cursor.at)
  return out
}

function wildcard(cursor: Cursor): PatternToken {
  const name = WILDCARDS.find((one) => cursor.text.startsWith(one, cursor.at))
  if (name === undefined) {
    throw new PatternError(
      `"${cursor.text}" has "<" but none of ${WILDCARDS.join(' ')}`,
      'use one of these, or "\\<" for the character itself',
    )
  }
  refuseGlue(cursor, cursor.at - 1)
  cursor.at += name.length
  refuseGlue(cursor, cursor.at)
  return { key: name, chunk: cursor.chunk, head: false }
}

/** A letter or digit directly beside a group would be half a token. */
function refuseGlue({ text }: Cursor, beside: number): void {
  if (/[\p{L}\p{N}]/u.test(text[beside] ?? '')) {
    throw new PatternError(
      `"${text}" has a group or wildcard within a word`,
      'list whole words: (restated|unstated), not (re|un)stated',
    )
  }
}

const SPECIAL = new Set([' ', '(', ')', '|', '<', '?', '*'])

/** Tokens of the plain text up to a space or special character; hyphens inside the chunk are left out. */
function literal(cursor: Cursor): PatternToken[] {
  const { text, chunk } = cursor
  const glued = cursor.at > 0 && text[cursor.at - 1] !== ' '
  let plain = ''
  for (; cursor.at < text.length; cursor.at += 1) {
    const char = text.charAt(cursor.at)
    if (char === '\\' && cursor.at + 1 < text.length) {
      cursor.at += 1
      plain += text.charAt(cursor.at)
    } else if (SPECIAL.has(char)) break
    else plain += char
  }
  const open = cursor.at < text.length && text[cursor.at] !== ' '
  const keys = exactKeysOf(plain)
  const soft = (key: string, at: number): boolean =>
    key === '-' && (at > 0 || (glued && keys.length > 1)) && (at < keys.length - 1 || open)
  return keys.filter((key, at) => !soft(key, at)).map((key) => ({ key, chunk, head: false }))
}

/** Token keys of a piece of text; "'s" alone is the clitic it would be behind a word. */
export const keysOf = (text: string): readonly string[] => readKeys(text, false)

/**
 * The same with numbers as written: the key of "0.33" is "0.00", but a pattern that names a number means
 * that number. match.ts looks numbers up by their surface.
 */
export const exactKeysOf = (text: string): readonly string[] => readKeys(text, true)

function readKeys(text: string, exact: boolean): readonly string[] {
  const clitic = text.startsWith("'") || text.startsWith('’')
  const read = clitic ? `x${text}` : text
  const tokens = rawTokens(read).map(({ kind, key, start, end }) =>
    exact && kind === 'number' ? read.slice(start, end) : key,
  )
  if (!clitic) return tokens
  return tokens[0] === 'x' ? tokens.slice(1) : readKeys(` ${text}`, exact)
}

function product(left: Sequences, right: Sequences, pattern: string): Sequences {
  if (left.length * right.length > MAX_SEQUENCES) {
    throw new PatternError(
      `"${pattern}" unfolds to more than ${MAX_SEQUENCES} sequences`,
      'write several entries, each with fewer alternatives',
    )
  }
  return left.flatMap((before) => right.map((after) => [...before, ...after]))
}
