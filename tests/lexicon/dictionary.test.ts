/** The compiled form: what goes in comes out, and damaged bytes are refused with a clear message. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { keyIndex, keySlots } from '../../src/lexicon/keys.ts'
import { packSections, textSections, unpackSections } from '../../src/lexicon/layout.ts'
import { ascendingSections, numberSection } from '../../src/lexicon/numbers.ts'
import { compareIds, plant } from '../../src/lexicon/plant.ts'
import { remembered } from '../../src/lexicon/remembered.ts'
import { dictionary } from '../../src/lexicon/trie.ts'
import { sequences, why } from '../../src/lexicon/why.ts'
import { compiled, entryFile, habitsFile, inflections } from './dictionaries.ts'

test('law: sections unpack to what was packed, wherever the bytes begin', () => {
  const below = (max: number): fc.Arbitrary<number[]> => fc.array(fc.integer({ min: 0, max }))
  const numbers = fc.oneof(below(0xff), below(0xffff), below(0xffffffff))
  const texts = fc.array(fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(numbers, texts, fc.integer({ min: 0, max: 7 }), (values, list, shift) => {
      const packed = packSections({ a: 1 }, [
        ...textSections('t', list),
        numberSection('n', values),
        ...ascendingSections(
          'a',
          values.toSorted((x, y) => x - y),
        ),
        ...textSections('u', ['x']),
      ])
      const moved = new Uint8Array(packed.length + shift).subarray(shift)
      moved.set(packed)
      const read = unpackSections(moved)
      expect([...read.numbers('n')]).toEqual(values)
      const a = read.ascending('a')
      expect(Array.from(values, (_, at) => a.at(at))).toEqual(values.toSorted((x, y) => x - y))
      const t = read.texts('t')
      expect(Array.from({ length: t.count }, (_, at) => t.text(at))).toEqual(list)
      expect(read.texts('u').text(0)).toBe('x')
      expect(t.text(list.length)).toBe('')
      expect(read.header).toMatchObject({ a: 1 })
    }),
  )
})

test('law: every key has its index in the stored table, and no other text has one', () => {
  const words = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', "'", 'é', '文', '😀') }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(words, words, (list, others) => {
      const read = unpackSections(
        packSections({}, [...textSections('keys', list), numberSection('slots', keySlots(list))]),
      )
      const index = (key: string): number => keyIndex(read.numbers('slots'), read.texts('keys'), key)
      expect(list.map(index)).toEqual(list.map((_, at) => at))
      for (const other of others) expect(index(other)).toBe(list.indexOf(other))
    }),
  )
})

test('law: a memory answers what was set lately, or nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 })),
      fc.integer({ min: 1, max: 20 }),
      (numbers, most) => {
        const memory = remembered<string>(most)
        const lately: number[] = []
        for (const number of numbers) {
          const known = memory.get(number)
          expect(known).toBe(lately.includes(number) ? `v${number}` : undefined)
          if (known !== undefined) continue
          if (lately.length === most) lately.length = 0
          lately.push(number)
          memory.set(number, `v${number}`)
        }
      },
    ),
  )
})

test('law: every planted sequence is found again, and nothing else', () => {
  const path = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.uniqueArray(path, { selector: String }), (paths) => {
      const sorted = paths.toSorted(compareIds)
      const { edges, labels, ends } = plant(sorted)
      const back: number[][] = []
      let edge = 0
      const open: number[][] = [[]]
      for (const [node, count] of edges.entries()) {
        const here = open[node] ?? []
        if (ends[node] !== -1) back.push(here)
        for (let i = 0; i < count; i++) {
          open.push([...here, labels[edge++] ?? 0])
        }
      }
      expect(back.toSorted(compareIds)).toEqual(sorted)
      expect(ends.filter((at) => at >= 0).toSorted((a, b) => a - b)).toEqual(sorted.map((_, at) => at))
    }),
  )
})

test('all sequences are listed, wildcards by name', () => {
  const words = compiled(entryFile('spun: "(a|b) <number> ?c", original: d'), habitsFile(['take~x~grab']))
  expect([...sequences(words)].map(([spun]) => spun)).toEqual([
    'a <number>',
    'a <number> c',
    'b <number>',
    'b <number> c',
    'grab',
  ])
})

describe('bytes that are not a dictionary', () => {
  const good = compileDictionary([habitsFile(['take~v~grab'])], inflections).dictionary
  const damaged = good.slice()
  damaged[good.length - 1] = (damaged[good.length - 1] ?? 0) ^ 1
  test.each([
    { why: 'empty', bytes: new Uint8Array(0), says: 'its first bytes are not "unspin.d"' },
    { why: 'another file', bytes: new TextEncoder().encode('<!doctype html>'), says: 'its first bytes' },
    { why: 'cut off', bytes: good.slice(0, -3), says: 'its header says' },
    { why: 'cut off in the header', bytes: good.slice(0, 40), says: 'its header says' },
    { why: 'one bit changed', bytes: damaged, says: 'its checksum does not fit its content' },
  ])('$why', ({ bytes, says }) => {
    expect(() => dictionary(bytes)).toThrow(says)
    expect(() => dictionary(bytes)).toThrow('fix: run "unspin dict build"')
  })

  test('a dictionary in shared memory is read', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(good.length))
    shared.set(good)
    expect([...sequences(dictionary(shared))].map(([spun]) => spun)).toContain('grabbing')
  })
})

describe('why', () => {
  const words = compiled(
    entryFile('spun: joint states, original: united states, guard: { in: title-case }'),
    habitsFile(['united~a~joint', 'state~n~nation']),
  )

  test('matches of the whole first, then of parts, guards shown and not applied', () => {
    const { matches } = why(words, 'Joint states')
    expect(matches.map(({ spun, source, originals }) => [spun, source, originals[0]?.text])).toEqual([
      ['Joint states', 'entry', 'united states'],
      ['Joint', 'habit', 'united'],
    ])
    expect(matches[0]?.guard).toEqual({ in: ['title-case'] })
    expect(matches[0]?.origin).toBe('phrases/a.yaml:5')
  })

  test('near misses by edits', () => {
    expect(why(words, 'joined states').near[0]).toEqual({
      spun: 'joint states',
      distance: 2,
      originals: ['united states'],
    })
  })
})
