/**
 * What a finding is, apart from where it stands: for tools that must know it again after edits.
 *
 * A hash of the wording, up to two words on either side within its sentence, and how many equal places
 * came before. Text put in above, other findings, lines joined or broken leave it; the same for every
 * model. Two equal sentences are told apart by their order only.
 */
import { createHash } from 'node:crypto'
import { eachSentence } from '../document/read-sentences.ts'
import type { Document, Finding, Sentence } from '../types.ts'

const WORDS_AROUND = 2

/** 32 hexadecimal digits for every finding, in their order. */
export function fingerprints(document: Document, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  const seen = new Map<string, number>()
  return contexts(document, findings).map((context, i) => {
    const key = [...context, findings[i]?.surface.toLowerCase() ?? ''].join('\u0000')
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return createHash('sha256').update(`${key}\u0000${before}`).digest('hex').slice(0, 32)
  })
}

/** The keys of the words before and behind each finding, with an empty one between the two sides. */
function contexts(document: Document, findings: readonly Finding[]): readonly (readonly string[])[] {
  const out: (readonly string[])[] = findings.map(() => [])
  let next = 0
  for (const sentence of eachSentence(document)) {
    const end = sentence.tokens.at(-1)?.span.end ?? 0
    for (
      let found = findings[next];
      found !== undefined && found.span.start < end;
      found = findings[++next]
    ) {
      out[next] = around(sentence, found)
    }
  }
  return out
}

function around({ tokens }: Sentence, { span }: Finding): readonly string[] {
  const words = tokens.filter(({ kind }) => kind === 'word' || kind === 'number')
  const before = words.filter((word) => word.span.end <= span.start).slice(-WORDS_AROUND)
  const after = words.filter((word) => word.span.start >= span.end).slice(0, WORDS_AROUND)
  return [...before.map(({ key }) => key), '', ...after.map(({ key }) => key)]
}
