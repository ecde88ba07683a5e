/** The batch benchmark: what it reads, and what its report makes of a run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { corpusDocuments, endless, mixed } from '../../bench/measure/batch-input.ts'
import { type BatchRun, batchReport, growth, type Look } from '../../bench/measure/batch-report.ts'

async function* each(list: Iterable<string>): AsyncGenerator<string> {
  yield* list
}
async function all(documents: AsyncIterable<string>): Promise<string[]> {
  const out: string[] = []
  for await (const document of documents) out.push(document)
  return out
}
const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}${i}`)

describe('input', () => {
  test.each([
    { share: 0, reads: 'c0 c1 c2 c3 c4 c5 c6 c7 c8 c9', why: 'clean only' },
    { share: 0.5, reads: 's0 c0 s1 c1 s2 c2 s3 c3 s4 c4', why: 'half and half' },
    { share: 0.25, reads: 's0 c0 c1 c2 s1 c3 c4 c5 s2 c6', why: 'every fourth' },
    { share: 1, reads: 's0 s1 s2 s3 s4 s5 s6 s7 s8 s9', why: 'spun only' },
  ])('share $share: $why', async ({ share, reads }) => {
    const documents = mixed({ clean: each(named('c', 20)), spun: named('s', 20), share, bytes: 20 })
    expect((await all(documents)).join(' ')).toBe(reads)
  })

  test('ends where the clean documents do', async () => {
    const documents = mixed({
      clean: each(named('c', 2)),
      spun: endless(['It is so. It was not.'], 1),
      share: 0,
      bytes: 1e9,
    })
    expect(await all(documents)).toEqual(['c0', 'c1'])
  })

  test('a folder: files in turn, paragraphs to documents, compressed or not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unspin-corpus-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const paragraph = (name: string): string => `${name} ${'word '.repeat(700)}\n`
    writeFileSync(join(folder, 'a.txt'), paragraph('one').repeat(50))
    writeFileSync(join(folder, 'b.txt.gz'), gzipSync(`${paragraph('two')}\n${paragraph('three')}`))
    writeFileSync(join(folder, 'c.md'), 'not read')
    const documents = await all(corpusDocuments(folder))
    expect(documents.map((text) => text.slice(0, 3)).join(' ')).toBe(
      `${'one '.repeat(20)}two ${'one '.repeat(4)}one`,
    )
    expect(documents[20]?.split('\n\n').map((text) => text.slice(0, 5))).toEqual(['two w', 'three'])
  })

  test('a folder without text is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unspin-corpus-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    await expect(all(corpusDocuments(folder))).rejects.toThrow('no .txt, .txt.gz or .txt.xz')
  })
})

describe('report', () => {
  /** Forty looks in ten seconds: the first tenth is the start. */
  const looks = (memory: (i: number) => number): Look[] =>
    Array.from({ length: 40 }, (_, i) => [250 * i, memory(i) * 1e6, 1000 * i])
  const run = (changes: Partial<BatchRun>): BatchRun => ({
    jobs: 1,
    ms: 10_000,
    peakBytes: 300e6,
    documents: 100,
    bytes: 500_000,
    isWhole: true,
    looks: looks(() => 200),
    ...changes,
  })
  const report = (runs: readonly BatchRun[]): string =>
    batchReport({
      date: '2026-01-01',
      machine: 'a machine',
      bytes: 500_000,
      spun: 0.1,
      clean: 'made up',
      minutes: 3,
      runs,
      others: [
        { name: 'wc', bytes: 10e6, ms: 1000 },
        { name: 'gone', bytes: 10e6, ms: undefined },
      ],
      startMs: 700,
    })

  test('rates are of what was answered, also of a run that was stopped', () => {
    const text = report([run({}), run({ jobs: 2, ms: 2000, bytes: 200_000, documents: 40, isWhole: false })])
    // 0.5 MB in 10 s; 0.2 MB in 2 s are twice as much a second.
    expect(text).toContain('| 1 | 10.0 | all | 0.050 | 10.0 | 1.00 |')
    expect(text).toContain('| 2 | 2.0 | 0.20 MB | 0.100 | 20.0 | 2.00 |')
    expect(text).toContain('| gone | not installed here | – |')
    // 0.05 MB/s to 10.
    expect(text).toContain('| wc | 10.0 | 0.0050 |')
  })

  test('memory that grows is seen, the start is not taken for growth', () => {
    expect(growth(looks((i) => (i < 4 ? 20 : 200)))).toBe(1)
    expect(growth(looks((i) => 100 + 10 * i))).toBeGreaterThan(1.5)
    expect(growth([])).toBeUndefined()
    expect(report([run({ looks: looks((i) => 100 + 10 * i) })])).toContain(
      '| 1 | 300 | 190 | 290 | 390 | 490 |',
    )
  })
})
