/** The compiled form: what goes in comes out, and damaged bytes are refused with a clear message. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { numberSection, packSections, textSection, unpackSections } from '../../src/lexicon/layout.ts'
import { compareIds, plant } from '../../src/lexicon/plant.ts'
import { dictionary } from '../../src/lexicon/trie.ts'
import { sequences, why } from '../../src/lexicon/why.ts'
import { compiled, entryFile, habitsFile, inflections } from './dictionaries.ts'

test('law: sections unpack to what was packed', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 0xffffffff }))
  fc.assert(
    fc.property(numbers, fc.string({ unit: 'grapheme' }), (values, text) => {
      const read = unpackSections(
        packSections({ a: 1 }, [numberSection('n', values), textSection('t', text)]),
      )
      expect([...read.numbers('n')]).toEqual(values)
      expect(read.text('t')).toBe(text)
      expect(read.header).toMatchObject({ a: 1 })
    }),
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
        let label = 0
        for (let i = 0; i < count; i++) {
          label += labels[edge++] ?? 0
          open.push([...here, label])
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
