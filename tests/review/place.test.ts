/** Names of places and sources, and what is refused of foreign records. */
import { expect, test } from 'vitest'
import { readable } from '../../src/index.ts'
import { placesOf, sourceOf } from '../../src/review/place.ts'
import { resultRecord } from '../../src/review/result-record.ts'
import { documentOf } from './made.ts'

test.each([
  {
    format: 'text' as const,
    text: 'In May, the Old [Gadget] hums. Yes!',
    place: 'the old|gadget|hums yes',
    why: 'case and punctuation do not count',
  },
  {
    format: 'html' as const,
    text: '<p>the <b>old</b></p><p>[gad<i>get</i>] &amp; co</p>',
    place: 'the old|gadget|co',
    why: 'nor do tags',
  },
  { format: 'text' as const, text: '[gadget]', place: '|gadget|', why: 'nothing around it' },
])('$why: $place', ({ format, text, place }) => {
  const start = text.indexOf('[')
  const plain = text.replace(/[[\]]/g, '')
  const end = text.indexOf(']') - 1
  const [found] = placesOf(readable(plain, { format }), [{ start, end }])
  expect(`${found?.before}|${found?.surface}|${found?.after}`).toBe(place)
})

test.each([
  {
    kind: 'entry',
    text: 'known spun phrase: a ← b (wordlists/phrases/medicine.yaml:12)',
    is: 'phrases/medicine',
  },
  { kind: 'entry', text: 'spinners habitually print: a ← b (mine.tsv:3)', is: 'mine' },
  { kind: 'thesaurus', text: 'thesaurus: a – b (WordNet)', is: 'thesaurus/WordNet' },
  { kind: 'thesaurus', text: 'thesaurus, two steps: a ← b ← c', is: 'thesaurus' },
  { kind: 'context', text: "the model expects 'x' here", is: 'context' },
])('$text is from $is', ({ kind, text, is }) => {
  expect(sourceOf([{ kind, text }])).toBe(is)
})

const GOOD = documentOf('a.txt', 'A gadget.').record
const [FOUND] = GOOD.findings

test.each([
  { value: 'text', says: undefined },
  { value: { id: 1, text: 'a text to be scanned' }, says: undefined },
  { value: { ...GOOD, version: 2 }, says: '"version" is 2, not 1' },
  { value: { ...GOOD, id: null }, says: '"id" is neither text nor number' },
  { value: { ...GOOD, verdict: { label: 'guilty' } }, says: '"verdict" has no label' },
  { value: { ...GOOD, findings: [{ ...FOUND, confidence: 2 }] }, says: 'finding 1: "confidence"' },
  { value: { ...GOOD, findings: [{ ...FOUND, evidence: [] }] }, says: 'finding 1: "evidence"' },
  {
    value: { ...GOOD, findings: [{ ...FOUND, suggestions: [{ text: 3 }] }] },
    says: 'finding 1: "suggestions"',
  },
  { value: { ...GOOD, findings: [FOUND, null] }, says: 'finding 2: it is no object' },
])('a foreign record: $says', ({ value, says }) => {
  const read = resultRecord(value)
  if (says === undefined) expect(read).toBeUndefined()
  else expect(read).toContain(says)
})

const SEEN = { name: 'autoblog', title: 'auto blogs', marks: ['famend ← famous'] }

test.each([
  { record: GOOD },
  { record: { ...GOOD, verdict: GOOD.verdict && { ...GOOD.verdict, dialect: SEEN } } },
])('a record reads back as it was written', ({ record }) => {
  expect(resultRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
})

test('a dialect that is none is left out of the verdict', () => {
  const odd = { ...GOOD, verdict: { ...GOOD.verdict, dialect: { name: 7, title: 'x', marks: [] } } }
  expect(resultRecord(odd)).toEqual(GOOD)
})
