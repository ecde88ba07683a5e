/** The small parts of a batch run: order, batches, journal, counting, report. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batches, type Step } from '../../src/batch/batches.ts'
import { frequent } from '../../src/batch/frequent.ts'
import { openJournal, readJournal } from '../../src/batch/journal.ts'
import { inOrder, untilLate } from '../../src/batch/ordered.ts'
import { difference } from '../../src/batch/settings.ts'
import { summaryCounter } from '../../src/batch/summary.ts'
import { batchReport } from '../../src/write/batch-report.ts'
import { batchText } from '../../src/write/batch-text.ts'
import { random, SETTINGS, type Workplace, workplace } from './runs.ts'

async function collected<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const out: T[] = []
  for await (const value of values) out.push(value)
  return out
}

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i
}

describe('inOrder', () => {
  test('keeps the order and the bound, whichever work is done first', async () => {
    let flying = 0
    let most = 0
    const work = async (i: number): Promise<number> => {
      flying += 1
      most = Math.max(most, flying)
      for (let turns = (i * 7) % 5; turns > 0; turns--) await nextTurn()
      flying -= 1
      return i
    }
    expect(await collected(inOrder(numbers(40), 4, work))).toEqual(Array.from({ length: 40 }, (_, i) => i))
    expect(most).toBe(4)
  })

  test('an error comes where its work stands, after what came before it', async () => {
    const seen: number[] = []
    const failing = async (i: number): Promise<number> => {
      if (i === 3) throw new Error('at three')
      return i
    }
    await expect(async () => {
      for await (const i of inOrder(numbers(10), 4, failing)) seen.push(i)
    }).rejects.toThrow('at three')
    expect(seen).toEqual([0, 1, 2])
  })

  test('an error of the source comes after the work that was begun', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1
      yield 2
      throw new Error('source')
    }
    const seen: number[] = []
    await expect(async () => {
      for await (const i of inOrder(broken(), 4, async (value) => value)) seen.push(i)
    }).rejects.toThrow('source')
    expect(seen).toEqual([1, 2])
  })
})

describe('untilLate', () => {
  test('gives up what is not there in time after the signal', async () => {
    async function* stuck(): AsyncGenerator<number> {
      yield 1
      yield 2
      await new Promise(() => undefined)
    }
    const stop = new AbortController()
    const seen: number[] = []
    for await (const i of untilLate(stuck(), stop.signal, 1)) {
      seen.push(i)
      if (i === 2) stop.abort()
    }
    expect(seen).toEqual([1, 2])
  })

  test('a source that ends, ends; one that fails, fails', async () => {
    const { signal } = new AbortController()
    expect(await collected(untilLate(numbers(3), signal, 1))).toEqual([0, 1, 2])
    async function* broken(): AsyncGenerator<number> {
      yield 1
      throw new Error('source')
    }
    await expect(collected(untilLate(broken(), signal, 1))).rejects.toThrow('source')
  })
})

describe('batches', () => {
  const step = (content: string, number = 0): Step<string> => ({
    kind: 'record',
    shard: 's',
    record: { state: 'read', number, id: number, format: 'auto', content, next: 1 },
  })
  async function* steps(list: readonly Step<string>[]): AsyncGenerator<Step<string>> {
    yield* list
  }

  test.each([
    {
      list: Array.from({ length: 130 }, (_, i) => step('short', i)),
      sizes: [64, 64, 2],
      why: 'by documents',
    },
    { list: [step('x'.repeat(40_000)), step('y')], sizes: [1, 1], why: 'by size' },
    { list: [], sizes: [], why: 'nothing' },
  ])('end $why', async ({ list, sizes }) => {
    const found = await collected(batches(steps(list)))
    expect(found.map(({ documents }) => documents.length)).toEqual(sizes)
  })

  test('steps without documents do not pile up', async () => {
    const list = Array.from({ length: 300 }, (): Step<string> => ({ kind: 'end', shard: 's' }))
    const found = await collected(batches(steps(list)))
    expect(found.map(({ steps: { length } }) => length)).toEqual([128, 128, 44])
  })
})

describe('journal', () => {
  let place: Workplace
  beforeEach(() => {
    place = workplace()
  })
  afterEach(() => place.remove())

  test('what was cut short is as if it had not been written', async () => {
    const path = place.path('x.journal')
    const stamp = { size: 5, modified: 7.5 }
    const marks = [{ records: 1, offset: 10, line: 2, bytes: [100] }]
    const writer = await openJournal(path, { stamp, marks })
    await writer.add({ records: 2, offset: 20, bytes: [200] })
    await writer.close()
    const whole = { stamp, marks: [...marks, { records: 2, offset: 20, bytes: [200] }] }
    expect(await readJournal(path)).toEqual(whole)
    const before = readFileSync(path)
    for (const tail of ['{"records":3,"off', '\0\0\0\0\n', '{"records":"many"}\n', '[]\n']) {
      writeFileSync(path, before)
      appendFileSync(path, tail)
      expect(await readJournal(path)).toEqual(whole)
    }
    writeFileSync(path, '{"version":1,"si')
    expect(await readJournal(path)).toBeUndefined()
  })
})

describe('frequent', () => {
  test('exact while there is room', () => {
    const counter = frequent(10)
    for (const text of ['b', 'a', 'b', 'constructor', 'a', 'b']) counter.add(text, `${text}!`)
    expect(counter.top(2)).toEqual([
      { text: 'b', count: 3, error: 0, note: 'b!' },
      { text: 'a', count: 2, error: 0, note: 'a!' },
    ])
  })

  test('with less room than texts: every frequent text is there, counts within their error', () => {
    const next = random(5)
    const counter = frequent(50)
    const truth = new Map<string, number>()
    for (let i = 0; i < 20_000; i++) {
      // Half of the stream is ten texts, the other half is spread over a thousand.
      const text = next() < 0.5 ? `often ${Math.floor(next() * 10)}` : `rare ${Math.floor(next() * 1000)}`
      counter.add(text, '')
      truth.set(text, (truth.get(text) ?? 0) + 1)
    }
    const top = counter.top(50)
    expect(top.slice(0, 10).map(({ text }) => text.startsWith('often'))).toEqual(Array(10).fill(true))
    for (const { text, count, error } of top) {
      const real = truth.get(text) ?? 0
      expect(count).toBeGreaterThanOrEqual(real)
      expect(count - error).toBeLessThanOrEqual(real)
    }
  })
})

describe('report', () => {
  const hostile = '<script>alert("x")</script>\u202e\u0000&\'"'
  const counter = summaryCounter('scan')
  counter.unread(hostile, { kind: 'unreadable', message: hostile, fix: hostile })
  counter.add({
    version: 1,
    id: hostile,
    verdict: { label: 'spun', probability: 1, spinRate: 0.5, density: 5 },
    findings: [
      {
        start: 0,
        end: 1,
        line: 1,
        column: 1,
        surface: hostile,
        confidence: 1,
        kind: 'word',
        suggestions: [{ text: hostile, probability: 1 }],
        evidence: [{ kind: 'entry', text: hostile }],
        inQuotation: false,
      },
    ],
    problems: [],
  })
  const summary = counter.summary()

  test('holds no markup of the texts it tells of, and fetches nothing', () => {
    const page = batchReport(summary)
    expect(page).not.toContain('<script')
    expect(page).not.toContain('\u202e')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toMatch(/\b(?:src|href)=/)
  })

  test('the text for the terminal is harmless, too', () => {
    const text = batchText(summary)
    expect(text).not.toContain('\u202e')
    expect(text).toContain('likely spun           1  100.0 %')
  })

  test('densities fall into half-open bins', () => {
    expect(summary.density.find(({ documents }) => documents === 1)).toEqual({
      from: 5,
      to: 10,
      documents: 1,
    })
  })
})

test('settings that differ are named; a record from elsewhere differs', () => {
  expect(difference(JSON.parse(JSON.stringify(SETTINGS)), SETTINGS)).toBeUndefined()
  expect(difference({ ...SETTINGS, allow: ['x'] }, SETTINGS)).toBe('allow was ["x"] and is now []')
  expect(difference('nonsense', SETTINGS)).toContain('action was null')
})
