/** The command line of batch runs: mistakes, and how progress is told. */
import { describe, expect, test } from 'vitest'
import type { RunProgress } from '../../src/batch/run.ts'
import { duration, progressTeller, progressText } from '../../src/cli/batch-progress.ts'
import { unspinRun } from './fake.ts'

test.each([
  { args: ['batch', 'scan', '--out', 'o'], says: 'there is no input', why: 'no input' },
  { args: ['batch', 'scan', 'a'], says: "required option '--out <folder>'", why: 'no folder' },
  { args: ['batch', 'scan', 'a', '--out', 'o', '--jobs', '0'], says: '--jobs: "0" is not', why: 'no thread' },
  {
    args: ['batch', 'fix', 'a', '--out', 'o', '--compress', 'gzp'],
    says: 'did you mean "gzip"?',
    why: 'no such compression',
  },
  {
    args: ['batch', 'scan', 'a', '--out', 'o', '--time-limit', 'long'],
    says: '--time-limit: "long" is not',
    why: 'no number',
  },
  { args: ['worker'], says: "required option '--queue <url>'", why: 'no queue' },
])('$why: exit 64', async ({ args, says }) => {
  const { code, stderr } = await unspinRun(args)
  expect(code).toBe(64)
  expect(stderr).toContain(says)
})

test('inputs that are not there: exit 1, nothing written', async () => {
  const { code, stderr } = await unspinRun(['batch', 'scan', 'a.txt', '--out', 'o'])
  expect(code).toBe(1)
  expect(stderr).toContain('a.txt: there is no such file')
})

describe('progress', () => {
  const at = (done: number, records: number): RunProgress => ({
    shards: { done: 1, all: 3 },
    records,
    bytes: { done, all: 10_000_000 },
  })

  test('rate and time left are those of this process', () => {
    // 2 MB of 10 were read in 10 s, one of them by an earlier run: 9 s a MB are left for 8 MB.
    expect(progressText(at(2_000_000, 500), 1_000_000, 10)).toBe(
      '20 %, 500 documents, 50/s, 0.10 MB/s, 1/3 inputs, 80 s left',
    )
  })

  test.each([
    { seconds: 45, text: '45 s' },
    { seconds: 720, text: '12 min' },
    { seconds: 12_000, text: '3 h 20 min' },
    { seconds: 446_400, text: '5 d 4 h' },
  ])('$seconds s is $text', ({ seconds, text }) => {
    expect(duration(seconds)).toBe(text)
  })

  test('a log gets a line every ten seconds, a terminal one line that is cleared', () => {
    let time = 0
    const told: string[] = []
    const write = (text: string): void => void told.push(text)
    const log = progressTeller({ columns: undefined, now: () => time, write })
    for (time = 0; time <= 25_000; time += 1000) log.tell(at(time, time))
    log.end()
    expect(told).toHaveLength(2)
    expect(told[0]).toMatch(/^unspin: .*\n$/)

    told.length = 0
    const terminal = progressTeller({ columns: 40, now: () => time, write })
    terminal.tell(at(5_000_000, 1))
    terminal.end()
    expect(told[0]).toMatch(/^\r\[=+ +\]/)
    expect(told.every((text) => text.replaceAll('\r', '').length <= 39)).toBe(true)
    expect(told.at(-1)?.trim()).toBe('')
  })
})
