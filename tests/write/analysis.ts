/** Hand-made analyses for the writers' tests: every "gadget" of a text is found, with fixed numbers. */
import type { Analysis, Document, Finding, Problem, Verdict } from '../../src/types.ts'

export const SPUN: Verdict = { label: 'spun', probability: 0.987654, spinRate: 0.1000049, density: 41.66666 }
export const CLEAN: Verdict = { label: 'clean', probability: 0.01, spinRate: 0, density: 0 }

export function documentOf(text: string, id = 'page.txt', problems: readonly Problem[] = []): Document {
  return { id, text, format: 'text', problems }
}

export function findingOf(text: string, surface: string, changes: Partial<Finding> = {}): Finding {
  const start = text.indexOf(surface)
  return {
    span: { start, end: start + surface.length },
    surface,
    confidence: 0.912345,
    kind: 'word',
    suggestions: [
      { text: 'machine', probability: 0.7 },
      { text: 'device', probability: 0.2 },
      { text: 'engine', probability: 0.06 },
      { text: 'tool', probability: 0.04 },
    ],
    evidence: [{ kind: 'entry', text: 'spinners write "gadget" for "machine"' }],
    inQuotation: false,
    tokens: [],
    ...changes,
  }
}

/** An analysis of `text` in which the given wordings are findings, in the order of the text. */
export function analysisOf(
  text: string,
  surfaces: readonly string[],
  changes: Partial<Analysis> = {},
): Analysis {
  return {
    document: documentOf(text),
    findings: surfaces.map((surface) => findingOf(text, surface)),
    verdict: surfaces.length > 0 ? SPUN : CLEAN,
    words: text.split(' ').filter((word) => word !== '').length,
    problems: [],
    ...changes,
  }
}
