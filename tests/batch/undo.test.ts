import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CleanedPart, cleaner, cleaningProblem, type Fixes } from '../../src/batch/cleaned.ts'
import { compressed } from '../../src/batch/compress.ts'
import { fileBytes } from '../../src/batch/decompress.ts'
import { findInputs } from '../../src/batch/find-inputs.ts'
import { cleanedName } from '../../src/batch/input-kind.ts'
import { records } from '../../src/batch/read-records.ts'
import type { BatchRecord, InputFile, ReadPosition } from '../../src/batch/shapes.ts'
import { undo } from '../../src/batch/undo.ts'
import { type AppliedFix, decodeInput } from '../../src/index.ts'
import { collected, folder, gzipped, line, OPTIONS, shard } from './shards.ts'

/** What stands for an engine: spun wordings and their originals, the last one a deletion. */
const ORIGINALS: ReadonlyMap<string, string> = new Map([
  ['profound learning', 'deep learning'],
  ['gadget', 'a "machine", one'],
  ['immense data', 'big\ndata, é'],
  ['quite', ''],
])

function fixes(record: BatchRecord): Fixes {
  if (record.state === 'failed') return {}
  const { encoding, content } = record
  const { text } = decodeInput(content, encoding === undefined ? {} : { encoding })
  const applied: AppliedFix[] = []
  const wordings = new RegExp([...ORIGINALS.keys()].join('|'), 'g')
  const restored = text.replace(wordings, (surface, start: number) => {
    const original = ORIGINALS.get(surface) ?? ''
    applied.push({
      span: { start, end: start + surface.length },
      surface,
      text: original,
      probability: 1,
      confidence: 1,
    })
    return original
  })
  return applied.length > 0 ? { text: restored, applied } : {}
}

interface Cleaned {
  readonly bytes: Buffer
  readonly changes: string
  readonly problems: readonly string[]
}

const joined = (parts: readonly CleanedPart[]): Cleaned => ({
  bytes: Buffer.concat(parts.map(({ cleaned }) => cleaned)),
  changes: parts.map(({ changes }) => changes).join(''),
  problems: parts.flatMap(({ problem }) => (problem === undefined ? [] : [problem.message])),
})

/** Parts for every record in turn, and behind the last one. */
async function cleanedParts(file: InputFile, from?: ReadPosition): Promise<CleanedPart[][]> {
  const options = { ...OPTIONS, ...(from !== undefined && { from }) }
  const clean = cleaner(file, options)
  const parts: CleanedPart[][] = []
  for await (const record of records(file, options)) {
    parts.push(await collected(clean.record(record, fixes(record))))
  }
  parts.push(await collected(clean.end()))
  await clean.close()
  return parts
}

/** The folder that a run over the files would have left. */
async function fixedFolder(files: readonly InputFile[]): Promise<string> {
  const out = folder()
  for (const file of files) {
    const { bytes, changes } = joined((await cleanedParts(file)).flat())
    const middle = bytes.length >> 1
    const pieces = [bytes.subarray(0, middle), bytes.subarray(middle)]
    const stored = await Promise.all(pieces.map((piece) => compressed(piece, file.compression)))
    write(join(out, 'cleaned', cleanedName(file)), Buffer.concat(stored))
    write(join(out, 'changes', `${file.name}.jsonl`), changes)
  }
  return out
}

function write(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

const content = async (path: string, { compression }: InputFile): Promise<Buffer> =>
  Buffer.concat((await collected(fileBytes({ path, compression }))).map((chunk) => Buffer.from(chunk)))

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const TEXT = 'They use profound learning, quite often, and 😀 immense data – “a gadget”.'
const JSONL = `\ufeff{"text":"caf\\u00e9 gadget"}\r\n\n\n  {"id":"../../x", "text" : "${TEXT}"}\nno json\n{"text":"quite"}\n\n`

const SHARDS = [
  { name: 'a.jsonl', bytes: JSONL, places: 6 },
  {
    name: 'long.jsonl',
    bytes: `${line({ text: 'gadget' })}${'x'.repeat(1_500_000)}\n${line({ text: 'gadget' })}`,
    places: 2,
  },
  { name: 'a.jsonl.gz', bytes: gzipped(JSONL.slice(0, 50), JSONL.slice(50)), places: 6 },
  { name: 'empty.jsonl', bytes: '\n\n', places: 0 },
  {
    name: 'a.csv',
    bytes: `id,text\r\n1,quite a gadget\r\n\r\n2,"a ""gadget"" of profound learning"\r\n3`,
    places: 4,
  },
  { name: 'broken.csv', bytes: 'text;b\na gadget;1\n"open gadget;2\nlost', places: 1 },
  { name: 'other.csv', bytes: 'a,b\n1,gadget\n', places: 0 },
  { name: 'a.txt', bytes: TEXT, places: 4 },
  { name: 'a.md', bytes: `# The gadget\r\n\r\n*quite* good`, places: 2 },
  { name: 'a.html.gz', bytes: gzipped(`<p title="gadget">a gadget &amp; more`), places: 2 },
  { name: 'deep.html', bytes: `${'<div>'.repeat(10_000)}gadget`, places: 1 },
  { name: 'sixteen.txt', bytes: Buffer.from(`\ufeff${TEXT}`, 'utf16le'), places: 4 },
  {
    name: 'latin.html',
    bytes: latin('<meta charset="iso-8859-1"><p>caf\xe9 gadget profound learning'),
    places: 2,
  },
  { name: 'damaged.txt', bytes: latin('\xe9\xe8 gadget \xff\xfe \u00e4'), places: 1 },
  { name: 'empty.txt', bytes: '', places: 0 },
]

describe('law: fixing, then undoing, gives back every byte', () => {
  test.each(SHARDS)('$name', async ({ name, bytes, places }) => {
    const file = shard(name, bytes)
    const out = await fixedFolder([file])
    const log = readFileSync(join(out, 'changes', `${name}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
    expect(log.length - 2).toBe(places)
    const into = folder()
    expect(await collected(undo(out, into))).toEqual([{ name, state: 'restored' }])
    const restored = await content(join(into, name), file)
    expect(restored.equals(await content(file.path, file))).toBe(true)
    const cleaned = await content(join(out, 'cleaned', name), file)
    expect(cleaned.equals(restored)).toBe(places === 0)
  })

  test('a zstd shard', async () => {
    const file = shard('a.jsonl.zst', await compressed(Buffer.from(JSONL), 'zstd'))
    const out = await fixedFolder([file])
    const into = folder()
    expect(await collected(undo(out, into))).toEqual([{ name: 'a.jsonl.zst', state: 'restored' }])
    expect((await content(join(into, 'a.jsonl.zst'), file)).toString()).toBe(JSONL)
  })

  test('records made at random', async () => {
    const text = fc.array(fc.constantFrom(...ORIGINALS.keys(), ' ', 'é', '"', '😀', ',', '\n', '\u2028'), {
      maxLength: 9,
    })
    const rows = fc.array(
      text.map((parts) => parts.join('')),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (texts, isCsv) => {
        const given = isCsv
          ? ['text', ...texts.map((cell) => `"${cell.replaceAll('"', '""')}"`)].join('\n')
          : texts.map((value) => line({ text: value })).join('')
        const file = shard(isCsv ? 'a.csv' : 'a.jsonl', given)
        const into = folder()
        await collected(undo(await fixedFolder([file]), into))
        expect(readFileSync(join(into, file.name), 'utf8')).toBe(given)
      }),
      { numRuns: 25 },
    )
  })
})

describe('cleaned copies', () => {
  test.each(SHARDS)('law: from any record of $name on, the parts are the same', async ({ name, bytes }) => {
    const file = shard(name, bytes)
    const whole = await cleanedParts(file)
    const found = await collected(records(file, OPTIONS))
    for (const [at, { next, nextLine }] of found.entries()) {
      const from = { number: at + 1, offset: next, ...(nextLine !== undefined && { line: nextLine }) }
      const rest = joined((await cleanedParts(file, from)).flat())
      const expected = joined(whole.slice(at + 1).flat())
      expect(rest.bytes.equals(expected.bytes)).toBe(true)
      expect(rest.changes).toBe(expected.changes)
    }
  })

  test('records read as what was restored, and all else as it was', async () => {
    const file = shard('a.jsonl', JSONL)
    const { bytes, changes } = joined((await cleanedParts(file)).flat())
    expect(bytes.toString()).toBe(
      [
        '\ufeff{"text":"caf\\u00e9 a \\"machine\\", one"}\r\n\n\n  {"id":"../../x", "text" : ',
        '"They use deep learning,  often, and 😀 big\\ndata, é – “a a \\"machine\\", one”."}\nno json\n{"text":""}\n\n',
      ].join(''),
    )
    expect(JSON.parse(changes.split('\n')[1] ?? '')).toEqual({
      shard: 'a.jsonl',
      record: 0,
      id: 'a.jsonl:1',
      start: 5,
      end: 11,
      before: 'gadget',
      after: 'a "machine", one',
      at: 22,
      now: Buffer.from('a \\"machine\\", one').toString('base64'),
    })
  })

  test('a document whose bytes are not what its encoding gives is left, and told', async () => {
    const bytes = Buffer.concat([Buffer.from('Ünïcödé gadget '.repeat(9)), Buffer.of(0xff)])
    const { bytes: cleaned, problems } = joined((await cleanedParts(shard('a.txt', bytes))).flat())
    expect(cleaned.equals(bytes)).toBe(true)
    expect(problems).toEqual(['left as it was: it holds bytes that are not utf-8'])
  })

  test('the documents of an archive become lines', async () => {
    const record = (uri: string, type: string, body: string): string =>
      `WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: ${uri}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}\r\n\r\n`
    const file = shard(
      'a.warc',
      record('one', 'text/plain', 'a gadget') +
        record('image', 'image/png', 'gadget') +
        record('two', 'text/html', '<p>Clean'),
    )
    const { bytes } = joined((await cleanedParts(file)).flat())
    expect(bytes.toString()).toBe(
      line({ id: 'one', text: 'a a "machine", one' }) + line({ id: 'two', text: '<p>Clean' }),
    )
    const out = await fixedFolder([file])
    expect(existsSync(join(out, 'cleaned/a.warc.jsonl'))).toBe(true)
    expect(await collected(undo(out, folder()))).toEqual([{ name: 'a.warc', state: 'untouched' }])
  })

  test('standard input cannot be read twice', async () => {
    const { files } = await findInputs(['-'], { cwd: folder() })
    expect(files.map(cleaningProblem)).toMatchObject([{ kind: 'unreadable' }])
    expect(cleaningProblem(shard('a.txt', ''))).toBeUndefined()
  })
})

describe('undoing what is not as it was', () => {
  const file = () => shard('a.jsonl', JSONL)
  const told = async (out: string, into: string): Promise<string[]> =>
    (await collected(undo(out, into))).map((one) =>
      one.state === 'failed' ? `${one.name}: ${one.problem.message}` : one.name,
    )

  test.each([
    { edit: (text: string) => text.replace('deep', 'Deep'), why: 'a change was changed' },
    { edit: (text: string) => `${text}{"text":"more"}\n`, why: 'something was added' },
    { edit: (text: string) => text.slice(0, -30), why: 'something was cut off' },
    { edit: (text: string) => `x${text}`, why: 'everything was moved' },
  ])('$why: nothing is restored', async ({ edit }) => {
    const out = await fixedFolder([file()])
    const path = join(out, 'cleaned/a.jsonl')
    writeFileSync(path, edit(readFileSync(path, 'utf8')))
    const into = folder()
    expect(await told(out, into)).toEqual([
      'a.jsonl: its cleaned copy is not as it was written; nothing was restored',
    ])
    expect(existsSync(join(into, 'a.jsonl'))).toBe(false)
  })

  test('a file that is there already stays', async () => {
    const out = await fixedFolder([file()])
    const into = folder({ 'a.jsonl': 'mine' })
    expect((await told(out, into))[0]).toMatch(/^a\.jsonl: not written: there is a file called/)
    expect(readFileSync(join(into, 'a.jsonl'), 'utf8')).toBe('mine')
  })

  test('a link inside of the target is no way out', async () => {
    const given = shard('sub/a.jsonl', JSONL)
    const out = await fixedFolder([given])
    const outside = folder()
    const into = folder()
    symlinkSync(outside, join(into, 'sub'))
    expect(await told(out, into)).toEqual([
      'sub/a.jsonl: this cannot be the name of an output: its folder is a link that leads elsewhere',
    ])
    expect(existsSync(join(outside, 'a.jsonl'))).toBe(false)
  })

  test.each([
    { log: 'no json\n', says: 'line 1 of its log is none' },
    {
      log: line({ version: 1, shard: '../../b', container: 'jsonl', compression: 'none' }),
      says: 'this is no log of changes to it',
    },
    {
      log:
        line({ version: 1, shard: 'b', container: 'jsonl', compression: 'none' }) +
        line({ shard: 'b', end: true, bytes: 1 }),
      says: 'there is no such file',
    },
    { log: line({ shard: 'b', end: true, bytes: -1 }), says: 'line 1 of its log is none' },
  ])('a log that is none: $says', async ({ log, says }) => {
    const out = folder({ 'changes/b.jsonl': log })
    expect(await told(out, folder())).toEqual([`b: ${says}`])
  })

  test('a run that was not finished, and a folder that is none', async () => {
    const out = folder({ 'changes/b.txt.jsonl.part': '' })
    expect(await told(out, folder())).toEqual(['b.txt: its run did not come to its end'])
    expect(await told(folder(), folder())).toEqual(['changes: there is no log of changes'])
  })
})
