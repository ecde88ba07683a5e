/**
 * A sentence that stands in no document: an example of a dictionary, a phrase somebody asks about.
 * Offsets count from the start of the text.
 */
import { rawTokens } from '../document/tokens.ts'
import type { Sentence, Token } from '../types.ts'

export function looseSentence(text: string): Sentence {
  let end = 0
  let quoted = false
  const tokens = rawTokens(text).map((raw): Token => {
    const surface = text.slice(raw.start, raw.end)
    const joined = raw.start === end && raw.start > 0
    end = raw.end
    if (raw.key === '"') quoted = !quoted
    return {
      kind: raw.kind,
      span: { start: raw.start, end: raw.end },
      surface,
      key: raw.key,
      shape: shapeOf(surface),
      joined,
      quoted: quoted && raw.key !== '"',
    }
  })
  return { tokens, kind: 'prose' }
}

function shapeOf(surface: string): Token['shape'] {
  const lower = surface.toLowerCase()
  const upper = surface.toUpperCase()
  if (lower === upper) return 'none'
  if (surface === lower) return 'lower'
  const rest = surface.slice(1)
  if (rest === rest.toLowerCase() && surface.charAt(0) !== lower.charAt(0)) return 'title'
  return surface === upper ? 'upper' : 'mixed'
}
