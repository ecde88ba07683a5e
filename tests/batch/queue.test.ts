/** Batches through a real Redis to worker processes that are killed on the way. */
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueLabour } from '../../src/batch/queue.ts'
import { safeUrl } from '../../src/batch/queue-link.ts'
import { noRedis, redisServer, type Server, stopped, workerProcess } from './redis.ts'
import {
  documents,
  ended,
  lines,
  ran,
  random,
  requestOf,
  SETTINGS,
  started,
  tree,
  type Workplace,
  workplace,
} from './runs.ts'

const missing = noRedis()
if (missing !== undefined) console.warn(`queue tests left out: ${missing}`)

describe.skipIf(missing !== undefined)('queue', { timeout: 300_000 }, () => {
  let server: Server
  let place: Workplace
  const labour = (model: string): ReturnType<typeof queueLabour> =>
    queueLabour({ url: server.url, program: '1.2.3', model, width: 6 })

  beforeAll(async () => {
    place = workplace()
    server = await redisServer(place.folder)
  })
  afterAll(async () => {
    await server.stop()
    place.remove()
  })

  test('workers that are killed cost nothing: the same bytes as with threads', async () => {
    for (let i = 0; i < 3; i++) await place.write(`in/${i}.jsonl`, documents(`s${i}`, 500, 20 + i))
    await place.write('in/bytes.txt', 'a gadget in a file, as bytes: \u00e9')
    await ran(place, { out: place.path('threads') })

    const workers = [await workerProcess(server.url), await workerProcess(server.url)]
    const next = random(77)
    const replaced: Promise<void>[] = []
    let records = 0
    let killAt = 50
    const replace = async (i: number): Promise<void> => {
      const old = workers[i] as ChildProcess
      await stopped(old, 'SIGKILL')
      workers[i] = await workerProcess(server.url)
    }
    const onProgress = (): void => {
      records += 1
      if (records < killAt || replaced.length >= 5) return
      killAt = records + Math.floor(next() * 300)
      replaced.push(replace(replaced.length % 2))
    }
    const outcome = await ran(place, { out: place.path('queue'), labour, onProgress })
    await Promise.all(replaced)
    for (const worker of workers) await stopped(worker, 'SIGTERM')
    expect(replaced.length).toBeGreaterThanOrEqual(3)
    expect(outcome.state).toBe('done')
    expect(tree(place.path('queue'))).toEqual(tree(place.path('threads')))
  })

  test('the run itself killed and resumed, workers at work: the bytes of a run that was not', async () => {
    for (let i = 0; i < 2; i++) await place.write(`killed/${i}.jsonl`, documents(`k${i}`, 700, 40 + i))
    const settings = { ...SETTINGS, format: 'sarif' as const }
    const request = requestOf(place, { inputs: ['killed'], settings, resume: true })
    await ran(place, { ...request, out: place.path('undisturbed') })

    const queued = { ...request, out: place.path('resumed'), queue: server.url }
    const workers = [await workerProcess(server.url), await workerProcess(server.url)]
    const next = random(91)
    let kills = 0
    for (let i = 0; i < 6; i++) {
      // From outside, with batches in the queue and with the workers; or in the middle of a write.
      const outside = i % 2 === 0
      const dieAt = 1 + Math.floor(next() * 12)
      const child = started({ ...queued, ...(!outside && { dieAt }) })
      const dots = outside ? 1 + Math.floor(next() * 250) : Number.POSITIVE_INFINITY
      if ((await ended(child, dots)) === 'SIGKILL') kills += 1
    }
    expect(kills).toBeGreaterThanOrEqual(4)
    // What was killed left batches behind: they cost the workers time and nobody an answer.
    expect(await ended(started(queued))).toBe(0)
    for (const worker of workers) await stopped(worker, 'SIGTERM')
    expect(tree(place.path('resumed'))).toEqual(tree(place.path('undisturbed')))
    expect(lines(place.path('resumed/results/0.jsonl.jsonl'))).toHaveLength(700)
  })

  test('a document that kills its workers is answered with a problem, its neighbours with theirs', async () => {
    const texts = ['a gadget', 'KILL', 'calm', 'THROW']
    await place.write('poison/a.jsonl', texts.map((text) => `${JSON.stringify({ text })}\n`).join(''))
    let over = false
    const keepUp = async (): Promise<void> => {
      while (!over) {
        const worker = await workerProcess(server.url)
        const died = new Promise((resolve) => worker.on('close', resolve))
        await Promise.race([died, finished])
        await stopped(worker, 'SIGKILL')
      }
    }
    let finish = (): void => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const keeping = keepUp()
    await ran(place, { inputs: ['poison'], out: place.path('poisoned'), labour })
    over = true
    finish()
    await keeping
    expect(lines(place.path('poisoned/results/a.jsonl.jsonl'))).toMatchObject([
      { verdict: { label: 'doubtful' } },
      { verdict: null, problems: [{ kind: 'limit' }] },
      { verdict: { label: 'clean' } },
      { verdict: null, problems: [{ kind: 'unreadable' }] },
    ])
  })

  test('nobody at work is told once; a stop removes what is left in the queue', async () => {
    const { answers, close } = await queueLabour({
      url: server.url,
      program: 'nobody',
      model: 'x',
      width: 1,
      onNobody: () => void close(),
    })
    const record = {
      state: 'read' as const,
      number: 0,
      id: 1,
      format: 'auto' as const,
      content: 'x',
      next: 1,
    }
    await expect(answers([record], SETTINGS)).rejects.toThrow('the run has ended')
  })
})

test('a queue that is not there is told, without its password', async () => {
  const place = workplace()
  await place.write('in/a.txt', 'calm')
  const labour = (model: string): ReturnType<typeof queueLabour> =>
    queueLabour({ url: 'redis://me:secret@127.0.0.1:1', program: '1', model, width: 1 })
  await expect(ran(place, { labour })).rejects.toThrow('the queue at redis://127.0.0.1:1 cannot be reached')
  expect(safeUrl('redis://me:secret@host:1/2')).toBe('redis://host:1')
  place.remove()
})
