import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteLines } from '../../src/batch/lines.ts'
import { parsePlace } from '../../src/cli/explain.ts'

async function* stream(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(bytes.length)
  let from = 0
  for (const to of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    // The same memory again and again, as streams do: a line that kept a view would change.
    const length = bytes.slice(from, to).length
    memory.set(bytes.subarray(from, to))
    yield memory.subarray(0, length)
    memory.fill(0)
    from = to
  }
}

async function read(text: string, cuts: readonly number[], maxBytes: number): Promise<unknown[]> {
  const out: unknown[] = []
  for await (const part of byteLines(stream(Buffer.from(text), cuts), maxBytes)) {
    out.push(
      part.state === 'whole' ? [part.line, Buffer.from(part.bytes).toString()] : [part.line, part.size],
    )
  }
  return out
}

describe('lines of bytes', () => {
  test('law: however the bytes are cut, the lines are those of the text', async () => {
    const text = fc.array(fc.constantFrom('a', 'bé', '\n', '\r\n', ' ', '😀'), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.nat(80), { maxLength: 6 }),
        fc.integer({ min: 1, max: 12 }),
        async (parts, cuts, limit) => {
          const expected = parts
            .join('')
            .split('\n')
            .map((line, at) => [at + 1, line] as const)
            .map(([at, line]) =>
              Buffer.byteLength(line) > limit ? [at, Buffer.byteLength(line)] : [at, line],
            )
            .filter(([, line]) => typeof line === 'number' || String(line).trim() !== '')
          expect(await read(parts.join(''), cuts, limit)).toEqual(expected)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a line without an end takes no memory beyond the limit', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 3000; at++) yield Buffer.alloc(65_536, 0x78)
    }
    const before = process.memoryUsage().arrayBuffers
    const out = []
    for await (const part of byteLines(endless(), 1_000_000)) out.push(part)
    const size = 3000 * 65_536
    expect(out).toEqual([{ state: 'too-long', line: 1, size, start: 0, next: size }])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000)
  })
})

describe('places', () => {
  test.each([
    { at: '1:1', gives: { line: 1, column: 1 } },
    { at: '12:345', gives: { line: 12, column: 345 } },
  ])('$at is read', ({ at, gives }) => {
    expect(parsePlace(at)).toEqual(gives)
  })

  test.each(['', '1', '0:1', '1:0', '1:2:3', '1:-2', 'a:b', '1:1e3', ' 1:1', '99999999999:1'])(
    '"%s" is refused with an example',
    (at) => {
      expect(() => parsePlace(at)).toThrow(/is not LINE:COLUMN/)
    },
  )
})
