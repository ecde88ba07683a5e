/** `unspin serve` as a process with the real engine: its answers against its own description. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, postJson } from './serving.ts'

const MAIN = resolve('dist/cli/main.js')
const SPUN =
  'In savory of the cost, the Joint States asked for a second notion. They use profound learning, 😀 of course.'
const HOSTILE =
  '<p>In savory of the <img src=x onerror=alert(1)>cost</p><script>alert(2)</script>&lt;script&gt;alert(3)&lt;/script&gt;'

let child: ChildProcess
let port = 0

async function start(...args: string[]): Promise<{ child: ChildProcess; told: string }> {
  const started = spawn(process.execPath, [MAIN, 'serve', '--no-config', ...args])
  let told = ''
  for await (const part of started.stderr) {
    told += part
    if (told.includes('\n')) break
  }
  return { child: started, told }
}

beforeAll(async () => {
  const started = await start('--port', '0', '--max-body', '20k', '--jobs', '2')
  child = started.child
  port = Number(/^unspin: listening on http:\/\/127\.0\.0\.1:(\d+)\n$/.exec(started.told)?.[1])
})
afterAll(() => child.kill('SIGKILL'))

describe('answers fit the description', () => {
  interface Api {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }> }>
    >
    components: { schemas: Record<string, object> }
  }
  const schemaOf = async (path: string, method: string, status: number) => {
    const api: Api = JSON.parse((await ask(port, '/openapi.json')).text)
    const schema = api.paths[path]?.[method]?.responses[status]?.content['application/json']?.schema
    const ajv = new Ajv2020({ strict: false })
    ajv.addSchema({ $id: 'api', ...api })
    return ajv.compile({ $ref: `api${schema?.$ref}` })
  }

  test.each([
    { path: '/v1/scan', value: { text: SPUN, id: 'x' }, status: 200, why: 'findings' },
    { path: '/v1/scan', value: { text: '' }, status: 200, why: 'no text' },
    { path: '/v1/scan', value: { text: 'a\u0000b' }, status: 200, why: 'no text either' },
    { path: '/v1/scan', value: { text: SPUN, minConfidence: 0 }, status: 200, why: 'every candidate' },
    { path: '/v1/fix', value: { text: SPUN, applyAbove: 0.5 }, status: 200, why: 'fixes' },
    { path: '/v1/fix', value: { text: '' }, status: 200, why: 'nothing to fix' },
    { path: '/v1/scan', value: {}, status: 400, why: 'an error' },
    { path: '/v1/scan', value: { text: 'x'.repeat(30_000) }, status: 413, why: 'another error' },
  ])('$path, $status: $why', async ({ path, value, status }) => {
    const answer = await postJson(port, path, value)
    expect(answer.status).toBe(status)
    const fits = await schemaOf(path, 'post', status)
    fits(JSON.parse(answer.text))
    expect(fits.errors).toBeNull()
  })

  test('/health', async () => {
    const fits = await schemaOf('/health', 'get', 200)
    fits(JSON.parse((await ask(port, '/health')).text))
    expect(fits.errors).toBeNull()
  })
})

test('places are those of the text as sent', async () => {
  const { findings } = JSON.parse((await postJson(port, '/v1/scan', { text: SPUN })).text)
  expect(findings.length).toBeGreaterThan(0)
  for (const { start, end, surface } of findings) expect(SPUN.slice(start, end)).toBe(surface)
})

test('what was fixed is not found again', async () => {
  const { text, applied } = JSON.parse((await postJson(port, '/v1/fix', { text: SPUN })).text)
  expect(applied.length).toBeGreaterThan(0)
  expect(text).not.toBe(SPUN)
})

test('the page shows a hostile text as text', async () => {
  const { status, text, headers } = await ask(port, '/report', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ text: HOSTILE, format: 'text' }).toString(),
  })
  expect(status).toBe(200)
  expect(text).not.toMatch(/<(?:script|img)/)
  // Words of it may be marked as places; what is read is the text as it was sent.
  const read = text.replaceAll(/<[^>]*>/g, '')
  expect(read).toContain('&lt;script&gt;alert(2)')
  expect(read).toContain('Pasted text')
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^;]*; /)
})

test('while a long text is read the server answers', async () => {
  const long = postJson(port, '/v1/scan', { text: `${SPUN}\n`.repeat(150) })
  expect((await ask(port, '/health')).status).toBe(200)
  expect((await long).status).toBe(200)
})

test.each([
  { args: ['--port', 'x'], code: 64, says: '--port: "x" is not a whole number from 0 to 65535' },
  { args: ['--max-body', '0'], code: 64, says: '--max-body: "0" is not a size' },
  { args: ['--listen', '0.0.0.0'], code: 64, says: 'listening on 0.0.0.0 lets others on the network in' },
  { args: ['--port', '0', '--model', 'gone'], code: 1, says: 'the model cannot be loaded' },
])('refuses $args', async ({ args, code, says }) => {
  const { child: refused, told } = await start(...args)
  expect(told).toContain(says)
  const status = refused.exitCode ?? (await once(refused, 'exit'))[0]
  expect(status).toBe(code)
})

test('an interrupt ends it with 130', async () => {
  child.kill('SIGINT')
  const status = child.exitCode ?? (await once(child, 'exit'))[0]
  expect(status).toBe(130)
})
