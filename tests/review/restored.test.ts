/** From a scan to accepted fixes and round again: what was accepted is not found a second time. */
import { expect, test } from 'vitest'
import { analyze, type Engine } from '../../src/index.ts'
import { record } from '../../src/write/record.ts'
import { tinyEngine } from '../restore/tiny.ts'
import { add, review } from './made.ts'

const engine: Engine = await tinyEngine()

const scan = (id: string, text: string) => analyze(engine, text, { id, name: id })

test.each([
  {
    id: 'a.txt',
    text: 'The joint states signed the treaty. The museum uses profound learning for the old letters.\n\nVessels from the united states came earlier noon.',
  },
  {
    id: 'a.html',
    text: '<p>The <b>joint</b> states signed the treaty &amp; kept it.</p><ul><li>The museum uses <i>profound</i> learning.</li></ul>',
  },
])('$id: accept everything, export, scan again', ({ id, text }) => {
  const first = scan(id, text)
  expect(first.findings.length).toBeGreaterThan(1)
  const store = review()
  const n = add(store, {
    record: record(first, id),
    text,
    format: first.document.format,
    source: 'file',
  })
  for (const { finding, suggestions } of store.findings('ann', n)) {
    expect(suggestions.length).toBeGreaterThan(0)
    store.decide('ann', { finding, action: 'accept' })
  }
  const cleaned = [...store.export('cleaned', n).parts].join('')
  expect(cleaned).not.toBe(text)
  const again = scan(id, cleaned)
  const accepted = new Set(first.findings.map(({ surface }) => surface.toLowerCase()))
  expect(again.findings.filter(({ surface }) => accepted.has(surface.toLowerCase()))).toEqual([])
  expect(again.findings).toEqual([])
  // The cleaned text takes the place of the old one: nothing is open, nothing is lost.
  add(store, { record: record(again, id), text: cleaned, format: again.document.format, source: 'file' })
  expect(store.progress('ann')).toMatchObject({ findings: 0, decided: 0, documentsDone: 1 })
  expect([...store.history()]).toHaveLength(first.findings.length)
})
