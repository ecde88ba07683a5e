import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carriedOut, type TextChange, textChanges } from '../../src/batch/changes.ts'
import { cellText, csvCells } from '../../src/batch/csv-cells.ts'
import { csvRows } from '../../src/batch/csv-rows.ts'
import { csvPlace } from '../../src/batch/splice-csv.ts'
import { documentPlace } from '../../src/batch/splice-document.ts'
import { jsonPlace, textRange } from '../../src/batch/splice-jsonl.ts'
import type { TextPlace } from '../../src/batch/text-place.ts'
import type { AppliedFix } from '../../src/index.ts'

const change = (text: string, before: string, after: string): TextChange => {
  const start = text.indexOf(before)
  return { start, end: start + before.length, before, after }
}

function spliced(raw: Uint8Array, place: TextPlace | undefined, changes: readonly TextChange[]): Buffer {
  const edits = place?.edits(changes)
  if (edits === undefined || 'problem' in edits) throw new Error(JSON.stringify(edits))
  const parts: Uint8Array[] = []
  let at = 0
  for (const edit of edits) {
    parts.push(raw.subarray(at, edit.at), edit.bytes)
    at = edit.at + edit.length
  }
  return Buffer.concat([...parts, raw.subarray(at)])
}

const fix = (start: number, surface: string, text: string): AppliedFix => ({
  span: { start, end: start + surface.length },
  surface,
  text,
  probability: 1,
  confidence: 1,
})

describe('changes', () => {
  test.each([
    {
      given: 'They use profound learning daily.',
      restored: 'They use deep learning daily.',
      applied: [fix(9, 'profound learning', 'deep learning')],
      is: [{ start: 9, end: 26, before: 'profound learning', after: 'deep learning' }],
      why: 'a fix is a change',
    },
    {
      given: 'It is very quite big.',
      restored: 'It is very big.',
      applied: [fix(11, 'quite', '')],
      is: [{ start: 10, end: 16, before: ' quite', after: '' }],
      why: 'a deletion takes the blank along',
    },
    {
      given: '<p><b>profound</b> learning</p>',
      restored: '<p><b>deep</b> learning</p>',
      applied: [fix(6, 'profound</b> learning', 'deep learning')],
      is: [{ start: 6, end: 27, before: 'profound</b> learning', after: 'deep</b> learning' }],
      why: 'markup inside of a fix stays in it',
    },
    {
      given: 'research and advancement here',
      restored: 'R&amp;D here',
      applied: [fix(0, 'research and advancement', 'R&D')],
      is: [{ start: 0, end: 24, before: 'research and advancement', after: 'R&amp;D' }],
      why: 'a fix may be written escaped',
    },
    {
      given: 'a 😀 b',
      restored: 'a 😁 b',
      applied: [],
      is: [{ start: 2, end: 4, before: '😀', after: '😁' }],
      why: 'without fixes one change stands for all, of whole characters',
    },
    {
      given: 'one two three',
      restored: 'four',
      applied: [fix(4, 'two', '2')],
      is: [{ start: 0, end: 13, before: 'one two three', after: 'four' }],
      why: 'fixes that explain nothing are not believed',
    },
    {
      given: 'same',
      restored: 'same',
      applied: [fix(0, 'same', 'same')],
      is: [],
      why: 'no difference, no change',
    },
  ])('$why', ({ given, restored, applied, is }) => {
    expect(textChanges(given, restored, applied)).toEqual(is)
  })

  test('law: whatever fixes say, the changes turn one text into the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '&', '<', '😀', '\ud800') })
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(fc.tuple(fc.nat(20), fc.nat(5), text), { maxLength: 4 }),
        (given, restored, raw) => {
          const applied = raw
            .map(([start, length, to]) => fix(start, given.slice(start, start + length), to))
            .sort((a, b) => a.span.start - b.span.start)
          expect(carriedOut(given, textChanges(given, restored, applied))).toBe(restored)
        },
      ),
    )
  })
})

describe('JSON lines', () => {
  test.each([
    {
      line: '{"id":1,"text":"profound learning","z":[1,{"text":"profound"}]}',
      gives: '{"id":1,"text":"deep learning","z":[1,{"text":"profound"}]}',
      why: 'only the field of the record itself',
    },
    {
      line: '  { "a" : {"text":"x"} ,\t"text" : "a \\"profound\\" \\u00e9\\/ b" }  ',
      gives: '  { "a" : {"text":"x"} ,\t"text" : "a \\"deep\\" \\u00e9\\/ b" }  ',
      why: 'escapes and white space stay as they were',
    },
    {
      line: '{"text":"profound","te\\u0078t":"is profound"}',
      gives: '{"text":"profound","te\\u0078t":"is deep"}',
      why: 'the last of equal names counts, however it is written',
    },
    {
      line: '{"__proto__":"}","text":"profound","constructor":"{["}',
      gives: '{"__proto__":"}","text":"deep","constructor":"{["}',
      why: 'brackets in strings are no brackets',
    },
  ])('$why', ({ line, gives }) => {
    const raw = Buffer.from(line)
    const place = jsonPlace(raw, 'text', false)
    expect(place?.text).toContain('profound')
    expect(spliced(raw, place, [change(place?.text ?? '', 'profound', 'deep')]).toString()).toBe(gives)
  })

  test('a line of pure ASCII stays one', () => {
    const raw = Buffer.from('{"text":"cafe"}')
    expect(spliced(raw, jsonPlace(raw, 'text', true), [change('cafe', 'cafe', 'café')]).toString()).toBe(
      '{"text":"caf\\u00e9"}',
    )
  })

  test('law: the value of the field becomes the new text, every other byte stays', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 6 })
    const rest = fc.dictionary(word, fc.jsonValue(), { maxKeys: 3 })
    fc.assert(
      fc.property(rest, word, word, word, word, fc.nat(3), (others, left, before, right, after, indent) => {
        const { text: _, ...other } = others
        const text = left + before + right
        const json = JSON.stringify({ ...other, text, last: 0 }, null, indent).replaceAll('\n', ' ')
        const raw = Buffer.from(json)
        const place = jsonPlace(raw, 'text', false)
        expect(place?.text).toBe(text)
        const one = { start: left.length, end: left.length + before.length, before, after }
        const out = spliced(raw, place, [one])
        // Through JSON on both sides, which knows no −0.
        expect(JSON.parse(out.toString())).toEqual({ ...JSON.parse(json), text: left + after + right })
        const range = textRange(raw, 'text') ?? { start: 0, end: 0 }
        expect(out.subarray(0, range.start).equals(raw.subarray(0, range.start))).toBe(true)
        const tail = raw.subarray(range.end)
        expect(out.subarray(out.length - tail.length).equals(tail)).toBe(true)
      }),
    )
  })

  test.each(['{"text":1}', '[]', '{"text":"a', '', '{"other":"text"}'])('%j has no such text', (line) => {
    expect(jsonPlace(Buffer.from(line), 'text', true)).toBeUndefined()
  })
})

describe('CSV rows', () => {
  test.each([
    { row: '1,very profound,x', after: 'deep', gives: '1,very deep,x', why: 'a bare cell' },
    {
      row: '1,"very ""profound"", so",x',
      after: 'deep',
      gives: '1,"very ""deep"", so",x',
      why: 'inside quotation marks',
    },
    {
      row: '1,very profound,x',
      after: 'deep, so',
      gives: '1,"very deep, so",x',
      why: 'marks where they are needed',
    },
    { row: '1,a "b" profound,x', after: 'c\nd', gives: '1,"a ""b"" c\nd",x', why: 'the whole cell then' },
    { row: '1,"profound"', after: 'a "b"', gives: '1,"a ""b"""', why: 'new quotation marks are doubled' },
  ])('$why', ({ row, after, gives }) => {
    const raw = Buffer.from(row)
    const place = csvPlace(raw, 1, 0x2c)
    expect(spliced(raw, place, [change(place?.text ?? '', 'profound', after)]).toString()).toBe(gives)
  })

  test('a cell that is not there is none', () => {
    expect(csvPlace(Buffer.from('1'), 1, 0x2c)).toBeUndefined()
  })

  test('law: rows and cells are those that csv-parse finds', async () => {
    const unit = fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', 'é', ' ')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 16 }), fc.nat(16), async (text, cut) => {
        const bytes = Buffer.from(text)
        async function* chunks(): AsyncGenerator<Uint8Array> {
          yield bytes.subarray(0, cut)
          yield bytes.subarray(cut)
        }
        const own: string[][] = []
        for await (const row of csvRows(chunks(), 0x2c, 1000)) {
          if (row.state !== 'whole') return
          own.push(csvCells(row.bytes, 0x2c).map((cell) => cellText(row.bytes, cell)))
        }
        const options = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true }
        expect(own).toEqual(parse(bytes, { ...options, record_delimiter: ['\r\n', '\n'] }))
      }),
      { numRuns: 500 },
    )
  })

  test('law: the cell reads as the new text, the others as before', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', 'é', '😀', ' '), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), fc.nat(3), cell, (cells, at, after) => {
        const column = at % cells.length
        const row = Buffer.from(cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        const place = csvPlace(row, column, 0x2c)
        const given = cells[column] ?? ''
        expect(place?.text).toBe(given)
        const out = spliced(row, place, textChanges(given, after, []))
        for (const [i, text] of cells.entries()) {
          expect(csvPlace(out, i, 0x2c)?.text).toBe(i === column ? after : text)
        }
      }),
    )
  })
})

describe('documents', () => {
  const text = 'Ein “profound” café'
  test.each([
    { encoding: 'utf-8', bytes: Buffer.from(text), why: 'UTF-8' },
    { encoding: undefined, bytes: Buffer.from(`\ufeff${text}`), why: 'UTF-8 with a mark' },
    { encoding: undefined, bytes: Buffer.from(`\ufeff${text}`, 'utf16le'), why: 'UTF-16 with a mark' },
    { encoding: 'utf-16be', bytes: Buffer.from(text, 'utf16le').swap16(), why: 'UTF-16, big end first' },
    {
      encoding: 'windows-1252',
      bytes: Buffer.from('Ein \x93profound\x94 caf\xe9', 'latin1'),
      why: 'a code page',
    },
  ])('$why is kept', ({ encoding, bytes }) => {
    const place = documentPlace(bytes, encoding)
    expect(place.text).toBe(text)
    const out = spliced(bytes, place, [change(text, 'profound', 'deep')])
    expect(documentPlace(out, encoding).text).toBe('Ein “deep” café')
    expect(out.length).toBe(bytes.length - 4 * (bytes.length > 30 ? 2 : 1))
    expect(out.subarray(0, 4).equals(bytes.subarray(0, 4))).toBe(true)
  })

  test.each([
    {
      bytes: Buffer.from('profound caf\xe9 \u4e00', 'latin1'),
      encoding: 'utf-8',
      after: 'deep',
      why: 'broken bytes',
    },
    {
      bytes: Buffer.from('profound', 'latin1'),
      encoding: 'windows-1252',
      after: '一',
      why: 'a letter it lacks',
    },
  ])('$why: left as it was', ({ bytes, encoding, after }) => {
    const place = documentPlace(bytes, encoding)
    expect(place.edits([change(place.text, 'profound', after)])).toMatchObject({
      problem: { kind: 'encoding', message: expect.stringMatching(/^left as it was/) },
    })
  })
})
