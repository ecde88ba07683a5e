/**
 * A list of known terms (one a line, as it should read) to `Term[]` and problems.
 *
 * A file is such a list if its first line is "# terms: TOPIC"; it has no columns, since the language model
 * knows how common a term is. A line with a mistake is reported and left out; the others stay.
 */
import type { DictFile, DictProblem } from './entry.ts'
import { HEADERS } from './parse-habits.ts'
import { exactKeysOf } from './pattern.ts'

/** One line of a list of terms. */
export interface Term {
  readonly file: string
  readonly line: number
  /** As written: lower case, single spaces. */
  readonly text: string
  /** Token keys without inner hyphens, 2 to `MOST_KEYS`. */
  readonly words: readonly string[]
}

export interface ParsedTerms {
  readonly terms: readonly Term[]
  readonly problems: readonly DictProblem[]
}

/** Words separated by spaces; and tokens, where a hyphen or a possessive makes more of them. */
const MOST_WORDS = 4
const MOST_KEYS = 6

export const isTermList = ({ name, text }: DictFile): boolean =>
  name.endsWith('.tsv') && text.startsWith('# terms:')

export function parseTerms(file: DictFile): ParsedTerms {
  const terms: Term[] = []
  const problems: DictProblem[] = []
  const comments: string[] = []
  for (const [index, raw] of file.text.split('\n').entries()) {
    const text = raw.replace('\r', '')
    if (text === '') continue
    if (text.startsWith('#')) {
      comments.push(text.slice(1).trim())
      continue
    }
    const wrong = mistake(text)
    if (wrong === undefined) terms.push({ file: file.name, line: index + 1, text, words: wordsOf(text) })
    else problems.push({ severity: 'error', file: file.name, line: index + 1, ...wrong })
  }
  for (const name of HEADERS) {
    if (comments.some((comment) => comment.startsWith(`${name}:`))) continue
    problems.push({
      severity: 'error',
      file: file.name,
      line: 1,
      message: `the header says nothing about the ${name}`,
      fix: `begin the file with "# ${name}: …"`,
    })
  }
  return { terms, problems }
}

/** Keys of a term; a hyphen that may be a space is left out. */
const wordsOf = (text: string): readonly string[] => exactKeysOf(text).filter((key) => key !== '-')

function mistake(text: string): { readonly message: string; readonly fix: string } | undefined {
  if (text !== text.toLowerCase().trim() || text.includes('  ') || text.includes('\t'))
    return {
      message: `"${text}" is not in lower case with single spaces`,
      fix: 'write one term a line, in lower case',
    }
  const words = wordsOf(text)
  if (words.some((word) => !/^['\p{L}]+$/u.test(word)))
    return { message: `"${text}" has other tokens than words`, fix: 'leave numbers and punctuation out' }
  const count = text.split(' ').length
  if (words.length < 2 || words.length > MOST_KEYS || count > MOST_WORDS)
    return {
      message: `"${text}" has ${count} ${count === 1 ? 'word' : 'words'}; a term has 2 to ${MOST_WORDS}`,
      fix: 'single words belong to the habits, sentences to the phrases',
    }
  return undefined
}
