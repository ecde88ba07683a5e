import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { END_OF_SHARD } from '../../src/batch/shapes.ts'
import { all, gzipped, shard, told } from './shards.ts'

interface Parts {
  readonly type?: string
  readonly uri?: string
  readonly http?: string
  readonly body: string | Uint8Array
  /** Added to the true Content-Length. */
  readonly off?: number
}

const PAGE = 'content-type: text/html; charset=utf-8'

function warc({ type = 'response', uri = 'https://a.example/', http = PAGE, body, off = 0 }: Parts): Buffer {
  const isHttp = type === 'response' || type === 'request'
  const block = Buffer.concat([
    Buffer.from(isHttp ? `HTTP/1.1 200 OK\r\n${http}\r\n\r\n` : ''),
    Buffer.from(body),
  ])
  const head = [
    'WARC/1.0',
    `WARC-Type: ${type}`,
    `WARC-Target-URI: ${uri}`,
    `Content-Type: ${isHttp ? 'application/http; msgtype=response' : http}`,
    `Content-Length: ${block.length + off}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')])
}

const chunked = (...parts: readonly string[]): string =>
  [...parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`), '0\r\n\r\n'].join('')

describe('web archives', () => {
  test('answers that are HTML or text are documents; the rest is passed over', async () => {
    const content = Buffer.concat([
      warc({ type: 'warcinfo', http: 'application/warc-fields', body: 'software: none\r\n' }),
      warc({ type: 'request', body: '' }),
      warc({
        uri: 'https://a.example/1',
        http: 'Content-Type: text/html; charset="ISO-8859-1"',
        body: '<p>One',
      }),
      warc({ uri: 'https://a.example/2', http: 'content-type: image/png', body: '\x89PNG' }),
      warc({ uri: 'https://a.example/3', http: 'content-type: text/plain', body: 'Three' }),
      warc({ type: 'conversion', uri: 'https://a.example/4', http: 'text/plain', body: 'Four' }),
    ])
    const found = await all(shard('a.warc', content))
    expect(told(found)).toEqual([
      ['https://a.example/1', '<p>One'],
      ['https://a.example/3', 'Three'],
      ['https://a.example/4', 'Four'],
    ])
    expect(found.map((record) => record.state === 'read' && [record.format, record.encoding])).toEqual([
      ['html', 'ISO-8859-1'],
      ['text', undefined],
      ['text', undefined],
    ])
  })

  test('chunks are joined and compression undone, within the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000, 'a'))
    const coded = (coding: string, body: string | Uint8Array): Buffer =>
      warc({ uri: coding, http: `${PAGE}\r\ncontent-encoding: ${coding}`, body })
    const content = Buffer.concat([
      warc({ uri: 'chunked', http: `${PAGE}\r\ntransfer-encoding: chunked`, body: chunked('<p>O', 'ne') }),
      warc({ uri: 'not', http: `${PAGE}\r\ntransfer-encoding: chunked`, body: '<p>Joined already' }),
      coded('gzip', gzipSync('<p>Two')),
      coded('br', brotliCompressSync('<p>Three')),
      coded('x-gzip', '<p>Undone already'),
      coded('gzip', bomb),
      coded('rot13', '<c>Sbhe'),
      coded('deflate', 'no such thing'),
    ])
    expect(told(await all(shard('a.warc', content), { maxBytes: 100_000 }))).toEqual([
      ['chunked', '<p>One'],
      ['not', '<p>Joined already'],
      ['gzip', '<p>Two'],
      ['br', '<p>Three'],
      ['x-gzip', '<p>Undone already'],
      ['gzip', 'too-large: its decompressed body has more than 100000 bytes'],
      ['rot13', 'record: its content coding "rot13" is not known'],
      ['deflate', expect.stringMatching(/^record: its deflate body is damaged/)],
    ])
  })

  test.each([
    { off: -3, says: /it is not as long as it declares/, why: 'too short' },
    { off: 5, says: /it is not as long as it declares/, why: 'too long by some bytes' },
    { off: 10_000, says: /the file ends before the \d+ bytes it declares/, why: 'longer than the file' },
    { off: 10_000_000_000, says: /the file ends before/, why: 'longer than any file' },
  ])('a length that is $why is one problem', async ({ off, says }) => {
    const warned = vi.spyOn(console, 'warn')
    const content = Buffer.concat([
      warc({ uri: 'before', body: '<p>Before' }),
      warc({ uri: 'wrong', body: '<p>Wrong', off }),
      warc({ uri: 'after', body: '<p>After' }),
    ])
    const found = told(await all(shard('a.warc', content)))
    expect(found.map(([id]) => id)).toEqual(['before', 'wrong', 'after'])
    expect(found[1]?.[1]).toMatch(says)
    expect(warned).not.toHaveBeenCalled()
  })

  test.each([
    { content: 'no archive at all', count: 1, why: 'other text' },
    { content: '', count: 0, why: 'an empty file' },
    { content: `WARC/1.0\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`, count: 1, why: 'a header without end' },
    { content: 'WARC/1.0\r\nContent-Length: many\r\n\r\n\r\n\r\n', count: 1, why: 'a length in words' },
    { content: 'WARC/1.0\r\nContent-Length: -5\r\n\r\n\r\n\r\n', count: 1, why: 'a length below nothing' },
    { content: '\r\nWARC/1.\r\nWARC/1.'.repeat(50), count: 1, why: 'beginnings without records' },
  ])('$why never hangs', async ({ content, count }) => {
    const found = await all(shard('a.warc', content))
    expect(found.length).toBeGreaterThanOrEqual(count)
    for (const record of found) expect(record.state).toBe('failed')
  })

  test('a long record is told, a long image is not', async () => {
    const body = 'x'.repeat(300_000)
    const content = Buffer.concat([
      warc({ uri: 'page', body }),
      warc({ uri: 'image', http: 'content-type: image/png', body }),
      warc({ uri: 'after', body: '<p>After' }),
    ])
    expect(told(await all(shard('a.warc', content), { maxBytes: 100_000 }))).toEqual([
      ['page', expect.stringMatching(/^too-large: the record has 3000\d\d bytes, more than 100000/)],
      ['after', '<p>After'],
    ])
  })

  test('law: members, chunks of members, and going on give the same records', async () => {
    const parts = ['a', 'b', 'c'].map((uri) => warc({ uri, body: `<p>${uri}` }))
    const whole = await all(shard('a.warc', Buffer.concat(parts)))
    const file = shard('a.warc.gz', gzipped(...parts))
    expect(await all(file)).toEqual(whole)
    for (const [at, { next }] of whole.entries()) {
      expect(await all(file, { from: { number: at + 1, offset: next } })).toEqual(whole.slice(at + 1))
    }
  })

  test('going on behind a cut end gives nothing more', async () => {
    const content = warc({ uri: 'cut', body: '<p>Cut' }).subarray(0, -12)
    const file = shard('a.warc', content)
    const [only, ...more] = await all(file)
    expect(more).toEqual([])
    expect(only).toMatchObject({ id: 'cut', state: 'failed', next: END_OF_SHARD })
  })
})
