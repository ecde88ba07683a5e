/** Parts of the page that need no browser: rows to draw, filters in the address, blocks, the save queue, keys. */
import { describe, expect, test } from 'vitest'
import type { Segment } from '../../src/review/api-types.ts'
import type { Failure, Result } from '../../web/src/api.ts'
import { blocksOf } from '../../web/src/blocks.ts'
import { filterQuery, filtersOf, isFiltered, NO_FILTERS } from '../../web/src/filters.ts'
import { commandOf, KEYS } from '../../web/src/keys.ts'
import { createSaves } from '../../web/src/saves.ts'
import { rowsToDraw, scrolledTo, visible } from '../../web/src/window.ts'
import { decisionWords, levelOf, percent, sourceWords } from '../../web/src/words.ts'

describe('rows of the list', () => {
  test.each([
    { top: 0, total: 10_000, gives: { from: 0, to: 18 }, why: '10 visible, 8 below' },
    { top: 5000, total: 10_000, gives: { from: 92, to: 118 }, why: '8 above, 10 visible, 8 below' },
    { top: 5000, total: 100, gives: { from: 92, to: 100 }, why: 'not past the end' },
    { top: 0, total: 0, gives: { from: 0, to: 0 }, why: 'nothing there' },
  ])('at $top of $total: $why', ({ top, total, gives }) => {
    expect(visible(top, 500, 50, total)).toEqual(gives)
  })

  test('the row one is at is drawn wherever it is, once', () => {
    expect(rowsToDraw({ from: 5, to: 7 }, 6, 10)).toEqual([5, 6])
    expect(rowsToDraw({ from: 5, to: 7 }, 2, 10)).toEqual([2, 5, 6])
    expect(rowsToDraw({ from: 5, to: 7 }, 9, 10)).toEqual([5, 6, 9])
    expect(rowsToDraw({ from: 0, to: 0 }, 0, 0)).toEqual([])
  })

  test('scrolls as little as possible', () => {
    expect(scrolledTo(3, 0, 500, 50)).toBe(0)
    expect(scrolledTo(10, 0, 500, 50)).toBe(11 * 50 - 500)
    expect(scrolledTo(2, 500, 500, 50)).toBe(100)
  })
})

describe('filters in the address', () => {
  test('there and back', () => {
    const filters = {
      search: 'a & b',
      least: 50,
      most: 90,
      kind: 'word',
      source: 'habits/words-1',
      dialect: 'auto-blog',
      phrase: 'profound learning',
      undecided: true,
      sort: 'name',
    } as const
    expect(filtersOf(filterQuery(filters))).toEqual(filters)
    expect(isFiltered(filters)).toBe(true)
    expect(isFiltered({ ...NO_FILTERS, sort: 'name' })).toBe(false)
  })

  test.each(['', 'sort=nonsense&minConfidence=7', 'minConfidence=x&undecided=yes'])(
    '"%s" opens without filters',
    (query) => {
      expect(filtersOf(query)).toEqual(NO_FILTERS)
    },
  )
})

test('blocks: cut where a block ends, blank source dropped, other source a block of its own', () => {
  let at = 0
  const piece = (kind: 'text' | 'markup', text: string, block = false): Segment => {
    const [start, end] = [at, at + text.length]
    at = end
    return kind === 'text' ? { kind, start, end, text } : { kind, start, end, text, block }
  }
  const blocks = blocksOf([
    piece('markup', '<h1>', true),
    piece('text', 'Head'),
    piece('markup', '</h1>\n<p>', true),
    piece('text', 'One '),
    piece('markup', '<b>'),
    piece('text', 'two'),
    piece('markup', '\n\n', true),
    piece('text', 'three'),
  ])
  expect(blocks.map(({ segments }) => segments.map(({ text }) => text).join('|'))).toEqual([
    '<h1>',
    'Head',
    '</h1>\n<p>',
    'One |<b>|two',
    'three',
  ])
  expect(blocks.map(({ isMarkup }) => isMarkup)).toEqual([true, false, true, false, false])
})

describe('saving', () => {
  const passing: Failure = { kind: 'passing', status: 0, message: 'No answer.', fix: 'Look.' }

  test('one at a time, in order, and again after a failure that passes', async () => {
    const saves = createSaves()
    const log: string[] = []
    const answers: Result<number>[] = [
      { ok: false, failure: passing },
      { ok: true, value: 1 },
      { ok: true, value: 2 },
    ]
    const save = (name: string) => ({
      send: async (): Promise<Result<number>> => {
        log.push(`send ${name}`)
        return answers.shift() ?? { ok: true, value: 0 }
      },
      done: (value: number) => void log.push(`done ${name} ${value}`),
      refused: () => void log.push(`refused ${name}`),
    })
    const failed = new Promise<void>((resolve) => {
      saves.state.subscribe(({ kind }) => kind === 'failed' && resolve())
    })
    saves.add(save('a'))
    saves.add(save('b'))
    await failed
    expect(saves.state.value).toEqual({ kind: 'failed', waiting: 2, failure: passing })
    const saved = new Promise<void>((resolve) => {
      saves.state.subscribe(({ kind }) => kind === 'saved' && resolve())
    })
    saves.retry()
    await saved
    expect(log).toEqual(['send a', 'send a', 'done a 1', 'send b', 'done b 2'])
  })

  test('what will never be taken is given back, and the next one goes on', async () => {
    const saves = createSaves()
    const log: string[] = []
    const final: Failure = { kind: 'final', status: 404, message: 'Gone.', fix: 'Load again.' }
    saves.add({
      send: async (): Promise<Result<number>> => ({ ok: false, failure: final }),
      done: () => void log.push('done'),
      refused: ({ message }) => void log.push(message),
    })
    const both = new Promise<void>((resolve) => {
      saves.add({
        send: async (): Promise<Result<number>> => ({ ok: true, value: 1 }),
        done: () => {
          log.push('next')
          resolve()
        },
        refused: () => void log.push('refused'),
      })
    })
    await both
    expect(log).toEqual(['Gone.', 'next'])
  })
})

describe('words and keys', () => {
  test.each([
    { confidence: 0.8, level: 'high', shown: '80 %' },
    { confidence: 0.7999, level: 'medium', shown: '79 %' },
    { confidence: 0.29, level: 'low', shown: '29 %' },
    { confidence: 0.5, level: 'medium', shown: '50 %' },
    { confidence: 0.2, level: 'low', shown: '20 %' },
  ])('$confidence is $level', ({ confidence, level, shown }) => {
    expect([levelOf(confidence), percent(confidence)]).toEqual([level, shown])
  })

  test('a deletion is not shown as nothing', () => {
    expect(decisionWords({ action: 'retype', text: '' })).toBe('retyped: (delete)')
    expect(decisionWords(null)).toBe('open')
  })

  test('a source of knowledge that is not known is shown as it is', () => {
    expect(sourceWords('habits/words-1')).toBe('habit list: words 1')
    expect(sourceWords('something/new')).toBe('something/new')
  })

  test('no key means two things in a view, and digits only count in a document', () => {
    for (const view of ['queue', 'document'] as const) {
      const keys = KEYS.filter(({ where }) => where === view || where === 'both').map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
    expect([commandOf('3', 'document'), commandOf('3', 'queue'), commandOf('0', 'document')]).toEqual([
      3,
      undefined,
      undefined,
    ])
  })
})
