/** Ten thousand documents with a hundred thousand findings: every question is answered by the page, not by the heap. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openReview, type Store } from '../../src/review/store.ts'
import { clock, documentOf, everything, foundIn } from './made.ts'

const DOCUMENTS = 10_000
const EACH = 10

/** Ten places a document, each with other neighbours; every hundredth document has another wording too. */
function made(i: number): ReturnType<typeof documentOf> {
  const places = Array.from(
    { length: EACH },
    (_, k) => `w${i} ${k} ${i % 100 === 0 && k === 3 ? 'widget' : 'gadget'} x${k} y${i}.`,
  )
  const text = places.join(' ')
  const findings = [
    ...foundIn(text, { confidence: ((i * 7) % 100) / 100 }),
    ...foundIn(text, { kind: 'phrase' }, 'widget'),
  ]
  return documentOf(
    `posts/${String(i).padStart(5, '0')}.txt`,
    text,
    findings.sort((a, b) => a.start - b.start),
  )
}

let store: Store
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-review-scale-'))
  store = openReview(join(folder, 'big.unspin.db'), clock())
  for (let from = 0; from < DOCUMENTS; from += 500)
    store.addAll(Array.from({ length: 500 }, (_, i) => made(from + i)))
  return () => {
    store.close()
    rmSync(folder, { recursive: true })
  }
}, 240_000)

test('pages are small, whatever the number of documents', () => {
  const page = store.list('ann', everything({ offset: 9_990, limit: 50 }))
  expect([page.total, page.documents.length, page.documents[9]?.name]).toEqual([
    DOCUMENTS,
    10,
    'posts/09999.txt',
  ])
  expect(store.progress('ann')).toMatchObject({
    documents: DOCUMENTS,
    findings: DOCUMENTS * EACH,
    decided: 0,
  })
  expect(store.facets().kind).toEqual([
    { value: 'word', findings: 99_900 },
    { value: 'phrase', findings: 100 },
  ])
})

test.each([
  { query: { phrase: 'widget' }, total: 100 },
  { query: { kind: ['phrase' as const], maxConfidence: 0.5 }, total: 0 },
  { query: { minConfidence: 0.99, maxConfidence: 0.99, kind: ['word' as const] }, total: 100 },
  { query: { search: 'y777.' }, total: 1 },
  { query: { undecided: true, source: ['habits/words-1'] }, total: DOCUMENTS },
])('$query finds $total', ({ query, total }) => {
  expect(store.list('ann', everything(query)).total).toBe(total)
})

test('all like this, over the whole run, and back', () => {
  const [first] = store.list('ann', everything({ phrase: 'widget' })).documents
  const finding =
    store.findings('ann', first?.n ?? 0).find(({ surface }) => surface === 'widget')?.finding ?? 0
  const request = { finding, action: 'reject', scope: 'run' } as const
  const { count, documents, places } = store.previewAll('ann', request)
  expect([count, documents, places.length]).toEqual([100, 100, 100])
  expect(store.decideAll('ann', request).found).toHaveLength(100)
  expect(store.list('ann', everything({ phrase: 'widget', undecided: true })).total).toBe(0)
  expect(store.progress('ann').decided).toBe(100)
  expect(store.undo('ann').undone).toHaveLength(100)
  expect(store.progress('ann').decided).toBe(0)
})

test('one decision, and the next open document', () => {
  const [first] = store.list('ann', everything()).documents
  for (const { finding } of store.findings('ann', first?.n ?? 0))
    store.decide('ann', { finding, action: 'reject' })
  expect(store.progress('ann')).toMatchObject({ decided: EACH, documentsDone: 1 })
  const last = store.list('ann', everything({ offset: DOCUMENTS - 1 })).documents[0]
  expect(last !== undefined && store.neighbours('ann', last).nextUndecided).toBe((first?.n ?? 0) + 1)
})
