/**
 * Made-up documents for timing the review: short texts with ten places each, all a little different,
 * the same for the same number. In: a range of numbers. Out: what the store takes.
 */
import type { NewDocument } from '../../src/review/documents.ts'
import type { AnalysisRecord, FindingRecord } from '../../src/write/record.ts'

const WORDS =
  'stone river lamp bread market winter ladder garden window kettle harbour pencil blanket orchard ticket'.split(
    ' ',
  )
const SENTENCES = 12
const PLACES = 10
const SPUN = 'gadget'

/** Documents number `from` to `from + count − 1`, named by their number. */
export function madeDocuments(from: number, count: number): NewDocument[] {
  return Array.from({ length: count }, (_, i) => madeDocument(from + i))
}

function madeDocument(n: number): NewDocument {
  const text = Array.from({ length: SENTENCES }, (_, i) => sentence(n, i)).join(' ')
  const id = `pages/${String(n).padStart(6, '0')}.txt`
  // Spread over 0 to 1 without an order.
  const probability = ((n * 7919) % 1000) / 1000
  const record: AnalysisRecord = {
    version: 1,
    id,
    verdict: {
      label: probability > 0.8 ? 'spun' : probability > 0.3 ? 'doubtful' : 'clean',
      probability,
      spinRate: 0.1,
      density: 30,
    },
    findings: [...text.matchAll(/gadget/g)].map(({ index }) => finding(index, n)),
    problems: [],
  }
  return { record, text, format: 'text', name: id, source: 'record' }
}

function sentence(n: number, i: number): string {
  const word = (step: number): string =>
    WORDS[(n * 31 + i * 7 + step * 13 + Math.floor(n / 15)) % WORDS.length] ?? ''
  const named = `${letters(n)}${i}`
  const what = i < PLACES ? SPUN : word(1)
  // What stands around a place differs: equal places are settled together.
  return `The ${word(0)} of the ${word(2)} was a ${named} ${what} near the ${word(3)}.`
}

/** A number as letters; digits are all alike to the engine. */
const letters = (n: number): string =>
  [...String(n)].map((digit) => 'bdfgklmnpr'[Number(digit)] ?? '').join('')

function finding(start: number, n: number): FindingRecord {
  return {
    start,
    end: start + SPUN.length,
    line: 1,
    column: start + 1,
    surface: SPUN,
    confidence: 0.5 + ((n * 13) % 50) / 100,
    kind: 'word',
    suggestions: [
      { text: 'machine', probability: 0.6 },
      { text: 'device', probability: 0.3 },
      { text: 'tool', probability: 0.1 },
    ],
    evidence: [{ kind: 'entry', text: 'spinners habitually print: gadget ← machine' }],
    inQuotation: false,
  }
}
