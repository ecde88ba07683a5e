/** Laws of the history: nothing gets lost, order does not matter, undo takes back exactly one step. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../src/review/entry.ts'
import type { Store } from '../../src/review/store.ts'
import { add, decisions, documentOf, numberOf, review } from './made.ts'

const TEXT = 'One gadget here. Then a second gadget there. The third Gadget sank at last.'
const REVIEWERS = ['ann', 'bob'] as const

interface Step {
  readonly reviewer: 'ann' | 'bob'
  readonly what: 'accept' | 'device' | 'reject' | 'retype' | 'run' | 'always' | 'undo'
  readonly place: number
}

const steps = fc.array(
  fc.record<Step>({
    reviewer: fc.constantFrom(...REVIEWERS),
    what: fc.constantFrom('accept', 'device', 'reject', 'retype', 'run', 'always', 'undo'),
    place: fc.nat({ max: 2 }),
  }),
  { maxLength: 12 },
)

/** Two documents, the same in every review. */
function begun(): { readonly store: Store; readonly documents: readonly number[] } {
  const store = review()
  return {
    store,
    documents: [add(store, documentOf('a.txt', TEXT)), add(store, documentOf('b.txt', `${TEXT} End.`))],
  }
}

function play(store: Store, n: number, list: readonly Step[]): void {
  for (const { reviewer, what, place } of list) {
    const finding = numberOf(store, n, place)
    const suggestions = store.finding(reviewer, finding)?.suggestions ?? []
    if (what === 'undo') store.undo(reviewer)
    else if (what === 'run' || what === 'always')
      store.decideAll(reviewer, { finding, action: 'reject', scope: what })
    else if (what === 'device')
      store.decide(reviewer, { finding, action: 'accept', text: suggestions[1]?.text ?? '' })
    else store.decide(reviewer, { finding, action: what, ...(what === 'retype' && { text: 'engine' }) })
  }
}

const lines = (store: Store): string => [...store.export('decisions').parts].join('')
const parsed = (text: string): HistoryEntry[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as HistoryEntry]))
const state = (store: Store, documents: readonly number[]): unknown =>
  REVIEWERS.map((reviewer) => documents.map((n) => decisions(store, n, reviewer)))

describe('laws', () => {
  test('export and import give the same history and the same decisions', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const one = begun()
        play(one.store, one.documents[0] ?? 0, list)
        const other = begun()
        other.store.merge(parsed(lines(one.store)))
        expect(lines(other.store)).toBe(lines(one.store))
        expect(state(other.store, other.documents)).toEqual(state(one.store, one.documents))
        expect(other.store.progress('ann')).toEqual(one.store.progress('ann'))
        one.store.close()
        other.store.close()
      }),
      { numRuns: 8 },
    )
  })

  test('merging is commutative and idempotent', () => {
    fc.assert(
      fc.property(steps, steps, (first, second) => {
        const [one, two] = [begun(), begun()]
        play(one.store, one.documents[0] ?? 0, first)
        play(two.store, two.documents[1] ?? 0, second)
        const [ours, theirs] = [parsed(lines(one.store)), parsed(lines(two.store))]
        one.store.merge(theirs)
        two.store.merge(ours)
        two.store.merge(ours)
        expect(lines(two.store)).toBe(lines(one.store))
        expect(state(two.store, two.documents)).toEqual(state(one.store, one.documents))
        one.store.close()
        two.store.close()
      }),
      { numRuns: 8 },
    )
  })

  test('undo takes back what the reviewer did last, all of it and nothing else', () => {
    fc.assert(
      fc.property(
        steps.map((list) => list.filter(({ what }) => what !== 'undo')),
        (list) => {
          const { store, documents } = begun()
          const before: unknown[] = []
          for (const step of list) {
            before.push(state(store, documents))
            const entries = [...store.history()].length
            play(store, documents[0] ?? 0, [{ ...step, reviewer: 'ann' }])
            // "All like this" may find nothing open: then there is nothing to undo either.
            if ([...store.history()].length === entries) before.pop()
          }
          for (const expected of before.reverse()) {
            expect(store.undo('ann').undone.length).toBeGreaterThan(0)
            expect(state(store, documents)).toEqual(expected)
          }
          expect(store.undo('ann').undone).toEqual([])
          store.close()
        },
      ),
      { numRuns: 8 },
    )
  })
})

describe('merging', () => {
  test('two reviewers on the same run: both are kept, the latest counts in the texts', () => {
    const [one, two] = [begun(), begun()]
    one.store.decide('ann', { finding: numberOf(one.store, one.documents[0] ?? 0), action: 'reject' })
    two.store.decide('bob', { finding: numberOf(two.store, two.documents[0] ?? 0), action: 'accept' })
    two.store.decide('bob', {
      finding: numberOf(two.store, two.documents[0] ?? 0),
      action: 'accept',
      text: 'device',
    })
    expect(one.store.merge(two.store.history())).toEqual({ added: 2, known: 0 })
    expect(one.store.merge(two.store.history())).toEqual({ added: 0, known: 2 })
    const [finding] = one.store.findings('ann', one.documents[0] ?? 0)
    expect(finding?.decision?.action).toBe('reject')
    expect(finding?.others).toMatchObject([{ reviewer: 'bob', text: 'device' }])
    const [cleaned] = [...one.store.cleaned('file')]
    expect(cleaned?.text.startsWith('One device here.')).toBe(true)
  })

  test('a rule decides what a later scan brings, until it is undone', () => {
    const { store, documents } = begun()
    store.decideAll('ann', {
      finding: numberOf(store, documents[0] ?? 0),
      action: 'accept',
      text: 'device',
      scope: 'always',
    })
    const later = add(store, documentOf('c.txt', 'Another Gadget, and a gadget again.'))
    expect(decisions(store, later)).toEqual(['Gadget>Device', 'gadget>device'])
    expect(store.findings('ann', later)[0]?.decision).toMatchObject({ scope: 'always', action: 'accept' })
    store.undo('ann')
    expect(decisions(store, later)).toEqual(['Gadget?', 'gadget?'])
    expect(decisions(store, documents[0] ?? 0)).toEqual(['gadget?', 'gadget?', 'Gadget?'])
  })

  const GOOD = {
    version: 1,
    id: 'x1',
    at: '2026-01-31T10:00:00.000Z',
    reviewer: 'eve',
    action: 'reject',
    scope: 'place',
    place: { document: 'a.txt', hash: 'a'.repeat(64), before: 'no such', after: 'place', nth: 0 },
    finding: { surface: 'gadget', source: 'habits/words-1', spun: 'gadget', confidence: 0.9, kind: 'word' },
  }

  test.each([
    { line: undefined, says: 'the line holds no object' },
    { line: { ...GOOD, version: 2 }, says: '"version" is 2, not 1' },
    { line: { ...GOOD, at: 'yesterday' }, says: '"at" is no time' },
    { line: { ...GOOD, reviewer: '' }, says: '"reviewer" is no name' },
    { line: { ...GOOD, reviewer: 'a\u0000b' }, says: '"reviewer" is no name' },
    { line: { ...GOOD, action: 'accept' }, says: '"text" is no text' },
    { line: { ...GOOD, place: { ...GOOD.place, nth: -1 } }, says: '"place.nth" is no whole number' },
    { line: { ...GOOD, place: { ...GOOD.place, hash: 'x' } }, says: 'SHA-256' },
    { line: { ...GOOD, finding: { ...GOOD.finding, confidence: 7 } }, says: '"finding.confidence"' },
    { line: { ...GOOD, id: 'known', reviewer: 'mallory' }, says: '"known" is known with another content' },
  ])('$says: nothing of the file is taken in', ({ line, says }) => {
    const { store } = begun()
    expect(store.merge([{ ...GOOD, id: 'known' }])).toEqual({ added: 1, known: 0 })
    const merged = store.merge([{ ...GOOD, id: 'fresh' }, line])
    expect(merged).toMatchObject({ faults: [{ line: 2, message: expect.stringContaining(says) }] })
    expect([...store.history()].map(({ id }) => id)).toEqual(['known'])
    expect(store.progress('eve').unplaced).toBe(1)
  })
})
