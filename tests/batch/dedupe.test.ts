import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deduper, duplicateOf } from '../../src/batch/dedupe.ts'

test('law: the first of each kind is new, the others name it', () => {
  const content = fc.oneof(fc.constantFrom('', 'a', 'b', 'é', '\ud800', '\ud801', '\ufffd'), fc.string())
  fc.assert(
    fc.property(fc.array(content, { maxLength: 40 }), (contents) => {
      const known = deduper()
      for (const [record, text] of contents.entries()) {
        const first = contents.indexOf(text)
        expect(known.seen(text, { shard: 's', record })).toEqual(
          first < record ? { shard: 's', record: first } : undefined,
        )
      }
      expect(known.size).toBe(new Set(contents).size)
    }),
  )
})

test('bytes and the text they are in UTF-8 are the same content', () => {
  const known = deduper()
  expect(known.seen(Buffer.from('café'), { shard: 'a.txt', record: 0 })).toBeUndefined()
  const first = known.seen('café', { shard: 'b.jsonl', record: 6 })
  expect(first && duplicateOf(first)).toBe('a.txt:1')
})

test('the table grows and forgets nothing', () => {
  const known = deduper()
  const count = 20_000
  for (let record = 0; record < count; record++)
    known.seen(`text ${record}`, { shard: `s${record % 3}`, record })
  expect(known.size).toBe(count)
  for (let record = 0; record < count; record += 997) {
    expect(known.seen(`text ${record}`, { shard: 'x', record: 0 })).toEqual({
      shard: `s${record % 3}`,
      record,
    })
  }
})

test('at the limit nothing new is remembered, and it says so', () => {
  const known = deduper(2)
  const seen = (text: string) => known.seen(text, { shard: 's', record: 0 })
  expect(['a', 'b', 'c', 'c', 'a'].map((text) => seen(text) !== undefined)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
  expect([known.size, known.full]).toEqual([2, true])
})
