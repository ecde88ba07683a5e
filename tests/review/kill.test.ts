/** A server that is killed while decisions come in: what was answered is there, and the next start works. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openReview } from '../../src/review/store.ts'
import { send } from './client.ts'
import { documentOf, everything, folder } from './made.ts'

const MAIN = resolve('dist/cli/main.js')
const PLACES = 40
/** Decisions answered before the kill, one round each. */
const ROUNDS = [0, 1, 4, 7]

interface Running {
  readonly child: ChildProcess
  readonly port: number
  readonly token: string
}

async function started(cwd: string, args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [MAIN, 'review', '--no-open', '--reviewer', 'ann', ...args], { cwd })
  const errors: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  const lines = createInterface({ input: child.stdout })
  const line: unknown = await Promise.race([
    once(lines, 'line').then(([first]) => first),
    once(child, 'exit').then(() => errors.join('')),
  ])
  const found = /^http:\/\/127\.0\.0\.1:(\d+)\/\?token=([\w-]+)$/.exec(String(line))
  if (found === null) throw new Error(`no address: ${String(line)}`)
  return { child, port: Number(found[1]), token: found[2] ?? '' }
}

const reject = ({ port, token }: Running, finding: number): Promise<{ readonly status: number }> =>
  send(port, '/api/decisions', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ finding, action: 'reject' }),
  })

test('SIGKILL in the middle of a decision loses at most that one, again and again', async () => {
  const cwd = folder()
  const text = Array.from({ length: PLACES }, (_, i) => `w${i} a gadget b${i}.`).join(' ')
  const { record } = documentOf('a.txt', text)
  writeFileSync(join(cwd, 'results.jsonl'), `${JSON.stringify({ ...record, text })}\n`)
  const answered: number[] = []
  let next = 1
  for (const [round, count] of ROUNDS.entries()) {
    const running = await started(cwd, round === 0 ? ['results.jsonl'] : [])
    for (let i = 0; i < count; i++) {
      expect((await reject(running, next)).status).toBe(200)
      answered.push(next)
      next += 1
    }
    const exit = once(running.child, 'exit')
    const inFlight = reject(running, next).then(
      () => 'answered',
      () => 'lost',
    )
    running.child.kill('SIGKILL')
    await exit
    if ((await inFlight) === 'answered') answered.push(next)
    next += 1
  }
  const store = openReview(join(cwd, 'review.unspin.db'))
  const [document] = store.list('ann', everything()).documents
  const decided = store
    .findings('ann', document?.n ?? 0)
    .filter(({ decision }) => decision !== null)
    .map(({ finding }) => finding)
  store.close()
  expect(decided.filter((finding) => answered.includes(finding))).toEqual(answered)
  expect(decided.length - answered.length).toBeLessThanOrEqual(ROUNDS.length)
})

test('an interrupt is the normal end: nothing is left behind', async () => {
  const cwd = folder()
  const text = 'A gadget.'
  writeFileSync(join(cwd, 'results.jsonl'), `${JSON.stringify({ ...documentOf(1, text).record, text })}\n`)
  const { child } = await started(cwd, ['results.jsonl'])
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  const again = await started(cwd, [])
  const exit = once(again.child, 'exit')
  again.child.kill('SIGINT')
  await exit
})
