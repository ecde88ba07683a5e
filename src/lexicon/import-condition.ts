/**
 * The context constraint of a public phrase list (`AND "x" NOT y`, `NEAR/5 ("a" OR "b")`) to guards.
 *
 * Guards know single words of the document, so a phrase becomes its words, without those the wording
 * has itself. Several guards stand for alternatives: each is an entry of its own. A constraint that
 * guards cannot keep is refused, because without it the entry would flag clean text.
 */
import type { Guard } from './entry.ts'
import { keysOf, PatternError } from './pattern.ts'

const MAX_UNITS = 1000
const MAX_ALTERNATIVES = 16
const DEFAULT_WITHIN = 10
const MAX_WITHIN = 50

/**
 * Guards of which one must hold; `[{}]` where nothing is asked.
 *
 * @throws PatternError with the fact and what to write instead
 */
export function readCondition(text: string, spun: string): readonly Guard[] {
  if (text.length > MAX_UNITS) {
    throw new PatternError(`a constraint of ${text.length} units`, `write at most ${MAX_UNITS}`)
  }
  const own = new Set(keysOf(spun))
  const terms = readTerms(items(text), text)
  const all = new Set<string>()
  const none = new Set<string>()
  const choices: (readonly (readonly string[])[])[] = []
  let near: Guard['near']
  for (const { kind, phrases, within } of terms) {
    const words = phrases.map((phrase) => ownWords(phrase, own))
    switch (kind) {
      case 'and':
        // A phrase of which the wording has every word always holds.
        if (words.some((list) => list.length === 0)) break
        if (words.length > 1) choices.push(words)
        else for (const word of words[0] ?? []) all.add(word)
        break
      case 'not':
        for (const [at, list] of words.entries()) none.add(distinctive(list, phrases[at] ?? ''))
        break
      case 'near':
        if (near !== undefined) {
          throw new PatternError(`"${text}" asks for two near words`, 'keep the one that tells more')
        }
        near = { words: [...new Set(words.map((list, at) => distinctive(list, phrases[at] ?? '')))], within }
    }
  }
  const [only] = choices
  const simple = choices.length === 1 && only !== undefined && only.every((list) => list.length === 1)
  const guards = simple
    ? [guardOf([...all], only.flat(), [...none], near)]
    : alternatives(choices, text).map((list) => guardOf([...all, ...list], [], [...none], near))
  return guards
}

interface Term {
  readonly kind: 'and' | 'not' | 'near'
  /** Of which one must hold. */
  readonly phrases: readonly string[]
  readonly within: number
}

interface Item {
  readonly kind: 'open' | 'close' | 'word' | 'phrase'
  readonly text: string
}

/** Parentheses, quoted phrases and bare words. */
function items(text: string): readonly Item[] {
  const out: Item[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '"' || char === '“') {
      const close = text.slice(at + 1).search(/["”]/)
      if (close === -1) throw new PatternError(`"${text}" leaves a quotation mark open`, 'close it')
      out.push({ kind: 'phrase', text: text.slice(at + 1, at + 1 + close) })
      at += close + 2
    } else if (char === '(' || char === ')') {
      out.push({ kind: char === '(' ? 'open' : 'close', text: char })
      at += 1
    } else if (char.trim() === '') at += 1
    else {
      let end = at
      while (end < text.length && !'()" \t\n“'.includes(text.charAt(end))) end += 1
      out.push({ kind: 'word', text: text.slice(at, end) })
      at = end
    }
  }
  return out
}

function readTerms(list: readonly Item[], text: string): readonly Term[] {
  const terms: Term[] = []
  let at = 0
  const operator = (): string | undefined => {
    const item = list[at]
    const name = item?.kind === 'word' ? item.text.split(/[/~]/, 1)[0] : undefined
    return name === 'AND' || name === 'OR' || name === 'NOT' || name?.toLowerCase() === 'near'
      ? name.toLowerCase()
      : undefined
  }
  const phrase = (): string => {
    const item = list[at]
    if (item === undefined || item.kind === 'open' || item.kind === 'close' || operator() !== undefined) {
      throw new PatternError(`"${text}" lacks a word or phrase`, 'write AND "x", NOT "x" or NEAR/5 "x"')
    }
    if (item.text.includes('*')) {
      throw new PatternError(
        `"${item.text}" is cut off, guards compare whole words`,
        'write the words out with OR',
      )
    }
    at += 1
    return item.text
  }
  while (at < list.length) {
    let kind: Term['kind'] = 'and'
    let within = DEFAULT_WITHIN
    for (let name = operator(); name !== undefined && name !== 'or'; name = operator()) {
      if (name === 'not' || name === 'near') kind = name
      const distance = Number(list[at]?.text.split(/[/~]/)[1])
      if (name === 'near' && distance >= 1) within = Math.min(MAX_WITHIN, Math.floor(distance))
      at += 1
    }
    const group = list[at]?.kind === 'open'
    if (group) at += 1
    const phrases = [phrase()]
    while (operator() === 'or') {
      at += 1
      phrases.push(phrase())
    }
    if (group) {
      if (list[at]?.kind !== 'close')
        throw new PatternError(`"${text}" leaves a group open`, 'add ")"; OR joins phrases')
      at += 1
    }
    terms.push({ kind, phrases, within })
  }
  return terms
}

/** Words of a phrase that the wording does not have itself. */
const ownWords = (phrase: string, spun: ReadonlySet<string>): readonly string[] =>
  [...new Set(keysOf(phrase))].filter((key) => !spun.has(key) && /[\p{L}\p{N}]/u.test(key))

/** The one word that stands for a phrase: the longest, of these the last. */
function distinctive(words: readonly string[], phrase: string): string {
  const [first, ...rest] = words
  if (first === undefined) {
    throw new PatternError(`"${phrase}" has no word that the wording has not`, 'name another word')
  }
  return rest.reduce((best, word) => (word.length >= best.length ? word : best), first)
}

/** One choice of every group. */
function alternatives(
  choices: readonly (readonly (readonly string[])[])[],
  text: string,
): readonly (readonly string[])[] {
  let out: readonly (readonly string[])[] = [[]]
  for (const group of choices) {
    if (out.length * group.length > MAX_ALTERNATIVES) {
      throw new PatternError(
        `"${text}" stands for more than ${MAX_ALTERNATIVES} entries`,
        'write fewer alternatives',
      )
    }
    out = out.flatMap((before) => group.map((words) => [...before, ...words]))
  }
  return out.map((words) => [...new Set(words)])
}

function guardOf(
  all: readonly string[],
  any: readonly string[],
  none: readonly string[],
  near: Guard['near'],
): Guard {
  const document = {
    ...(any.length > 0 && { any: [...new Set(any)] }),
    ...(all.length > 0 && { all: [...new Set(all)] }),
    ...(none.length > 0 && { none }),
  }
  return { ...(near !== undefined && { near }), ...(Object.keys(document).length > 0 && { document }) }
}
