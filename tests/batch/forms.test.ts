/** Results in further forms: what `scan` writes, one file for each input, whatever happened on the way. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Parser } from 'htmlparser2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BATCH_FORMATS } from '../../src/batch/forms.ts'
import type { FurtherForm } from '../../src/batch/shapes.ts'
import type { Analysis } from '../../src/types.ts'
import { renderer } from '../../src/write/renderer.ts'
import { ENGINE, lines, ran, SETTINGS, tree, type Workplace, workplace } from './runs.ts'

let place: Workplace
beforeEach(() => {
  place = workplace()
})
afterEach(() => place.remove())

const FORMS = BATCH_FORMATS.filter((name): name is FurtherForm => name !== 'jsonl')
const ENDINGS: Readonly<Record<FurtherForm, string>> = {
  json: '.json',
  sarif: '.sarif',
  rdjsonl: '.rdjsonl',
  diff: '.diff',
  html: '.html',
  checkstyle: '.checkstyle.xml',
  github: '.github.txt',
}
const NOT_JSON = 'neither a gadget nor JSON'
const RECORDS = [
  { id: 'spun', text: 'gadget gadget gadget\nand a gadget {here} </script> 😀' },
  { id: 'calm', text: 'nothing stands here' },
  { id: 7, text: 'one gadget' },
]
const INPUT = `${JSON.stringify(RECORDS[0])}\n${NOT_JSON}\n${JSON.stringify(RECORDS[1])}\n${JSON.stringify(RECORDS[2])}\n`

interface Engine {
  analyze(known: unknown, text: string, options: { id: string }): Analysis
  restore(known: unknown, text: string): { text: string }
}

/** What `scan` writes of the same documents. */
async function expected(format: FurtherForm, problem: Analysis['problems'][number]): Promise<string> {
  const { analyze, restore } = (await import(ENGINE)) as Engine
  const sheet = renderer(format, { version: '1.2.3', colour: 'none', columns: 80 })
  let out = sheet.start()
  for (const [i, { id, text }] of RECORDS.entries()) {
    if (i === 1) out += sheet.failed('a.jsonl:2', problem)
    const analysis = analyze(undefined, text, { id: String(id) })
    out += sheet.document({ id, name: String(id), analysis, restored: restore(undefined, text).text })
  }
  return out + sheet.end()
}

test.each(FORMS)('%s: the bytes that scan writes, beside the lines of JSON', async (format) => {
  await place.write('in/a.jsonl', INPUT)
  await place.write('in/deep/empty.jsonl', '')
  await ran(place, { out: place.path('plain') })
  await ran(place, { settings: { ...SETTINGS, format } })
  const results = lines(place.path('out/results/a.jsonl.jsonl'))
  expect(results).toEqual(lines(place.path('plain/results/a.jsonl.jsonl')))
  const [problem] = (results[1] as { problems: Analysis['problems'] }).problems
  if (problem === undefined) throw new Error('the second record has a problem')
  const got = readFileSync(place.path(`out/reports/a.jsonl${ENDINGS[format]}`), 'utf8')
  expect(got).toBe(await expected(format, problem))
  expect(readdirSync(place.path('out/reports'), { recursive: true }).sort()).toEqual([
    `a.jsonl${ENDINGS[format]}`,
    'deep',
    `deep/empty.jsonl${ENDINGS[format]}`,
  ])
})

describe('well-formed whatever there is', () => {
  const empty = async (format: FurtherForm): Promise<string> => {
    await place.write('in/a.jsonl', '')
    await ran(place, { settings: { ...SETTINGS, format } })
    return readFileSync(place.path(`out/reports/a.jsonl${ENDINGS[format]}`), 'utf8')
  }
  test('no record at all', async () => {
    expect(JSON.parse(await empty('json'))).toEqual([])
  })
  test('no record at all, as SARIF', async () => {
    expect(JSON.parse(await empty('sarif')).runs[0].results).toEqual([])
  })
  test('no record at all, as XML', async () => {
    const names: string[] = []
    const parser = new Parser({ onclosetag: (name) => names.push(name) }, { xmlMode: true })
    parser.end(await empty('checkstyle'))
    expect(names).toEqual(['checkstyle'])
  })

  test('a document that costs its threads, and one that is a bug, have their place', async () => {
    await place.write(
      'in/a.jsonl',
      ['a gadget', 'EXIT', 'THROW'].map((text) => `${JSON.stringify({ text })}\n`).join(''),
    )
    await ran(place, { settings: { ...SETTINGS, format: 'sarif', timeLimit: 1 } })
    const [run] = JSON.parse(readFileSync(place.path('out/reports/a.jsonl.sarif'), 'utf8')).runs
    expect(run.results).toHaveLength(1)
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ descriptor: { id: 'limit' } }, { descriptor: { id: 'unreadable' } }],
    })
  })

  test('a repetition is a record of the array, and nothing elsewhere', async () => {
    const twice = `${JSON.stringify({ id: 1, text: 'a gadget' })}\n`.repeat(2)
    await place.write('in/a.jsonl', twice)
    const settings = { ...SETTINGS, dedupe: true }
    await ran(place, { settings: { ...settings, format: 'json' } })
    await ran(place, { settings: { ...settings, format: 'github' }, out: place.path('other') })
    expect(JSON.parse(readFileSync(place.path('out/reports/a.jsonl.json'), 'utf8'))).toMatchObject([
      { findings: [{}] },
      { duplicateOf: 'a.jsonl:1' },
    ])
    expect(
      readFileSync(place.path('other/reports/a.jsonl.github.txt'), 'utf8').split('::warning'),
    ).toHaveLength(2)
  })
})

test('compressed like the results', async () => {
  await place.write('in/a.jsonl', INPUT)
  await ran(place, { settings: { ...SETTINGS, format: 'html' } })
  await ran(place, { settings: { ...SETTINGS, format: 'html', compress: 'gzip' }, out: place.path('gz') })
  const plain = readFileSync(place.path('out/reports/a.jsonl.html'), 'utf8')
  expect(gunzipSync(readFileSync(place.path('gz/reports/a.jsonl.html.gz'))).toString()).toBe(plain)
})

test('parts of a run that ended before it took them away go with the next one', async () => {
  await place.write('in/a.jsonl', INPUT)
  const settings = { ...SETTINGS, format: 'sarif' as const }
  await ran(place, { settings })
  const whole = tree(place.path('out'))
  writeFileSync(place.path('out/reports/a.jsonl.sarif.parts.part'), '"whatever"\n')
  await ran(place, { settings, resume: true })
  expect(existsSync(place.path('out/reports/a.jsonl.sarif.parts.part'))).toBe(false)
  expect(tree(place.path('out'))).toEqual(whole)
})

test('parts that are damaged are told, with what to delete', async () => {
  await place.write('in/a.jsonl', INPUT.repeat(400))
  const settings = { ...SETTINGS, format: 'sarif' as const }
  const stop = new AbortController()
  await ran(place, { settings, jobs: 1, signal: stop.signal, onProgress: () => stop.abort() })
  const parts = place.path('out/reports/a.jsonl.sarif.parts.part')
  const bytes = readFileSync(parts)
  expect(bytes.length).toBeGreaterThan(100)
  bytes[40] = 0x22
  writeFileSync(parts, bytes)
  await expect(ran(place, { settings, resume: true })).rejects.toThrow('cannot be joined: a line is not JSON')
})

test('a run goes on in the form it began with', async () => {
  await place.write('in/a.jsonl', INPUT)
  await ran(place)
  await expect(ran(place, { settings: { ...SETTINGS, format: 'json' }, resume: true })).rejects.toThrow(
    'format was null and is now "json"',
  )
})
