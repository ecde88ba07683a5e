/**
 * What the dictionary alone would flag in clean texts: the leftmost longest matches of phrase entries,
 * and whether they stay within the budget.
 *
 * Habits match nearly everywhere and mean little without the model, so they are not asked; an entry
 * that fires in clean prose needs a guard.
 */
import { document } from '../document/document.ts'
import { lineColumn } from '../document/position.ts'
import { readSentences } from '../document/read-sentences.ts'
import type { DictFile, EntryMatch } from './entry.ts'
import { longestMatches } from './match.ts'
import type { Dictionary } from './trie.ts'
import { internTokens } from './walk.ts'

/** Matches per 1,000 words of clean text that the entries together may have. */
export const FALSE_ALARM_BUDGET = 0.3

export interface FalseAlarms {
  /** Words read. */
  readonly words: number
  readonly found: readonly FalseAlarm[]
  /** Found per 1,000 words; 0 where no word was read. */
  readonly density: number
}

export interface FalseAlarm {
  /** "clean-law.txt:3:10" */
  readonly place: string
  readonly surface: string
  readonly origin: string
  readonly original: string
}

/** `phrases`: compiled without the habits. `texts`: plain texts known to be clean. */
export function falseAlarms(phrases: Dictionary, texts: readonly DictFile[]): FalseAlarms {
  let words = 0
  const found: FalseAlarm[] = []
  for (const { name, text } of texts) {
    const sentences = readSentences(document(text, { format: 'text' }))
    const keys = new Set(sentences.flatMap(({ tokens }) => tokens.map(({ key }) => key)))
    const at = lineColumn(text)
    for (const { tokens, kind } of sentences) {
      words += tokens.filter((token) => token.kind === 'word').length
      for (const match of longestMatches(phrases, tokens, internTokens(phrases, tokens), keys, kind)) {
        const start = tokens[match.start]?.span.start ?? 0
        const { line, column } = at(start)
        found.push({
          place: `${name}:${line}:${column}`,
          ...described(match, text.slice(start, tokens[match.end - 1]?.span.end)),
        })
      }
    }
  }
  return { words, found, density: words === 0 ? 0 : (1000 * found.length) / words }
}

const described = ({ origin, originals }: EntryMatch, surface: string): Omit<FalseAlarm, 'place'> => ({
  surface: surface.split(/\s+/).join(' '),
  origin,
  original: originals[0]?.text ?? '',
})
