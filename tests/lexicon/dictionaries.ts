/** What the dictionary tests share: the inflector with the shipped tables, small dictionaries, and matching in a sentence. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import type { DictFile, EntryMatch } from '../../src/lexicon/entry.ts'
import { inflector } from '../../src/lexicon/inflect.ts'
import { looseSentence } from '../../src/lexicon/loose-sentence.ts'
import { longestMatches, matchEntries } from '../../src/lexicon/match.ts'
import { type Dictionary, dictionary } from '../../src/lexicon/trie.ts'
import { internTokens } from '../../src/lexicon/walk.ts'

const table = (name: string): string =>
  readFileSync(join('wordlists/inflection', `irregular-${name}.tsv`), 'utf8')

export const inflections = inflector({
  verbs: table('verbs'),
  nouns: table('nouns'),
  adjectives: table('adjectives'),
})

/** The files of one folder of wordlists/, by name. */
export const shipped = (folder: 'habits' | 'phrases'): readonly DictFile[] =>
  readdirSync(join('wordlists', folder))
    .sort()
    .map((name) => ({
      name: `${folder}/${name}`,
      text: readFileSync(join('wordlists', folder, name), 'utf8'),
    }))

export const HEADER = '# origin: test\n# licence: MIT\n# date: 2026-11-23\n'

/** A habits file; columns separated by "~" for readability. */
export const habitsFile = (lines: readonly string[], name = 'habits/a.tsv'): DictFile => ({
  name,
  text: HEADER + lines.map((line) => `${line.replaceAll('~', '\t')}\n`).join(''),
})

export const phrasesFile = (entries: string, name = 'phrases/a.yaml'): DictFile => ({
  name,
  text: `origin: test\nlicence: MIT\ndate: 2026-11-23\nentries:\n${entries}`,
})

/** An entry as one line of YAML flow style; `restore` is required but tested elsewhere. */
export const entryFile = (...entries: readonly string[]): DictFile =>
  phrasesFile(entries.map((entry) => `  - { kind: phrase, restore: ["[[x]]"], ${entry} }\n`).join(''))

/** Compiled; problems fail the test that asks for it. */
export function compiled(...files: readonly DictFile[]): Dictionary {
  const { dictionary: bytes, problems } = compileDictionary(files, inflections)
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  return dictionary(bytes)
}

export interface Found {
  readonly spun: string
  readonly originals: readonly string[]
}

/** All matches of a text from left to right, longest first at each place. */
export function allMatches(compiledDictionary: Dictionary, text: string): readonly EntryMatch[] {
  const { tokens, kind } = looseSentence(text)
  const ids = internTokens(compiledDictionary, tokens)
  const keys = new Set(tokens.map(({ key }) => key))
  return tokens.flatMap((_, start) => matchEntries(compiledDictionary, tokens, ids, start, keys, kind))
}

export function found(compiledDictionary: Dictionary, text: string): readonly Found[] {
  const { tokens } = looseSentence(text)
  return allMatches(compiledDictionary, text).map(({ start, end, originals }) => ({
    spun: text.slice(tokens[start]?.span.start, tokens[end - 1]?.span.end),
    originals: originals.map((original) => original.text),
  }))
}

/** "spun → original" of the leftmost longest matches. */
export function longest(compiledDictionary: Dictionary, text: string): readonly string[] {
  const { tokens } = looseSentence(text)
  const ids = internTokens(compiledDictionary, tokens)
  const keys = new Set(tokens.map(({ key }) => key))
  return longestMatches(compiledDictionary, tokens, ids, keys).map(
    ({ start, end, originals }) =>
      `${text.slice(tokens[start]?.span.start, tokens[end - 1]?.span.end)} → ${originals[0]?.text}`,
  )
}
