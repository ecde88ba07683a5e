/**
 * Findings to the spinner's dialect, where it is clear: several of its own wordings, and more of them
 * than of any other. Says which wordings; where none leads, says nothing.
 */
import type { Dialect } from '../lexicon/dialects.ts'
import type { DialectSeen, Finding } from '../types.ts'
import type { Weights } from './weights.ts'

/** The dialect the findings show; undefined where none has enough marks or two are close. */
export function dialectOf(
  dialects: readonly Dialect[],
  findings: readonly Finding[],
  { marks: least, lead }: Weights['dialect'],
): DialectSeen | undefined {
  const texts = findings.map(({ tokens, suggestions }) => ({
    spun: ` ${tokens.map(({ key }) => key).join(' ')} `,
    originals: suggestions.map(({ text }) => text.toLowerCase()),
  }))
  const counted = dialects
    .map(({ name, title, marks }) => {
      // One mark a spun wording, whatever its originals: the first listed is the dialect's own.
      const seen = new Map<string, string>()
      for (const { spun, originals } of texts)
        for (const mark of marks)
          if (spun.includes(mark.spun) && originals.some((text) => includesWords(text, mark.original)))
            if (!seen.has(mark.spun)) seen.set(mark.spun, mark.original)
      const shown = [...seen].map(([spun, original]) => `${spun.trim().replaceAll(' - ', '-')} ← ${original}`)
      return { name, title, marks: shown }
    })
    // Stable, so equals keep the order of the list.
    .sort((a, b) => b.marks.length - a.marks.length)
  const [first, second] = counted
  if (first === undefined || first.marks.length < least) return undefined
  return first.marks.length >= lead * (second?.marks.length ?? 0) ? first : undefined
}

const includesWords = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `)
