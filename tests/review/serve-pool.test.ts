import { expect, test } from 'vitest'
import type { Job } from '../../src/review/serve-job.ts'
import { pool } from '../../src/review/serve-pool.ts'

const job = (content: string): Job => ({ kind: 'scan', id: 1, content, format: 'auto' })
const nobody = (): AbortSignal => new AbortController().signal
const options = {
  worker: new URL('./fake-thread.mjs', import.meta.url),
  setting: { version: '1.2.3', files: null, allow: [] },
  threads: 1,
  waiting: 4,
  timeLimit: 400,
}

test('time is over for the one that is read, and for those that wait', async () => {
  const threads = await pool(options)
  const outcomes = await Promise.all(['hang', 'calm', 'calm'].map((text) => threads.run(job(text), nobody())))
  expect(outcomes).toEqual([
    { state: 'too-late', while: 'reading' },
    { state: 'too-late', while: 'waiting' },
    { state: 'too-late', while: 'waiting' },
  ])
  await threads.close()
})

test('full: as many as there are threads and places to wait', async () => {
  const threads = await pool({ ...options, timeLimit: 60_000, waiting: 1 })
  const asked = ['hang', 'calm', 'calm'].map((text) => threads.run(job(text), nobody()))
  expect(await asked[2]).toEqual({ state: 'busy' })
  expect(threads.counts()).toEqual({ reading: 1, waiting: 1 })
  await threads.close()
  expect(await Promise.all(asked)).toEqual([{ state: 'closed' }, { state: 'closed' }, { state: 'busy' }])
  expect(await threads.run(job('calm'), nobody())).toEqual({ state: 'closed' })
})

test('who leaves while being read ends the thread, and the next is read by a new one', async () => {
  const threads = await pool({ ...options, timeLimit: 60_000 })
  const leaving = new AbortController()
  const left = threads.run(job('hang'), leaving.signal)
  const next = threads.run(job('calm'), nobody())
  leaving.abort()
  expect(await left).toEqual({ state: 'closed' })
  expect(await next).toMatchObject({ state: 'answered' })
  await threads.close()
})
