/**
 * Findings to the spinner's dialect, where it is clear: several of its own wordings, and more of them
 * than of any other. Says which wordings; where none leads, says nothing.
 */
import type { Dialect } from '../lexicon/dialects.ts'
import type { DialectSeen, Finding } from '../types.ts'
import type { Judged } from './findings.ts'
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

/** A dialect's wording at a place, for what the document as a whole shows. */
export interface MarkAt {
  readonly dialect: string
  readonly spun: string
}

/** The marks a place shows whose originals are among its readings; mostly none. */
export function marksAt(dialects: readonly Dialect[], { reading, place }: Judged): MarkAt[] {
  const tokens = reading.sentence.tokens.slice(place.start, place.end)
  const text = ` ${tokens.map(({ key }) => key).join(' ')} `
  const out: MarkAt[] = []
  for (const { name, marks } of dialects)
    for (const { spun, original } of marks) {
      if (!text.includes(spun)) continue
      if (place.readings.some(({ scored }) => includesWords(scored.candidate.words.join(' '), original)))
        out.push({ dialect: name, spun })
    }
  return out
}

/**
 * How much a document looks like one dialect: the confidences of its different marks, summed, for the
 * dialect where that is most. Spinners repeat their few habits; writers do not share one spinner's.
 */
export function markEvidence(
  places: readonly { readonly marks: readonly MarkAt[]; readonly confidence: number }[],
): number {
  const strongest = new Map<string, Map<string, number>>()
  for (const { marks, confidence } of places)
    for (const { dialect, spun } of marks) {
      const own = strongest.get(dialect) ?? new Map<string, number>()
      strongest.set(dialect, own.set(spun, Math.max(confidence, own.get(spun) ?? 0)))
    }
  let most = 0
  for (const own of strongest.values())
    most = Math.max(
      most,
      [...own.values()].reduce((a, b) => a + b, 0),
    )
  return most
}

const includesWords = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `)
