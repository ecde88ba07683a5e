/** Files: what goes in comes out, on shared memory too; damage is named. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Header, headerNumber, pack, type Section, section, unpack } from '../../src/model/container.ts'
import { fileLines, linesOf, loadBytes } from '../../src/model/load.ts'

const header: Header = {
  name: 'test',
  version: 3,
  recipe: { texts: ['a', 'b'], made: 'by hand – „ungefähr“' },
  numbers: { words: 7 },
}
const sections = new Map<string, Section>([
  ['bytes', Uint8Array.of(1, 2, 3)],
  ['signed', Int8Array.of(-128, 127)],
  ['halves', Uint16Array.of(65_535)],
  ['signed halves', Int16Array.of(-5)],
  ['none', new Uint32Array(0)],
  ['words', Uint32Array.of(4_294_967_295, 0, 1)],
  ['signed words', Int32Array.of(-7)],
  ['reals', Float32Array.of(0.5, -0)],
])

const shared = (bytes: Uint8Array): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

test.each([
  { memory: 'own', bufferOf: (bytes: Uint8Array): ArrayBufferLike => bytes.slice().buffer },
  { memory: 'shared', bufferOf: shared },
])('unpack gives back what pack was given, from $memory memory', ({ bufferOf }) => {
  const buffer = bufferOf(pack(header, sections))
  const found = unpack(buffer, { name: 'test', version: 3 })
  expect(found.header).toEqual(header)
  expect([...found.sections].map(([name, data]) => [name, [...data]])).toEqual(
    [...sections].map(([name, data]) => [name, [...data]]),
  )
  for (const data of found.sections.values()) {
    expect(data.buffer).toBe(buffer)
    expect(data.byteOffset % 8).toBe(0)
  }
  expect(section(found, 'words', Uint32Array)[0]).toBe(4_294_967_295)
  expect(headerNumber(found, 'words')).toBe(7)
})

test('the same input gives the same bytes, and the header is readable text', () => {
  expect(pack(header, sections)).toEqual(pack(header, sections))
  expect(new TextDecoder().decode(pack(header, sections).subarray(16, 60))).toContain('"name": "test"')
})

describe('damage is named', () => {
  const good = pack(header, sections)
  const changed = (at: number, value: number): ArrayBuffer => {
    const bytes = good.slice()
    bytes[at] = value
    return bytes.buffer
  }
  test.each([
    {
      what: 'another file',
      buffer: new TextEncoder().encode('PK hello, this is no model').buffer,
      says: /^x\.bin: not a model file/,
    },
    { what: 'an empty file', buffer: new ArrayBuffer(0), says: /^x\.bin: not a model file/ },
    {
      what: 'a changed header',
      buffer: changed(30, 0x21),
      says: /^x\.bin: the header does not match its checksum/,
    },
    { what: 'a header length beyond the end', buffer: changed(10, 0xff), says: /^x\.bin: cut short/ },
    {
      what: 'a file cut in its sections',
      buffer: good.slice(0, good.length - 8).buffer,
      says: /^x\.bin: cut short: \d+ bytes are there/,
    },
    { what: 'a file cut in its header', buffer: good.slice(0, 40).buffer, says: /^x\.bin: cut short/ },
  ])('$what', ({ buffer, says }) => {
    expect(() => unpack(buffer, undefined, 'x.bin')).toThrow(says)
    expect(() => unpack(buffer, undefined, 'x.bin')).toThrow(/\n {2}fix: /)
  })

  test('another kind or version of model', () => {
    expect(() => unpack(good.slice().buffer, { name: 'test', version: 4 }, 'x.bin')).toThrow(
      'x.bin: holds "test" version 3; this program reads "test" version 4',
    )
  })

  test('a section or number that is not there, or of another type', () => {
    const found = unpack(good.slice().buffer)
    expect(() => section(found, 'constructor', Uint8Array)).toThrow('section "constructor" is missing')
    expect(() => section(found, 'words', Uint8Array)).toThrow('section "words" is of another type')
    expect(() => headerNumber(found, 'toString')).toThrow('no number "toString"')
  })

  test('any bytes: an Error of ours or a container, nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        try {
          unpack(changed(at, value), { name: 'test', version: 3 }, 'x.bin')
        } catch (error) {
          expect(String(error)).toMatch(/^Error: x\.bin: .*\n {2}fix: /s)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('reading', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-'))
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const all = async (lines: AsyncIterable<string>): Promise<string[]> => {
    const out: string[] = []
    for await (const line of lines) out.push(line)
    return out
  }

  test('a whole file into shared memory', () => {
    const path = file('model', 'abc')
    expect([...new Uint8Array(loadBytes(path))]).toEqual([97, 98, 99])
    expect(() => loadBytes(join(folder, 'absent'))).toThrow('there is no file')
  })

  test('lines of several files: no line end, the last line without one, carriage returns gone', async () => {
    const paths = [file('a', 'one\r\ntwo'), file('b', ''), file('c', '\nthree\n')]
    expect(await all(fileLines(paths))).toEqual(['one', 'two', '', 'three'])
    rmSync(folder, { recursive: true })
  })

  test('a character cut between two chunks is put together; an endless line comes in parts', async () => {
    const bytes = new TextEncoder().encode('naïve\n')
    const chunks = async function* (): AsyncGenerator<Uint8Array | string> {
      yield bytes.subarray(0, 3)
      yield bytes.subarray(3)
      yield 'word '.repeat(500_000)
    }
    const lines = await all(linesOf(chunks()))
    expect(lines[0]).toBe('naïve')
    expect(lines.slice(1).join('')).toBe('word '.repeat(500_000))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(1 << 20)
  })
})
