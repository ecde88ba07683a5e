import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compressed } from '../../src/batch/compress.ts'
import { records } from '../../src/batch/read-records.ts'
import { END_OF_SHARD, type ReadPosition } from '../../src/batch/shapes.ts'
import { all, gzipped, line, OPTIONS, shard, told } from './shards.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

describe('JSON Lines', () => {
  test.each([
    {
      content: '{"id":7,"text":"One."}\n\n  {"text":"Two."}',
      gives: [
        [7, 'One.'],
        ['a.jsonl:3', 'Two.'],
      ],
      why: 'empty lines count as lines and are no records',
    },
    {
      content: '\ufeff{"text":"One."}\r\n',
      gives: [['a.jsonl:1', 'One.']],
      why: 'a byte order mark and carriage returns are no text',
    },
    {
      content: '{"id":"x","text":"a"}\n{"id":"x","text":"b"}\n',
      gives: [
        ['x', 'a'],
        ['x', 'b'],
      ],
      why: 'ids may repeat; numbers tell the records apart',
    },
    {
      content: '{"id":"../../etc/passwd","text":"a"}\n',
      gives: [['../../etc/passwd', 'a']],
      why: 'an id is never a path',
    },
    {
      content: bytes('{"text":"a"}\n{"text":"caf\xe9"}\n{"text":"b"}\n'),
      gives: [
        ['a.jsonl:1', 'a'],
        ['a.jsonl:2', 'record: line 2 is not UTF-8 (first at its byte 13)'],
        ['a.jsonl:3', 'b'],
      ],
      why: 'broken bytes spoil their line only',
    },
    {
      content: bytes('{"text":"a\0b"}\n{"text":"b"}\n'),
      gives: [
        ['a.jsonl:1', 'record: line 1 holds a NUL byte (its byte 11)'],
        ['a.jsonl:2', 'b'],
      ],
      why: 'NUL bytes are told with their place',
    },
    {
      content: '[1]\nnull\n{"text":3}\n{"constructor":"x"}\n',
      gives: [
        ['a.jsonl:1', 'record: line 1 holds no object'],
        ['a.jsonl:2', 'record: line 2 holds no object'],
        ['a.jsonl:3', 'record: line 3: "text" is no string'],
        ['a.jsonl:4', 'record: line 4 has no "text"'],
      ],
      why: 'what is JSON and no document says so',
    },
    {
      content: `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
      gives: [['a.jsonl:1', 'record: line 1: "text" is no string']],
      why: 'nesting has no depth that breaks anything',
    },
  ])('$why', async ({ content, gives }) => {
    expect(told(await all(shard('a.jsonl', content)))).toEqual(gives)
  })

  test('a line that is too long is one problem, held nowhere', async () => {
    const file = shard('a.jsonl', line({ text: 'before' }))
    for (let i = 0; i < 150; i++) appendFileSync(file.path, 'x'.repeat(1_000_000))
    appendFileSync(file.path, `\n${line({ text: 'after' })}`)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const found = []
    for await (const record of records(file, OPTIONS)) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      found.push(record)
    }
    expect(told(found)).toEqual([
      ['a.jsonl:1', 'before'],
      ['a.jsonl:2', 'too-large: line 2 has 150000000 bytes, more than 1000000'],
      ['a.jsonl:3', 'after'],
    ])
    expect(most).toBeLessThan(75_000_000)
  })
})

describe('CSV', () => {
  test.each([
    {
      content: 'id,text\n1,One\n2,"Two, ""three""\nlines"\n\n3,\n',
      gives: [
        ['1', 'One'],
        ['2', 'Two, "three"\nlines'],
        ['3', ''],
      ],
      why: 'quotation marks, delimiters and line feeds in a cell',
    },
    {
      content: '\ufeff"text";other\r\n"a;b";x\r\nc;y\r\n',
      gives: [
        ['a.csv:2', 'a;b'],
        ['a.csv:3', 'c'],
      ],
      why: 'a mark, semicolons, carriage returns, no ids',
    },
    {
      content: 'text\tid\nhe said "so" twice\t5',
      gives: [['5', 'he said "so" twice']],
      why: 'tabs; a quotation mark inside a bare cell is a character; no last line feed',
    },
    {
      content: 'id,text\n1,fine\n2,"open\n3,lost\n',
      gives: [
        ['1', 'fine'],
        [
          'a.csv:3',
          'record: the quotation mark opened on line 3 is never closed: nothing from line 3 on can be read',
        ],
      ],
      why: 'an unclosed quotation mark ends the file with one problem',
    },
    {
      content: 'id,text\n1,"so" it goes,\n2,lost\n',
      gives: [
        [
          'a.csv:2',
          'record: line 2 goes on behind a closing quotation mark: nothing from line 2 on can be read',
        ],
      ],
      why: 'text behind a closing quotation mark does as well',
    },
    {
      content: 'id,text\n1\n2,b\n',
      gives: [
        ['a.csv:2', 'record: the row on line 2 has 1 cell; "text" is column 2'],
        ['2', 'b'],
      ],
      why: 'a short row is its own problem',
    },
    {
      content: 'id,body\n1,b\n',
      gives: [['a.csv:1', 'record: no column is called "text"']],
      why: 'without the column there is one problem',
    },
    {
      content: bytes('id,text\n1,caf\xe9\n2,a\0b\n3,c\n'),
      gives: [
        ['a.csv:2', 'record: the row on line 2 is not UTF-8 (at its byte 6)'],
        ['a.csv:3', 'record: the row on line 3 holds a NUL byte (at its byte 4)'],
        ['3', 'c'],
      ],
      why: 'broken and NUL bytes spoil their row only',
    },
    {
      content: `id,text\n1,${'x'.repeat(2000)}\n2,b\n`,
      gives: [
        ['a.csv:2', 'too-large: the row on line 2 has 2002 bytes, more than 1000'],
        ['2', 'b'],
      ],
      why: 'a long row is passed over',
    },
    { content: '', gives: [], why: 'an empty file has no records' },
  ])('$why', async ({ content, gives }) => {
    expect(told(await all(shard('a.csv', content), { maxBytes: 1000 }))).toEqual(gives)
  })
})

describe('documents', () => {
  test('bytes are handed on as they are, named for their format', async () => {
    const page = Buffer.from('<p>caf\xe9', 'latin1')
    expect(await all(shard('a.html.gz', gzipped(page)))).toEqual([
      {
        state: 'read',
        number: 0,
        id: 'a.html.gz',
        name: 'a.html',
        format: 'auto',
        content: page,
        start: 0,
        next: END_OF_SHARD,
      },
    ])
  })

  test('never more than the limit', async () => {
    const found = await all(shard('a.txt', 'x'.repeat(11)), { maxBytes: 10 })
    expect(told(found)).toEqual([['a.txt', 'too-large: the file has more than 10 bytes']])
  })

  test('a file that is not there is a problem', async () => {
    const file = { ...shard('a.txt', ''), path: '/nowhere/at/all' }
    expect(told(await all(file))).toEqual([['a.txt', 'unreadable: there is no such file']])
  })
})

describe('going on', () => {
  const jsonl = ['{"text":"a"}', '', '{"id":1,"text":"bé"}', 'broken', '  ', '{"text":"d"}'].join('\n')
  const csv = 'id,text\n1,a\n\n2,"b\nb"\n,c\n3,"open'
  const cases = [
    { name: 'a.jsonl', content: jsonl },
    { name: 'a.jsonl.gz', content: gzipped(jsonl.slice(0, 9), jsonl.slice(9)) },
    { name: 'cut.jsonl.gz', content: gzipped(jsonl).subarray(0, -9) },
    { name: 'a.csv', content: csv },
    { name: 'a.csv.gz', content: gzipped(csv) },
    { name: 'a.txt', content: 'A text.' },
  ]
  test.each(cases)('law: from any record of $name on, the rest is the same', async ({ name, content }) => {
    const file = shard(name, content)
    const whole = await all(file)
    expect(whole.map(({ number }) => number)).toEqual(whole.map((_, at) => at))
    for (const [at, { next, nextLine }] of whole.entries()) {
      const counted: ReadPosition = { number: at + 1, offset: next }
      const known = nextLine === undefined ? counted : { ...counted, line: nextLine }
      expect(await all(file, { from: counted })).toEqual(whole.slice(at + 1))
      expect(await all(file, { from: known })).toEqual(whole.slice(at + 1))
    }
  })

  test('law: a record begins where the one before ended or later, and its bytes parse to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 }), async (texts) => {
        const content = Buffer.from(texts.map((text) => line({ text })).join('\n'))
        const found = await all(shard('a.jsonl', content))
        expect(told(found).map(([, text]) => text)).toEqual(texts)
        for (const { start = 0, next } of found) {
          expect(JSON.parse(content.subarray(start, next).toString())).toEqual({ text: texts.shift() })
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('compressed shards', () => {
  const rows = Array.from({ length: 3000 }, (_, id) => line({ id, text: `Text number ${id}.` }))

  test('a gzip file that was cut short gives the records before, then one problem', async () => {
    const cut = gzipped(...rows).subarray(0, 60_000)
    const found = await all(shard('a.jsonl.gz', cut))
    const last = found.at(-1)
    expect(found.length).toBeGreaterThan(500)
    expect(told(found.slice(0, -1))).toEqual(
      rows.slice(0, found.length - 1).map((_, id) => [id, `Text number ${id}.`]),
    )
    expect(last).toMatchObject({ state: 'failed', next: END_OF_SHARD })
    expect(told(found).at(-1)?.[1]).toBe(
      'unreadable: the gzip data cannot be read on: it ends in the middle (cut short)',
    )
  })

  test.each([
    { tail: Buffer.alloc(600), records: 2, why: 'zeros behind the end are padding' },
    {
      tail: Buffer.concat([Buffer.alloc(600), gzipped('{"text":"lost"}\n')]),
      records: 3,
      says: /more bytes follow its end/,
      why: 'data behind the padding is not lost without a word',
    },
    { tail: Buffer.from('rubbish'), says: /damaged before its byte/, why: 'rubbish is told' },
  ])('$why', async ({ tail, records: count, says }) => {
    const content = Buffer.concat([gzipped(line({ text: 'a' }), line({ text: 'b' })), tail])
    const found = told(await all(shard('a.jsonl.gz', content)))
    if (count !== undefined) expect(found).toHaveLength(count)
    expect(found.at(-1)?.[1]).toMatch(says ?? /^b$/)
  })

  test('zstd frames in a row, and one that was cut', async () => {
    const frames = Buffer.concat([
      await compressed(Buffer.from(rows.slice(0, 2000).join('')), 'zstd'),
      // A skippable frame of four bytes.
      Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]),
      await compressed(Buffer.from(rows.slice(2000).join('')), 'zstd'),
    ])
    const whole = await all(shard('a.jsonl.zst', frames))
    expect(told(whole)).toEqual(rows.map((_, id) => [id, `Text number ${id}.`]))
    const cut = told(await all(shard('a.jsonl.zst', frames.subarray(0, -5))))
    expect(cut.length).toBeGreaterThan(1999)
    expect(cut.at(-1)?.[1]).toMatch(/the zstd data cannot be read on: it ends in the middle/)
  })

  test.each([
    { name: 'a.jsonl.gz', content: 'plain text, in spite of its name', says: /gzip data cannot be read on/ },
    { name: 'a.jsonl.zst', content: 'plain text, in spite of its name', says: /no zstd frame/ },
    {
      name: 'a.jsonl.zst',
      // Magic, descriptor, a window of 2^41 bytes; then nothing matters any more.
      content: Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xf8, 1, 0, 0, 0, 0, 0),
      says: /window of more than 134217728 bytes/,
    },
  ])('$name that is none: $says', async ({ name, content, says }) => {
    const found = told(await all(shard(name, content)))
    expect(found).toHaveLength(1)
    expect(found[0]?.[1]).toMatch(says)
  })

  test('a gzip bomb ends at the ratio, and memory stays bounded on the way', async () => {
    // 200 MB of blanks in 0.2 MB; one line without an end.
    const bomb = gzipped(...Array.from({ length: 20 }, () => Buffer.alloc(10_000_000, ' ')))
    const before = process.memoryUsage().arrayBuffers
    const file = shard('a.jsonl.gz', bomb)
    let most = 0
    const found = []
    for await (const record of records(file, { ...OPTIONS, maxRatio: 100 })) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      found.push(record)
    }
    expect(told(found)).toEqual([
      ['a.jsonl.gz:1', 'limit: its compressed bytes become more than 100 times as many'],
    ])
    expect(most).toBeLessThan(60_000_000)
  })
})

test('standard input is read as it comes', async () => {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"text":"a"}\n{"te')
    yield Buffer.from('xt":"b"}\n')
  }
  const file = { name: 'stdin', path: '-', container: 'jsonl', compression: 'none' } as const
  expect(told(await all(file, { stdin: stdin() }))).toEqual([
    ['stdin:1', 'a'],
    ['stdin:2', 'b'],
  ])
})
