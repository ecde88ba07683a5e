import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Analysis } from '../../src/types.ts'
import { fingerprints } from '../../src/write/fingerprint.ts'
import { sarif } from '../../src/write/sarif.ts'
import { type Answered, sheetOf } from '../../src/write/sheet.ts'
import { uriOf } from '../../src/write/uri.ts'
import { answered, CALM, findingAt, HOSTILE, NEWS, PAGE, UNREAD, UNREADABLE } from './answers.ts'
import { SARIF_SCHEMA } from './sarif-schema.ts'

interface Result {
  ruleId: string
  ruleIndex: number
  locations: {
    physicalLocation: { artifactLocation: { uri: string; index?: number }; region?: Record<string, number> }
  }[]
  partialFingerprints: Record<string, string>
  properties?: { start: number; end: number }
}
interface Run {
  tool: { driver: { rules: { id: string }[] } }
  results: Result[]
  artifacts: { location: { uri: string } }[]
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: { message: { text: string } }[] }[]
}

const fits = new Ajv({ allErrors: true }).compile(SARIF_SCHEMA)

function written(answers: readonly (Answered | string)[]): { text: string; run: Run } {
  const sheet = sheetOf(sarif, '1.2.3')
  let text = sheet.start()
  for (const each of answers)
    text += typeof each === 'string' ? sheet.failed(each, UNREADABLE) : sheet.document(each)
  text += sheet.end()
  return { text, run: (JSON.parse(text) as { runs: [Run] }).runs[0] }
}

describe('schema', () => {
  test.each([
    { answers: [], why: 'no document' },
    { answers: [CALM], why: 'nothing found' },
    { answers: ['gone.txt'], why: 'nothing read' },
    { answers: [NEWS, 'gone.txt', PAGE, CALM, HOSTILE, UNREAD], why: 'everything at once' },
    { answers: [NEWS, NEWS], why: 'the same id twice' },
  ])('$why', ({ answers }) => {
    const { text } = written(answers)
    fits(JSON.parse(text))
    expect(fits.errors).toBeNull()
  })

  test('the schema refuses what SARIF refuses', () => {
    const sample = JSON.parse(written([NEWS]).text)
    sample.runs[0].results[1].locations[0].physicalLocation.region.startColumn = 0
    expect(fits(sample)).toBe(false)
  })
})

test('rules and artifacts are numbered as they stand', () => {
  const { run } = written([NEWS, PAGE, NEWS])
  for (const { ruleId, ruleIndex, locations } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    const { uri, index } = locations[0]?.physicalLocation.artifactLocation ?? { uri: '' }
    expect(run.artifacts[index ?? -1]?.location.uri).toBe(uri)
  }
  expect(run.artifacts).toHaveLength(2)
})

test('a run is successful unless an input could not be read', () => {
  expect(written([NEWS, PAGE]).run.invocations[0]?.executionSuccessful).toBe(true)
  expect(written([NEWS, 'gone.txt']).run.invocations[0]?.executionSuccessful).toBe(false)
  expect(written([UNREAD]).run.invocations[0]?.executionSuccessful).toBe(false)
})

test('more documents and problems than are listed: results stay, problems are counted', () => {
  const answers: (Answered | string)[] = Array.from({ length: 10_050 }, (_, at) => ({ ...CALM, id: at }))
  answers.push(...Array.from({ length: 10_003 }, (_, at) => `gone-${at}.txt`), { ...NEWS, id: 'last' })
  const { run } = written(answers)
  expect(run.artifacts).toHaveLength(10_000)
  expect(run.results.at(-1)?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'last' })
  expect(run.invocations[0]?.toolExecutionNotifications.at(-1)?.message.text).toContain('3 further problems')
})

describe('fingerprints', () => {
  const text = 'The town bought a gadget for the harbour. Its gadget hums.\nA gadget for the harbour.'
  const find = (of: Analysis['document']) =>
    [0, 1, 2].map((nth) => findingAt(of, 'gadget', {}, nth + of.text.split('PLUS gadget').length - 1))
  const of = (given: string): readonly string[] => {
    const { analysis } = answered('x.txt', given, find)
    return fingerprints(analysis.document, analysis.findings)
  }

  test('are 32 digits, and no two places share one', () => {
    expect(of(text).every((print) => /^[0-9a-f]{32}$/.test(print))).toBe(true)
    expect(new Set(of(text)).size).toBe(3)
  })

  test.each([
    { change: `A new first line stands here.\n\n${text}`, why: 'text put in above' },
    { change: text.replaceAll('\n', '\r\n\r\n'), why: 'other line ends' },
    { change: text.replace('. Its', '.  Its'), why: 'more white space' },
    { change: `${text} Nothing else.`, why: 'text put in below' },
  ])('survive $why', ({ change }) => {
    expect(of(change)).toEqual(of(text))
  })

  test('equal places are told apart by their order', () => {
    const twice = 'It is a gadget now.\nIt is a gadget now.\n'
    const { analysis } = answered('x.txt', twice, (given) =>
      [0, 1].map((n) => findingAt(given, 'gadget', {}, n)),
    )
    const [first, second] = fingerprints(analysis.document, analysis.findings)
    expect(first).not.toBe(second)
  })

  test('another word beside it makes another place', () => {
    expect(of(text.replace('bought a', 'sold one'))[0]).not.toBe(of(text)[0])
  })
})

test.each([
  { path: 'a b/é.txt', uri: 'a%20b/%C3%A9.txt', why: 'UTF-8, percent-encoded' },
  { path: '/home/x.txt', uri: 'file:///home/x.txt', why: 'absolute' },
  { path: 'http://x', uri: 'http%3A//x', why: 'an id is never a scheme' },
  { path: 'x?y#z', uri: 'x%3Fy%23z', why: 'nor a query or fragment' },
  { path: '\ud800', uri: '%EF%BF%BD', why: 'a lone surrogate' },
])('uri of $path: $why', ({ path, uri }) => {
  expect(uriOf(path)).toBe(uri)
})

test('law: any id decodes back from its uri', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (id) => {
      fc.pre(!id.startsWith('/'))
      expect(decodeURIComponent(uriOf(id))).toBe(id)
    }),
  )
})
