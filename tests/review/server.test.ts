/** The server lets in whom it should, gives out what it should, and nothing of a document can run. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type {
  DocumentAnswer,
  DocumentsAnswer,
  ErrorAnswer,
  SessionAnswer,
} from '../../src/review/api-types.ts'
import { startServer } from '../../src/review/server.ts'
import { send, visitor } from './client.ts'
import { add, documentOf, folder, numberOf, review } from './made.ts'

describe('who is let in', () => {
  test('the printed address is exchanged for a cookie, once', async () => {
    const { server } = await visitor(review(), { pageFolder: '/nowhere/web' })
    const entry = await send(server.port, new URL(server.url).pathname + new URL(server.url).search)
    expect([entry.status, entry.headers.location]).toEqual([303, '/'])
    const [cookie = ''] = entry.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const own = { cookie: cookie.split(';')[0] ?? '' }
    expect((await send(server.port, '/api/session', { headers: own })).status).toBe(200)
    expect((await send(server.port, '/', { headers: own })).text).toContain('The page is not built')
  })

  test.each([
    { path: '/', headers: {}, status: 401, why: 'no token' },
    { path: '/?token=guessed', headers: {}, status: 401, why: 'a guess' },
    { path: '/api/session?token=TOKEN', headers: {}, status: 401, why: 'the token opens the page only' },
    {
      path: '/api/session',
      headers: { cookie: 'unspin_review_1=TOKEN' },
      status: 401,
      why: 'cookie of another port',
    },
    { path: '/api/session', headers: { authorization: 'Bearer TOKEN' }, status: 200, why: 'by header' },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', host: 'evil.example' },
      status: 403,
      why: 'rebound name',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', host: '127.0.0.1:1' },
      status: 403,
      why: 'another port',
    },
    {
      path: '/?token=TOKEN',
      headers: { host: 'evil.example:PORT' },
      status: 403,
      why: 'rebound name, even with the token',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', host: 'localhost:PORT' },
      status: 200,
      why: 'localhost',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', origin: 'http://evil.example' },
      status: 403,
      why: 'foreign origin',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', origin: 'null' },
      status: 403,
      why: 'sandboxed page',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      status: 403,
      why: 'image of another site',
    },
    {
      path: '/api/session',
      headers: { authorization: 'Bearer TOKEN', origin: 'http://127.0.0.1:PORT' },
      status: 200,
      why: 'own origin',
    },
  ])('$status: $why', async ({ path, headers, status }) => {
    const { server } = await visitor(review())
    const real = (text: string): string =>
      text.replace('TOKEN', server.token).replace('PORT', String(server.port))
    const sent = Object.entries(headers).map(([name, value]) => [name, real(value ?? '')])
    const answer = await send(server.port, real(path), {
      headers: { host: `127.0.0.1:${server.port}`, ...Object.fromEntries(sent) },
    })
    expect(answer.status).toBe(status)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    if (status >= 400) expect(answer.json<ErrorAnswer>().error.fix).not.toBe('')
  })

  test.each([
    { listen: '0.0.0.0', says: 'lets others on the network in' },
    { listen: '::', token: 'short', says: 'at least 16' },
    { listen: '127.0.0.1', token: 'with blanks, and long enough', says: 'at least 16' },
  ])('listening on $listen: $says', async ({ says, ...setting }) => {
    const starting = startServer({
      store: review(),
      reviewer: 'ann',
      port: 0,
      report: () => undefined,
      ...setting,
    })
    await expect(starting).rejects.toThrow(says)
  })

  test('a port that is taken is told', async () => {
    const { server } = await visitor(review())
    const other = startServer({
      store: review(),
      reviewer: 'ann',
      port: server.port,
      report: () => undefined,
    })
    await expect(other).rejects.toThrow(`port ${server.port} of 127.0.0.1 cannot be used (EADDRINUSE)`)
  })
})

describe('files of the page', () => {
  test('only plain names below the folder, no listing, no link out of it', async () => {
    const outside = folder()
    const pages = join(outside, 'web')
    mkdirSync(join(pages, 'assets'), { recursive: true })
    writeFileSync(join(outside, 'secret.txt'), 'hidden words')
    writeFileSync(join(pages, 'index.html'), '<title>page</title>')
    writeFileSync(join(pages, 'assets', 'a.js'), 'start()')
    writeFileSync(join(pages, 'assets', '.env.txt'), 'hidden words')
    symlinkSync(join(outside, 'secret.txt'), join(pages, 'link.txt'))
    const { get } = await visitor(review(), { pageFolder: pages })
    expect((await get('/')).text).toBe('<title>page</title>')
    expect((await get('/assets/a.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
    for (const path of [
      '/assets',
      '/assets/',
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//secret.txt',
      '/link.txt',
      '/assets/.env.txt',
      '/assets/a.js%00.txt',
    ]) {
      const answer = await get(path)
      expect({ path, status: answer.status, leaked: answer.text.includes('hidden words') }).toEqual({
        path,
        status: 404,
        leaked: false,
      })
    }
  })
})

describe('requests', () => {
  const HOSTILE = `<script>alert(1)</script>\n<p onclick="x()">The old gadget hums.</p><img src=x onerror=alert(2)>`

  test('a scraped page full of scripts arrives as text', async () => {
    const store = review()
    const name = '"><script>alert(3)</script>.html'
    const n = add(store, documentOf(name, HOSTILE))
    const { get } = await visitor(store)
    for (const path of [`/api/documents/${n}`, '/api/documents', '/api/export/precision']) {
      const answer = await get(path)
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.text).not.toContain('<script')
    }
    const { segments, document } = (await get(`/api/documents/${n}`)).json<DocumentAnswer>()
    expect(document.name).toBe(name)
    expect(segments.map(({ kind }) => kind)).toEqual(['markup', 'text', 'finding', 'text', 'markup'])
    expect(segments.map(({ start, end }) => HOSTILE.slice(start, end)).join('')).toBe(HOSTILE)
    const patch = await get('/api/export/patch')
    expect(patch.headers['content-disposition']).toBe('attachment; filename="review.patch"')
  })

  test('decide, decide all, undo', async () => {
    const store = review()
    const n = add(store, documentOf('a.txt', 'One gadget. Two Gadget. Three gadget.'))
    const m = add(store, documentOf('b.txt', 'Four gadget.'))
    const { get, post } = await visitor(store)
    const first = numberOf(store, n)
    expect((await post('/api/decisions', { finding: first, action: 'accept' })).json()).toMatchObject({
      finding: { decision: { action: 'accept', text: 'machine', reviewer: 'ann', batch: null } },
      progress: { decided: 1, findings: 4 },
    })
    const all = { finding: numberOf(store, n, 2), action: 'accept', text: 'device', scope: 'run' }
    expect((await post('/api/decisions/preview-all', all)).json()).toMatchObject({
      count: 3,
      documents: 2,
      skipped: 1,
      places: [
        { text: 'Device' },
        { text: 'device', before: 'One gadget. Two Gadget. Three ', after: '.' },
        { name: 'b.txt' },
      ],
    })
    expect((await post('/api/decisions/all', { ...all, expect: 9 })).status).toBe(409)
    expect(store.progress('ann').decided).toBe(1)
    const done = (await post('/api/decisions/all', { ...all, expect: 3 })).json<{
      decision: string
      applied: number
    }>()
    expect(done.applied).toBe(3)
    expect((await get('/api/export/cleaned')).text).toBe(
      '{"id":"a.txt","text":"One machine. Two Device. Three device."}\n{"id":"b.txt","text":"Four device."}\n',
    )
    expect((await post('/api/decisions/undo', { decision: done.decision })).json()).toMatchObject({
      undone: { length: 3 },
      progress: { decided: 1 },
    })
    expect(
      (await get(`/api/documents?undecided=1&sort=undecided&phrase=GADGET`)).json<DocumentsAnswer>(),
    ).toMatchObject({
      total: 2,
      documents: [
        { n, matching: 2, decided: 1 },
        { n: m, matching: 1 },
      ],
    })
  })

  test('another reviewer at this browser', async () => {
    const store = review()
    add(store, documentOf('a.txt', 'One gadget.'))
    const { server, put, get } = await visitor(store)
    const answer = await put('/api/session', { reviewer: ' Zoë\u0000 <b> ' })
    expect(answer.json<SessionAnswer>().reviewer).toBe('Zoë\ufffd <b>')
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    expect(cookie).toContain(`unspin_reviewer_${server.port}=Zo%C3%AB`)
    const session = await get('/api/session', { cookie: cookie.split(';')[0] ?? '' })
    expect(session.json<SessionAnswer>()).toMatchObject({
      reviewer: 'Zoë\ufffd <b>',
      facets: {
        source: [{ value: 'habits/words-1', findings: 1 }],
        kind: [{ value: 'word', findings: 1 }],
        dialect: [],
      },
    })
  })

  test.each([
    {
      path: '/api/decisions',
      body: { finding: 1, action: 'delete' },
      status: 400,
      says: '"action" is "delete"',
    },
    {
      path: '/api/decisions',
      body: { finding: 999, action: 'reject' },
      status: 404,
      says: 'there is no finding 999',
    },
    {
      path: '/api/decisions',
      body: { finding: '1', action: 'reject' },
      status: 400,
      says: '"finding" is "1"',
    },
    { path: '/api/decisions', body: [], status: 400, says: 'no JSON object' },
    {
      path: '/api/decisions',
      body: { finding: 1, action: 'retype', text: 'x'.repeat(2001) },
      status: 400,
      says: '"text" is',
    },
    { path: '/api/decisions', body: { why: 'x'.repeat(70_000) }, status: 413, says: 'more than 65536 bytes' },
    {
      path: '/api/decisions/all',
      body: { finding: 1, action: 'reject', scope: 'place' },
      status: 400,
      says: '"scope" is "place"',
    },
    { path: '/api/session', body: { reviewer: ' ' }, status: 404, says: 'no such address' },
    { path: '/api/nothing', body: {}, status: 404, says: 'no such address' },
  ])('$status $path: $says', async ({ path, body, status, says }) => {
    const store = review()
    add(store, documentOf('a.txt', 'One gadget.'))
    const { post } = await visitor(store)
    const answer = await post(path, body)
    expect(answer.status).toBe(status)
    expect(answer.json<ErrorAnswer>().error.message).toContain(says)
    expect([...store.history()]).toEqual([])
  })

  test.each([
    { path: '/api/documents?limit=0', says: '"limit" is "0"' },
    { path: '/api/documents?sort=constructor', says: '"sort" is "constructor"' },
    { path: '/api/documents?minConfidence=high', says: '"minConfidence" is "high"' },
    { path: '/api/documents/1e3', says: '"the number of the document" is "1e3"' },
    { path: '/api/documents/77', says: 'there is no document 77' },
    { path: '/api/export/passwords', says: 'there is no export "passwords"' },
  ])('GET $path: $says', async ({ path, says }) => {
    const { get } = await visitor(review())
    expect((await get(path)).json<ErrorAnswer>().error.message).toContain(says)
  })

  test('a form of another type decides nothing', async () => {
    const store = review()
    const n = add(store, documentOf('a.txt', 'One gadget.'))
    const { server } = await visitor(store)
    const answer = await send(server.port, '/api/decisions', {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/plain' },
      body: JSON.stringify({ finding: numberOf(store, n), action: 'reject' }),
    })
    expect([answer.status, [...store.history()].length]).toEqual([400, 0])
  })
})
