/** `unspin serve` over real sockets, with made-up threads: who may ask, what is refused, what bounds it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, postJson, type Sent, type Serving, serving, until } from './serving.ts'

let server: Serving
beforeAll(async () => {
  server = await serving({ threads: 2, waiting: 64 })
})
afterAll(() => server.close())

const errorOf = (text: string): { message: string; fix: string } => JSON.parse(text).error

describe('who may ask', () => {
  const here = (): string => `127.0.0.1:${server.port}`
  test.each([
    { headers: () => ({ host: here() }), status: 200, why: 'our address' },
    { headers: () => ({ host: `localhost:${server.port}` }), status: 200, why: 'our name' },
    { headers: () => ({ host: 'evil.example' }), status: 403, why: 'a name that was rebound to us' },
    { headers: () => ({ host: `evil.example:${server.port}` }), status: 403, why: 'with our port' },
    { headers: () => ({ host: '127.0.0.1:1' }), status: 403, why: 'another port' },
    { headers: () => ({ host: here(), origin: 'https://evil.example' }), status: 403, why: 'another page' },
    { headers: () => ({ host: here(), origin: 'null' }), status: 403, why: 'a page without an origin' },
    { headers: () => ({ host: here(), origin: `http://${here()}` }), status: 200, why: 'our own page' },
    {
      headers: () => ({ host: here(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
      status: 403,
      why: 'a picture or script of another page',
    },
  ])('$status for $why', async ({ headers, status }) => {
    for (const path of ['/', '/health', '/openapi.json']) {
      expect((await ask(server.port, path, { headers: headers() })).status).toBe(status)
    }
    const scanned = await postJson(server.port, '/v1/scan', { text: 'x' }, headers())
    expect(scanned.status).toBe(status)
    if (status === 403) expect(errorOf(scanned.text).fix).not.toBe('')
  })

  test('every answer carries the policy of a page that runs nothing foreign', async () => {
    for (const path of ['/', '/nope', '/health', '/page.js']) {
      const { headers } = await ask(server.port, path)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('the form page lets its form say where it comes from, on every way to it', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const again = await ask(server.port, '/report', { method: 'POST', headers: type, body: 'text=+' })
    expect(again.headers['referrer-policy']).toBe('same-origin')
    expect((await ask(server.port, '/')).headers['referrer-policy']).toBe('same-origin')
  })

  test.each(['/../package.json', '/%2e%2e/package.json', '/.git/config', '//', '/page.js/', '/v1/'])(
    'there are no files and no folders: %s',
    async (path) => {
      const { status, text } = await ask(server.port, path)
      expect(status).toBe(404)
      expect(errorOf(text).message).toBe('there is no such page')
    },
  )

  test.each([
    { method: 'GET', path: '/v1/scan', allow: 'POST' },
    { method: 'DELETE', path: '/v1/fix', allow: 'POST' },
    { method: 'POST', path: '/health', allow: 'GET' },
  ])('$method $path is told what is allowed', async ({ method, path, allow }) => {
    const { status, headers } = await ask(server.port, path, { method })
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow })
  })
})

describe('requests', () => {
  const job = async (path: string, sent: Sent): Promise<unknown> => {
    const { status, text } = await ask(server.port, path, { method: 'POST', ...sent })
    expect({ status, text }).toMatchObject({ status: 200 })
    return JSON.parse(text)
  }

  test.each([
    {
      path: '/v1/scan',
      type: 'application/json',
      body: '{"text":"calm","id":7,"format":"md","minConfidence":0.5}',
      gives: { kind: 'scan', content: 'calm', id: 7, format: 'md', minConfidence: 0.5 },
    },
    {
      path: '/v1/fix',
      type: 'Application/JSON; charset=utf-8',
      body: '{"text":"","applyAbove":1}',
      gives: { kind: 'fix', content: '', id: '-', format: 'auto', applyAbove: 1 },
    },
    {
      path: '/v1/scan?id=a%20b&minConfidence=0.25',
      type: 'text/plain',
      body: 'calm',
      gives: { kind: 'scan', content: 'calm', id: 'a b', format: 'text', minConfidence: 0.25 },
    },
    {
      path: '/v1/scan',
      type: 'text/html; charset="ISO-8859-1"',
      body: '<p>x',
      gives: { kind: 'scan', content: '<p>x', id: '-', format: 'html', encoding: 'iso-8859-1' },
    },
    {
      path: '/v1/fix?format=auto',
      type: 'text/markdown',
      body: '# x',
      gives: { kind: 'fix', content: '# x', id: '-', format: 'auto' },
    },
  ])('$type to $path', async ({ path, type, body, gives }) => {
    expect(await job(path, { headers: { 'content-type': type }, body })).toEqual(gives)
  })

  test.each([
    { body: '{"text":', says: 'not JSON in UTF-8' },
    { body: '[]', says: 'no JSON object' },
    { body: '{}', says: 'there is no "text"' },
    { body: '{"text":1}', says: '"text" is no string' },
    { body: '{"text":"x","formt":"md"}', says: 'unknown option "formt"', fix: 'did you mean "format"?' },
    { body: '{"text":"x","applyAbove":1}', says: 'unknown option "applyAbove"' },
    { body: '{"text":"x","__proto__":{"id":1}}', says: 'unknown option "__proto__"' },
    { body: '{"text":"x","constructor":1}', says: 'unknown option "constructor"' },
    { body: '{"text":"x","format":"pdf"}', says: '"format" is "pdf"', fix: 'auto, text, md, html' },
    { body: '{"text":"x","minConfidence":2}', says: '"minConfidence" is 2', fix: '0 to 1' },
    { body: '{"text":"x","minConfidence":"0.5"}', says: '"minConfidence" is "0.5"' },
    { body: '{"text":"x","id":{}}', says: '"id" is {}' },
    { body: `{"text":"x","id":"${'y'.repeat(900)}`, says: 'not JSON' },
  ])('400: $says', async ({ body, says, fix = '' }) => {
    const { status, text } = await postJson(server.port, '/v1/scan', body)
    expect(status).toBe(400)
    expect(errorOf(text).message).toContain(says)
    expect(errorOf(text).fix).toContain(fix)
  })

  test.each([
    {
      path: '/v1/scan?id=1',
      type: 'application/json',
      body: '{"text":"x"}',
      status: 400,
      says: 'options inside',
    },
    { path: '/v1/scan?x=1', type: 'text/plain', body: 'x', status: 400, says: 'unknown option "x"' },
    { path: '/v1/scan?minConfidence=high', type: 'text/plain', body: 'x', status: 400, says: 'is "high"' },
    { path: '/v1/scan', type: 'application/pdf', body: 'x', status: 415, says: 'is not read here' },
    { path: '/v1/scan', type: 'text/plain', body: 'x', encoding: 'gzip', status: 415, says: 'compressed' },
    { path: '/report', type: 'text/plain', body: 'text=x', status: 415, says: 'not the form' },
    {
      path: '/report',
      type: 'application/x-www-form-urlencoded',
      body: 'text=+',
      status: 400,
      says: 'no text',
    },
  ])('$status for $type to $path: $says', async ({ path, type, body, encoding, status, says }) => {
    const headers = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) }
    const answer = await ask(server.port, path, { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(says.replaceAll('"', path === '/report' ? '&quot;' : '\\"'))
  })
})

describe('limits', () => {
  test.each([
    { why: 'a length that is too large', body: 'x'.repeat(1001), status: 413 },
    {
      why: 'chunks that grow too large',
      body: Array.from({ length: 50 }, () => 'x'.repeat(100)),
      status: 413,
    },
    { why: 'exactly as much as allowed', body: 'x'.repeat(1000), status: 200 },
  ])('$status for $why', async ({ body, status }) => {
    const headers = { 'content-type': 'text/plain' }
    const answer = await ask(server.port, '/v1/scan', { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    if (status === 413) expect(errorOf(answer.text).message).toBe('the text has more than 1000 bytes')
  })

  test('many at once: every one gets its own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, id) => postJson(server.port, '/v1/scan', { text: `text ${id}`, id })),
    )
    expect(answers.map(({ text }) => JSON.parse(text).content)).toEqual(answers.map((_, id) => `text ${id}`))
  })

  test('a full house: 429 at once, others are answered, and the waiting one in its turn', async () => {
    const small = await serving({ threads: 1, waiting: 1 })
    try {
      const first = postJson(small.port, '/v1/scan', { text: 'wait', id: 1 })
      await until(small.port, { reading: 1 })
      const second = postJson(small.port, '/v1/scan', { text: 'calm', id: 2 })
      await until(small.port, { reading: 1, waiting: 1 })
      const third = await postJson(small.port, '/v1/scan', { text: 'calm', id: 3 })
      expect({ status: third.status, retry: third.headers['retry-after'] }).toEqual({
        status: 429,
        retry: '2',
      })
      small.open()
      expect([JSON.parse((await first).text).id, JSON.parse((await second).text).id]).toEqual([1, 2])
    } finally {
      await small.close()
    }
  })

  test('a client that leaves takes its text out of the queue', async () => {
    const small = await serving({ threads: 1, waiting: 4 })
    try {
      const first = postJson(small.port, '/v1/scan', { text: 'wait' })
      await until(small.port, { reading: 1 })
      const leaving = new AbortController()
      const left = ask(small.port, '/v1/scan', {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: 'calm',
        signal: leaving.signal,
      })
      await until(small.port, { waiting: 1 })
      leaving.abort()
      await expect(left).rejects.toThrow()
      await until(small.port, { reading: 1, waiting: 0 })
      small.open()
      expect((await first).status).toBe(200)
    } finally {
      await small.close()
    }
  })

  test('a text that takes too long is given up, and the next one is read', async () => {
    const quick = await serving({ timeLimit: 1000 })
    try {
      const late = await postJson(quick.port, '/v1/scan', { text: 'hang' })
      expect({ status: late.status, ...errorOf(late.text) }).toEqual({
        status: 504,
        message: 'reading took longer than 1 s',
        fix: 'split the text',
      })
      // On a busy machine the new thread may need longer than the limit: 503 until it is there.
      let status = 503
      for (let round = 0; round < 50 && status === 503; round++) {
        status = (await postJson(quick.port, '/v1/scan', { text: 'calm' })).status
      }
      expect(status).toBe(200)
    } finally {
      await quick.close()
    }
  })

  test('a thread that dies costs its own text only', async () => {
    const died = await postJson(server.port, '/v1/scan', { text: 'die' })
    expect(died.status).toBe(500)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => postJson(server.port, '/v1/scan', { text: 'calm' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })

  test('an error inside tells nothing of the inside', async () => {
    const { status, text } = await postJson(server.port, '/v1/scan', { text: 'fail' })
    expect(status).toBe(500)
    expect(text).not.toContain('secret')
  })

  test('closing answers what is still waiting', async () => {
    const small = await serving()
    const first = postJson(small.port, '/v1/scan', { text: 'hang' })
    await until(small.port, { reading: 1 })
    const outcome = first.then(
      ({ status }) => status,
      () => 'closed',
    )
    await small.close()
    expect([503, 'closed']).toContain(await outcome)
  })
})

describe('token', () => {
  const token = 'a-long-token-of-letters'
  let closed: Serving
  beforeAll(async () => {
    closed = await serving({ token })
  })
  afterAll(() => closed.close())

  test.each([
    { headers: {}, status: 401, why: 'no token' },
    { headers: { authorization: 'Bearer a-long-token-of-letterz' }, status: 401, why: 'another token' },
    { headers: { authorization: `Basic ${token}` }, status: 401, why: 'another scheme' },
    { headers: { authorization: `Bearer ${token}` }, status: 200, why: 'the token' },
  ])('$status for $why', async ({ headers, status }) => {
    expect((await postJson(closed.port, '/v1/scan', { text: 'x' }, headers)).status).toBe(status)
    expect((await ask(closed.port, '/', { headers })).status).toBe(status)
    expect((await ask(closed.port, '/health', { headers })).status).toBe(200)
  })

  test('the page takes it once from the address into a cookie no script reads', async () => {
    const { status, headers } = await ask(closed.port, `/?token=${token}`)
    const cookie = headers['set-cookie']?.[0] ?? ''
    expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' })
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/)
    const own = { cookie: cookie.split(';')[0] ?? '' }
    expect((await ask(closed.port, '/', { headers: own })).status).toBe(200)
    expect((await ask(closed.port, '/v1/scan?token=x', { headers: {} })).status).toBe(401)
  })

  test.each([
    { listen: '0.0.0.0', why: 'everybody may ask' },
    { listen: '0.0.0.0', token: 'short', why: 'the token is short' },
  ])('refuses to listen where $why', async ({ why: _, ...options }) => {
    await expect(serving(options)).rejects.toMatchObject({ fix: expect.stringContaining('--token') })
  })

  test('listens elsewhere with a token, to its own addresses only', async () => {
    const open = await serving({ listen: '0.0.0.0', token, names: ['desk.example'] })
    try {
      const status = async (host: string): Promise<number> =>
        (await ask(open.port, '/health', { headers: { host } })).status
      expect(await status('192.168.7.7')).toBe(200)
      expect(await status('desk.example')).toBe(200)
      expect(await status('evil.example')).toBe(403)
    } finally {
      await open.close()
    }
  })
})

describe('starting', () => {
  test('a port that is taken', async () => {
    await expect(serving({ port: server.port })).rejects.toMatchObject({
      message: `127.0.0.1: port ${server.port} is taken`,
      fix: 'name another --port, or 0 for a free one',
    })
  })

  test.each([
    { extra: { unusable: true }, says: 'no model' },
    { extra: { stillborn: true }, says: 'no thread can be started: the thread ended' },
  ])('threads that cannot be used: $says', async ({ extra, says }) => {
    await expect(serving({}, extra)).rejects.toMatchObject({ message: says })
  })

  test('threads that die with nothing to read are not started for ever', async () => {
    const frail = await serving({}, { frail: true })
    let status = 200
    for (let round = 0; round < 20_000 && status === 200; round++) {
      status = (await ask(frail.port, '/health')).status
    }
    expect(status).toBe(503)
    await frail.close()
  })
})
