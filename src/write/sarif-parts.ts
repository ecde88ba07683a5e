/**
 * The parts of a SARIF run as plain data: results with region, fingerprint and fixes; artifacts;
 * notifications.
 *
 * Message texts follow the rules of SARIF's messages: braces are doubled, and no wording of a document
 * can be taken for an embedded link.
 */
import { lineColumn, type Position } from '../document/position.ts'
import type { Analysis, Finding, Problem, Span } from '../types.ts'
import { fingerprints } from './fingerprint.ts'
import { DOCUMENT_RULE, RULES, type Rule, ruleOf } from './kinds.ts'
import { findingMessage, levelOf, proposal, verdictMessage } from './message.ts'
import { isFatal, problemMessage } from './problem.ts'
import { rounded } from './record.ts'
import { replacement } from './replacement.ts'
import { visible } from './visible.ts'

export interface ArtifactLocation {
  readonly uri: string
  /** Number in `run.artifacts`; missing where the list was full. */
  readonly index?: number
}

const MOST_FIXES = 3

/** The results of one document: its verdict if it reads as spun, then its findings. */
export function resultsOf({ document, findings, verdict }: Analysis, place: ArtifactLocation): object[] {
  const results: object[] = []
  const located = (region: object): object => ({
    physicalLocation: { artifactLocation: place, ...region },
  })
  if (verdict.label === 'spun') {
    results.push({
      ...headOf(DOCUMENT_RULE),
      level: 'note',
      rank: rounded(100 * verdict.probability),
      message: message(verdictMessage(verdict)),
      locations: [located({})],
      partialFingerprints: { 'document/v1': DOCUMENT_RULE.id },
    })
  }
  if (findings.length === 0) return results
  const position = lineColumn(document.text)
  const marks = fingerprints(document, findings)
  const regionOf = (span: Span<'text'>): object => region(span, position)
  for (const [i, found] of findings.entries()) {
    const { span, confidence, suggestions, evidence, inQuotation } = found
    const fixes = fixesOf(document, found, place, regionOf)
    results.push({
      ...headOf(ruleOf(found.kind)),
      level: levelOf(found),
      rank: rounded(100 * confidence),
      message: message(findingMessage(found)),
      locations: [
        located({
          region: { ...regionOf(span), snippet: { text: document.text.slice(span.start, span.end) } },
        }),
      ],
      partialFingerprints: { 'wording/v1': marks[i] },
      ...(fixes.length > 0 && { fixes }),
      properties: {
        start: span.start,
        end: span.end,
        confidence: rounded(confidence),
        suggestions: suggestions.map(({ text, probability }) => ({
          text,
          probability: rounded(probability),
        })),
        evidence: evidence.map(({ kind, text }) => ({ kind, text })),
        inQuotation,
      },
    })
  }
  return results
}

/** A document that was read, with the verdict on it. */
export const artifactOf = (uri: string, { verdict, words, document }: Analysis): object => ({
  location: { uri },
  properties: {
    label: verdict.label,
    probability: rounded(verdict.probability),
    spinRate: rounded(verdict.spinRate),
    density: rounded(verdict.density),
    words,
    format: document.format,
  },
})

export const notification = (uri: string, problem: Problem): object => ({
  level: isFatal(problem) ? 'error' : 'warning',
  descriptor: { id: problem.kind },
  message: message(visible(problemMessage(problem))),
  locations: [{ physicalLocation: { artifactLocation: { uri } } }],
})

/** Stands for `count` notifications that the list had no room for. */
export const leftOut = (count: number): object => ({
  level: 'warning',
  descriptor: { id: 'limit' },
  message: message(`${count} further problems are not listed; take all of them from --format jsonl`),
})

const headOf = (rule: Rule): object => ({ ruleId: rule.id, ruleIndex: RULES.indexOf(rule) })

/** One fix for each of the first suggestions; none where a fix would write over markup. */
function fixesOf(
  document: Analysis['document'],
  found: Finding,
  place: ArtifactLocation,
  regionOf: (span: Span<'text'>) => object,
): object[] {
  return found.suggestions.slice(0, MOST_FIXES).flatMap((suggestion) => {
    const edit = replacement(document, found, suggestion)
    if (edit === undefined) return []
    const change = { deletedRegion: regionOf(edit.span), insertedContent: { text: edit.text } }
    return {
      description: message(suggestion.text === '' ? 'delete it' : `write ${proposal(suggestion)}`),
      artifactChanges: [{ artifactLocation: place, replacements: [change] }],
    }
  })
}

/** From 1, the end column exclusive, in UTF-16 units. */
function region({ start, end }: Span<'text'>, position: (offset: number) => Position): object {
  const [from, to] = [position(start), position(end)]
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}

function message(text: string): { readonly text: string } {
  return { text: text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (') }
}
