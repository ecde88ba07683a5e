/** Places of a sentence, and what a person is shown of them: article, case, evidence, kind. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyzeText } from '../../src/pipeline.ts'
import { marginals } from '../../src/restore/marginals.ts'
import { logOdds } from '../../src/restore/network.ts'
import { changedMass, type Place, placesOf } from '../../src/restore/places.ts'
import type { Reading } from '../../src/restore/read.ts'
import type { Finding } from '../../src/types.ts'
import { readingOf, TINY_WORDS, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()

const found = (text: string, minConfidence = 0.5): readonly Finding[] =>
  analyzeText(engine, { text, problems: [] }, { minConfidence, format: 'text' }).findings

/** "surface → first suggestion" of every finding. */
const shown = (text: string): readonly string[] =>
  found(text).map(({ surface, suggestions }) => `${surface} → ${suggestions[0]?.text}`)

/** One sentence of words the engine knows something about. */
const wordy = fc
  .array(fc.constantFrom(...TINY_WORDS.filter((word) => /^[A-Za-z ]+$/.test(word))), {
    minLength: 1,
    maxLength: 12,
  })
  .map((words) => words.join(' '))

function placed(text: string, rate: number): { reading: Reading; posterior: Float64Array; places: Place[] } {
  const reading = readingOf(engine, text)
  const posterior = marginals(reading.decoded, logOdds(rate))
  return { reading, posterior, places: placesOf(reading, posterior) }
}

describe('places', () => {
  const rates = fc.constantFrom(0.001, 0.05, 0.3)

  test('ordered, disjoint, inside the sentence', () => {
    fc.assert(
      fc.property(wordy, rates, (text, rate) => {
        const { reading, places } = placed(text, rate)
        let at = 0
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBeLessThanOrEqual(reading.sentence.tokens.length)
      }),
      { numRuns: 40 },
    )
  })

  test('readings best first, at most ten, their shares no more than the whole', () => {
    fc.assert(
      fc.property(wordy, rates, (text, rate) => {
        for (const { readings, posterior, start, end } of placed(text, rate).places) {
          const shares = readings.map(({ share }) => share)
          expect(shares.length).toBeGreaterThan(0)
          expect(shares.length).toBeLessThanOrEqual(10)
          expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
          expect(shares.reduce((a, b) => a + b)).toBeLessThanOrEqual(1 + 1e-9)
          expect(shares).toEqual([...shares].sort((a, b) => b - a))
          expect(posterior >= 0 && posterior <= 1).toBe(true)
          for (const { scored } of readings) expect(scored.candidate).toMatchObject({ start, end })
        }
      }),
      { numRuns: 40 },
    )
  })

  test('every token with a candidate lies under a place or beside one that took its room', () => {
    const { reading, places } = placed('In savory of the tempest the vessels stayed', 0.05)
    const spans = reading.places.flat().map(({ candidate }) => candidate)
    expect(spans.length).toBeGreaterThan(0)
    for (const { start, end } of spans)
      expect(places.some((place) => place.start < end && start < place.end)).toBe(true)
  })

  test('a token is replaced no more than once', () => {
    fc.assert(
      fc.property(wordy, rates, (text, rate) => {
        const { reading, posterior } = placed(text, rate)
        for (const mass of changedMass(reading, posterior)) expect(mass >= 0 && mass <= 1 + 1e-9).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a fix that can be pasted', () => {
  test.each([
    {
      text: 'She finished an job before noon.',
      shows: ['an job → a task'],
      why: 'the article before it is repaired',
    },
    { text: 'It took a job to read the letters.', shows: ['a job → an effort'], why: 'in either direction' },
    {
      text: 'It was an job for the whole crew.',
      shows: ['job → effort'],
      why: 'an article that fits is left alone',
    },
    { text: 'It was a effort for the whole crew.', shows: ['a → an'], why: 'the article alone was wrong' },
    { text: 'They have stop ties.', shows: ['stop → close'], why: 'lower case stays' },
    {
      text: 'Stop ties help both towns.',
      shows: ['Stop → Close'],
      why: 'the start of a sentence is capital',
    },
    { text: '"Stop ties help both towns."', shows: ['Stop → Close'], why: 'behind a quotation mark as well' },
    {
      text: 'The Joint States signed the treaty.',
      shows: ['Joint → United'],
      why: 'names as the entry writes them',
    },
    {
      text: 'THE JOINT STATES SIGNED THE TREATY.',
      shows: ['JOINT → UNITED'],
      why: 'a shouted name stays shouted',
    },
    { text: 'IN SAVORY OF THE STORM THE SHIPS STAYED.', shows: ['SAVORY → LIGHT'], why: 'upper case stays' },
    {
      text: 'Profound gaining knowledge of reads the old letters.',
      shows: ['Profound gaining knowledge of → Deep learning'],
      why: 'only the first word of a phrase opens the sentence',
    },
    { text: 'The crew said that the the storm came.', shows: ['the → '], why: 'a doubled word is deleted' },
    { text: 'The two towns have close ties.', shows: [], why: 'what was never spun stays' },
    {
      text: 'The constructor kept the prototype.',
      shows: [],
      why: 'object members are words like any other',
    },
  ])('$text: $why', ({ text, shows }) => {
    expect(shown(text)).toEqual(shows)
  })

  test.each([
    { text: 'They have stop ties.', kind: 'word' },
    { text: 'The museum uses profound gaining knowledge of here.', kind: 'phrase' },
    { text: 'The Joint States signed the treaty.', kind: 'name' },
    { text: 'The crew said that the the storm came.', kind: 'insertion' },
  ])('$text shows a $kind', ({ text, kind }) => {
    expect(found(text).map((finding) => finding.kind)).toEqual([kind])
  })

  test('says when it lies in a quotation', () => {
    const findings = found('They keep "stop ties" with the seaport.')
    expect(findings.map(({ surface, inQuotation }) => [surface, inQuotation])).toEqual([
      ['stop', true],
      ['seaport', false],
    ])
  })
})

test('an article that is right as it stands is never shown alone', () => {
  for (const text of ['It took a job to read the letters.', 'It took an effort to read the charge.'])
    for (const least of [0, 0.5, 0.9])
      expect(found(text, least).map(({ surface }) => surface)).not.toContain(text.split(' ')[2])
})

describe('every finding', () => {
  test('has evidence in words and distinct suggestions, best first', () => {
    fc.assert(
      fc.property(wordy, (text) => {
        for (const { evidence, suggestions, surface, tokens, confidence } of found(text, 0)) {
          expect(evidence.length).toBeGreaterThan(0)
          for (const reason of evidence) expect(reason.text).not.toMatch(/undefined|NaN|Infinity| {2}/)
          const texts = suggestions.map((suggestion) => suggestion.text)
          expect(new Set(texts).size).toBe(texts.length)
          expect(texts).not.toContain(surface)
          const shares = suggestions.map(({ probability }) => probability)
          expect(shares).toEqual([...shares].sort((a, b) => b - a))
          expect(tokens.length).toBeGreaterThan(0)
          expect(confidence >= 0 && confidence <= 1).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    { text: 'They have stop ties.', kind: 'thesaurus', says: 'stop – close' },
    { text: 'They have stop ties.', kind: 'context', says: "expects 'have close ties'" },
    { text: 'The Joint States signed the treaty.', kind: 'entry', says: 'phrases/a.yaml' },
    { text: 'The crew explained that the storm came.', kind: 'entry', says: 'explained ← said' },
    { text: 'It was a effort for the whole crew.', kind: 'form', says: "'a' should be 'an'" },
    { text: 'The crew said that the the storm came.', kind: 'form', says: "'the the'" },
  ])('$text: $kind says $says', ({ text, kind, says }) => {
    const reasons = found(text).flatMap(({ evidence }) => evidence)
    expect(reasons.filter((reason) => reason.kind === kind).map((reason) => reason.text)).toContainEqual(
      expect.stringContaining(says),
    )
  })
})
