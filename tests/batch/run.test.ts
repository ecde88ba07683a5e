/** Runs from inputs to results: order, threads, documents that misbehave, resuming, refusing. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Disk, realDisk } from '../../src/batch/part-file.ts'
import { undo } from '../../src/batch/undo.ts'
import { documents, lines, ran, SETTINGS, tree, type Workplace, workplace } from './runs.ts'

let place: Workplace
beforeEach(() => {
  place = workplace()
})
afterEach(() => place.remove())

const text = (id: string, content: string): string => `${JSON.stringify({ id, text: content })}\n`

describe('results', () => {
  test('one line for each record, in input order, one file for each input', async () => {
    await place.write('in/a.jsonl', `${text('one', 'a gadget')}not json\n\n${text('two', 'calm')}`)
    await place.write('in/deep/b.txt', 'gadget gadget gadget gadget')
    const outcome = await ran(place)
    expect(lines(place.path('out/results/a.jsonl.jsonl')).map(({ id }) => id)).toEqual([
      'one',
      'a.jsonl:2',
      'two',
    ])
    expect(lines(place.path('out/results/deep/b.txt.jsonl'))[0]).toMatchObject({ verdict: { label: 'spun' } })
    expect(outcome).toMatchObject({
      state: 'done',
      summary: {
        documents: 4,
        shards: 2,
        labels: { clean: 1, doubtful: 1, spun: 1, failed: 1 },
        findings: 5,
        phrases: [{ surface: 'gadget', suggestion: 'machine', count: 5, error: 0 }],
      },
    })
  })

  test('the same bytes whatever the number of threads', async () => {
    await place.write('in/a.jsonl', documents('a', 500, 1))
    await place.write('in/b.jsonl', documents('b', 300, 2))
    await place.write('in/c.txt', 'a gadget')
    await ran(place, { jobs: 1 })
    await ran(place, { jobs: 5, out: place.path('more') })
    expect(tree(place.path('more'))).toEqual(tree(place.path('out')))
    expect(lines(place.path('out/results/a.jsonl.jsonl')).map(({ id }) => id)).toEqual(
      Array.from({ length: 500 }, (_, i) => `a-${i}`),
    )
  })

  test('a run over the folder it writes to does not read its own results', async () => {
    await place.write('a.txt', 'a gadget')
    await ran(place, { inputs: ['.'] })
    const outcome = await ran(place, { inputs: ['.'], resume: true })
    expect(outcome).toMatchObject({ summary: { documents: 1 } })
  })

  test('an empty input has empty results, an input that is missing is said', async () => {
    await place.write('in/empty.jsonl', '')
    const outcome = await ran(place, { inputs: ['in', 'nowhere.txt'] })
    expect(readFileSync(place.path('out/results/empty.jsonl.jsonl'), 'utf8')).toBe('')
    expect(outcome).toMatchObject({ summary: { documents: 0, unreadInputs: 1 } })
  })

  test.skipIf(process.getuid?.() === 0)(
    'a file without permission is a record with its problem',
    async () => {
      await place.write('in/a.txt', 'a gadget')
      chmodSync(place.path('in/a.txt'), 0)
      await ran(place)
      expect(lines(place.path('out/results/a.txt.jsonl'))[0]).toMatchObject({
        verdict: null,
        problems: [{ kind: 'unreadable', message: 'no permission to read it' }],
      })
    },
  )

  test('an input that cannot be read on has a record that says so', async () => {
    await place.write('in/a.jsonl.gz', Buffer.from('this is not gzip'))
    const outcome = await ran(place)
    expect(lines(place.path('out/results/a.jsonl.gz.jsonl'))).toMatchObject([{ verdict: null }])
    expect(outcome).toMatchObject({ summary: { labels: { failed: 1 } } })
  })

  test('compressed results hold the same lines', async () => {
    await place.write('in/a.jsonl', documents('a', 200, 1))
    await ran(place)
    const plain = readFileSync(place.path('out/results/a.jsonl.jsonl'), 'utf8')
    const gzip = { ...SETTINGS, compress: 'gzip' as const }
    const outcome = await ran(place, { out: place.path('gz'), settings: gzip })
    expect(gunzipSync(readFileSync(place.path('gz/results/a.jsonl.jsonl.gz'))).toString()).toBe(plain)
    expect(outcome).toMatchObject({ summary: { documents: 200 } })
    const zstd = { ...SETTINGS, compress: 'zstd' as const }
    const other = await ran(place, { out: place.path('zst'), settings: zstd })
    expect(other).toMatchObject({ summary: { documents: 200 } })
  })
})

describe('fix', () => {
  const settings = { ...SETTINGS, action: 'fix' as const }

  test('copies with the fixes in them, a log, and all of it taken back', async () => {
    const given = `{"id":1, "text" : "a gadget", "rest":[1,  2]}\nno json\n\n{"text":"calm"}`
    await place.write('in/a.jsonl', given)
    await place.write('in/b.txt', 'one gadget,\r\ntwo gadgets')
    await place.write('in/empty.txt', '')
    const outcome = await ran(place, { settings })
    expect(outcome).toMatchObject({ summary: { action: 'fix', changed: 3, findings: 3 } })
    expect(readFileSync(place.path('out/cleaned/a.jsonl'), 'utf8')).toBe(given.replace('gadget', 'machine'))
    expect(readFileSync(place.path('out/cleaned/b.txt'), 'utf8')).toBe('one machine,\r\ntwo machines')
    expect(lines(place.path('out/results/a.jsonl.jsonl')).map(({ changed }) => changed)).toEqual([
      1,
      undefined,
      0,
    ])
    const undone = []
    for await (const one of undo(place.path('out'), place.path('back'))) undone.push(one.state)
    expect(undone).toEqual(['restored', 'restored', 'restored'])
    expect(tree(place.path('back'))).toEqual(tree(place.path('in')))
  })

  test('standard input cannot be fixed, as it is read twice', async () => {
    await expect(ran(place, { settings, inputs: ['-'] })).rejects.toThrow('cannot be read twice')
  })
})

test('repetitions are answered once, after a stop as well', async () => {
  const settings = { ...SETTINGS, dedupe: true }
  await place.write('in/a.jsonl', text('one', 'a gadget') + documents('a', 300, 1) + text('two', 'a gadget'))
  await place.write('in/b.jsonl', text('three', 'a gadget'))
  const outcome = await ran(place, { settings, out: place.path('whole') })
  expect(outcome).toMatchObject({ summary: { documents: 303, duplicates: 2, labels: { failed: 0 } } })
  expect(lines(place.path('whole/results/b.jsonl.jsonl'))).toMatchObject([
    { id: 'three', verdict: null, duplicateOf: 'a.jsonl:1' },
  ])
  const stop = new AbortController()
  await ran(place, { settings, signal: stop.signal, onProgress: () => stop.abort(), jobs: 1 })
  await ran(place, { settings, resume: true })
  expect(tree(place.path('out'))).toEqual(tree(place.path('whole')))
})

describe('documents that misbehave', () => {
  test('each is a problem of its own; the others of its batch are answered', async () => {
    const contents = ['a gadget', 'THROW', 'calm', 'HANG', 'gadget', 'EXIT', 'last gadget']
    await place.write('in/a.jsonl', contents.map((content, i) => text(`d${i}`, content)).join(''))
    await ran(place, { settings: { ...SETTINGS, timeLimit: 1 } })
    const found = lines(place.path('out/results/a.jsonl.jsonl'))
    expect(found.map(({ id }) => id)).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'])
    expect(found.map(({ verdict }) => verdict !== null)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      true,
    ])
    expect(found[1]).toMatchObject({
      problems: [{ kind: 'unreadable', message: 'the analysis broke off: thrown on purpose' }],
    })
    expect(found[3]).toMatchObject({
      problems: [{ kind: 'limit', message: 'not answered within 1 seconds' }],
    })
    expect(found[5]).toMatchObject({ problems: [{ kind: 'limit' }] })
  })

  test('a document that needs more memory than a thread has gets it when it is by itself', async () => {
    await place.write(
      'in/a.jsonl',
      ['a gadget', 'FILL', 'calm'].map((content, i) => text(`d${i}`, content)).join(''),
    )
    await ran(place)
    expect(lines(place.path('out/results/a.jsonl.jsonl'))).toMatchObject([
      { id: 'd0', problems: [] },
      { id: 'd1', verdict: { label: 'clean' }, problems: [] },
      { id: 'd2', problems: [] },
    ])
  })

  test('large documents go by themselves, and in their place', async () => {
    const large = `a gadget. ${'calm and cold. '.repeat(75_000)}`
    const contents = ['a gadget', `${large}HANG`, 'calm', large, `${large}THROW`]
    await place.write('in/a.jsonl', contents.map((content, i) => text(`d${i}`, content)).join(''))
    await ran(place, { settings: { ...SETTINGS, maxBytes: 2_000_000, timeLimit: 3 } })
    const found = lines(place.path('out/results/a.jsonl.jsonl'))
    expect(found.map(({ id }) => id)).toEqual(['d0', 'd1', 'd2', 'd3', 'd4'])
    expect(found.map(({ problems }) => (problems as { kind: string }[]).map(({ kind }) => kind))).toEqual([
      [],
      ['limit'],
      [],
      [],
      ['unreadable'],
    ])
  })

  test('a document over the size limit is a problem', async () => {
    await place.write('in/a.jsonl', text('long', 'gadget '.repeat(100)) + text('short', 'a gadget'))
    await ran(place, { settings: { ...SETTINGS, maxBytes: 200 } })
    expect(lines(place.path('out/results/a.jsonl.jsonl'))).toMatchObject([
      { verdict: null, problems: [{ kind: 'too-large' }] },
      { id: 'short', problems: [] },
    ])
  })
})

describe('folder', () => {
  test('results that are there already are not touched without resume', async () => {
    await place.write('in/a.txt', 'a gadget')
    await ran(place)
    await expect(ran(place)).rejects.toThrow('already holds the results of a run')
  })

  test('results that nobody knows of are not gone on with', async () => {
    await place.write('in/a.txt', 'a gadget')
    await place.write('out/results/a.txt.jsonl', 'whatever')
    await expect(ran(place, { resume: true })).rejects.toThrow('holds results, but no run.json')
  })

  test('resume with other options, inputs or program is refused', async () => {
    await place.write('in/a.txt', 'a gadget')
    await ran(place)
    const resume = true
    await expect(ran(place, { resume, settings: { ...SETTINGS, minConfidence: 0.7 } })).rejects.toThrow(
      'other options: minConfidence was null and is now 0.7',
    )
    await expect(ran(place, { resume, program: '2.0.0' })).rejects.toThrow('began with version 1.2.3')
    await place.write('in/b.txt', 'calm')
    await expect(ran(place, { resume })).rejects.toThrow('began with other inputs')
  })

  test('a second run at the same time is refused, a lock left behind is not', async () => {
    await place.write('in/a.txt', 'a gadget')
    await ran(place)
    const lock = place.path('out/run.lock')
    expect(existsSync(lock)).toBe(false)
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: hostname() }))
    await expect(ran(place, { resume: true })).rejects.toThrow('another run is at work')
    // No process has this number: the largest one is 2^22.
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 7, host: hostname() }))
    await expect(ran(place, { resume: true })).resolves.toMatchObject({ state: 'done' })
  })

  test('an interrupted run keeps what it has and goes on where it stopped', async () => {
    await place.write('in/a.jsonl', documents('a', 1000, 3))
    await place.write('in/b.jsonl', documents('b', 100, 4))
    await ran(place, { out: place.path('whole') })
    const stop = new AbortController()
    let told = 0
    const onProgress = (): void => {
      told += 1
      if (told === 300) stop.abort()
    }
    const stopped = await ran(place, { signal: stop.signal, onProgress, jobs: 1 })
    expect(stopped.state).toBe('interrupted')
    expect(existsSync(place.path('out/results/a.jsonl.jsonl'))).toBe(false)
    await ran(place, { resume: true })
    expect(tree(place.path('out'))).toEqual(tree(place.path('whole')))
  })

  test('an interrupted run does not wait for a document that hangs', async () => {
    await place.write('in/a.jsonl', documents('a', 100, 3) + text('hangs', 'HANG'))
    const stop = new AbortController()
    const onProgress = (): void => stop.abort()
    const stopped = await ran(place, { signal: stop.signal, onProgress, jobs: 1, graceMs: 20 })
    expect(stopped.state).toBe('interrupted')
    // The first batch; the one with the document that hangs was given up.
    expect(lines(place.path('out/results/a.jsonl.jsonl.part'))).toHaveLength(64)
  })

  test('an input that changed since is refused', async () => {
    await place.write('in/a.jsonl', documents('a', 1000, 3))
    const stop = new AbortController()
    await ran(place, { signal: stop.signal, onProgress: () => stop.abort(), jobs: 1 })
    await place.write('in/a.jsonl', documents('a', 1001, 3))
    await expect(ran(place, { resume: true })).rejects.toThrow('changed since the run began')
  })

  test('a full disk is told, and the run goes on once there is room', async () => {
    await place.write('in/a.jsonl', documents('a', 1000, 5))
    await ran(place, { out: place.path('whole') })
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    let room = 60_000
    const disk: Disk = {
      async open(path) {
        const file = await realDisk.open(path)
        return {
          ...file,
          async write(bytes, at) {
            const taken = bytes.subarray(0, room)
            room -= taken.length
            await file.write(taken, at)
            if (taken.length < bytes.length) throw full
          },
        }
      },
    }
    await expect(ran(place, { disk })).rejects.toThrow('the disk is full')
    expect(existsSync(place.path('out/run.lock'))).toBe(false)
    await ran(place, { resume: true })
    expect(tree(place.path('out'))).toEqual(tree(place.path('whole')))
  })
})
