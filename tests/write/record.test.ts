import { describe, expect, test } from 'vitest'
import { failedFixedRecord, fixedRecord } from '../../src/write/fixed.ts'
import { jsonArray } from '../../src/write/json.ts'
import { jsonLine } from '../../src/write/jsonl.ts'
import { failedRecord, record, rounded } from '../../src/write/record.ts'
import { analysisOf, findingOf } from './analysis.ts'

const text = 'First line.\r\nThe gadget hums.'
const problem = { kind: 'record', message: 'line 3 is not JSON', fix: 'write JSON' } as const

describe('record', () => {
  test('has the documented fields in the documented order', () => {
    expect(JSON.stringify(record(analysisOf(text, ['gadget'])))).toBe(
      '{"version":1,"id":"page.txt",' +
        '"verdict":{"label":"spun","probability":0.9877,"spinRate":0.1,"density":41.6667},' +
        '"findings":[{"start":17,"end":23,"line":2,"column":5,"surface":"gadget","confidence":0.9123,"kind":"word",' +
        '"suggestions":[{"text":"machine","probability":0.7},{"text":"device","probability":0.2},' +
        '{"text":"engine","probability":0.06},{"text":"tool","probability":0.04}],' +
        '"evidence":[{"kind":"entry","text":"spinners write \\"gadget\\" for \\"machine\\""}],"inQuotation":false}],' +
        '"problems":[]}',
    )
  })

  test('keeps the id as it was given, number or text', () => {
    expect(record(analysisOf('Calm.', []), 7).id).toBe(7)
    expect(record(analysisOf('Calm.', []), '007').id).toBe('007')
  })

  test('a finding that crosses a surrogate pair counts UTF-16 units', () => {
    const emoji = '😀 gadget'
    expect(record(analysisOf(emoji, ['gadget'])).findings[0]).toMatchObject({ start: 3, column: 4 })
  })

  test('an input that was not read has no verdict, and says why', () => {
    expect(failedRecord('a.txt', [problem])).toEqual({
      version: 1,
      id: 'a.txt',
      verdict: null,
      findings: [],
      problems: [problem],
    })
  })
})

test.each([
  { value: 0.99995, gives: 1, why: 'half goes up' },
  { value: 0.00004, gives: 0, why: 'below the fourth decimal' },
  { value: 1e-9, gives: 0, why: 'no exponent reaches the output' },
])('rounded $value: $why', ({ value, gives }) => {
  expect(rounded(value)).toBe(gives)
})

describe('fixed record', () => {
  const finding = findingOf(text, 'gadget')
  const applied = [{ ...finding, text: 'machine', probability: 0.70004, confidence: 0.91234 }]

  test('offsets and lines are those of the text as given', () => {
    expect(fixedRecord('x', text, 'First line.\r\nThe machine hums.', applied, [])).toEqual({
      version: 1,
      id: 'x',
      text: 'First line.\r\nThe machine hums.',
      applied: [
        {
          start: 17,
          end: 23,
          line: 2,
          column: 5,
          surface: 'gadget',
          text: 'machine',
          probability: 0.7,
          confidence: 0.9123,
        },
      ],
      problems: [],
    })
  })

  test('an unread input has no text', () => {
    expect(failedFixedRecord(3, [problem])).toMatchObject({ id: 3, text: null, problems: [problem] })
  })
})

describe('streams of records', () => {
  test.each([
    { records: [], why: 'nothing came' },
    { records: [{ id: 1 }], why: 'one' },
    { records: [{ id: 'a\nb' }, { id: 2 }, []], why: 'line feeds inside, an empty member' },
  ])('a JSON array reads back: $why', ({ records }) => {
    const array = jsonArray()
    const written = records.map((each) => array.next(each)).join('') + array.end()
    expect(JSON.parse(written)).toEqual(records)
  })

  test('a line of JSON Lines holds no line break of any kind, and reads back', () => {
    const given = { text: 'a\nb\u2028c\u2029d\ud800' }
    const line = jsonLine(given)
    expect([...line].filter((char) => '\n\r\u2028\u2029'.includes(char))).toEqual(['\n'])
    expect(line).toContain('\\ud800')
    expect(JSON.parse(line)).toEqual(given)
  })
})
