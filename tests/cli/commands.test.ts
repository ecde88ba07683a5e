import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sink } from '../../src/cli/world.ts'
import { unspinRun } from './fake.ts'

let cwd = ''
const at = (name: string): string => join(cwd, name)
const HEAD = '# origin: written for this test\n# licence: MIT\n# date: 2026-11-23\n'
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-commands-'))
  mkdirSync(at('lists/habits'), { recursive: true })
  writeFileSync(at('lists/habits/words.tsv'), `${HEAD}machine\tn\tgadget; appliance\npeople\tx\tfolks\n`)
})
afterEach(() => rmSync(cwd, { recursive: true }))

describe('dict', () => {
  const lists = ['--wordlists', 'lists']

  test('check passes sound lists and counts them', async () => {
    expect(await unspinRun(['dict', 'check', ...lists], { cwd })).toMatchObject({
      code: 0,
      stdout: '1 file checked: 0 errors, 0 warnings\n',
    })
  })

  test('a malformed list: place, fact, fix, exit 1; build writes nothing', async () => {
    writeFileSync(at('bad.tsv'), `${HEAD}machine\tq\tgadget\n`)
    for (const args of [['check'], ['build', '--out', 'out.bin']]) {
      const { code, stderr } = await unspinRun(['dict', ...args, ...lists, 'bad.tsv'], { cwd })
      expect(code).toBe(1)
      expect(stderr).toMatch(/^bad\.tsv:4: .+\n {2}fix: .+\n/)
    }
    expect(readdirSync(cwd)).not.toContain('out.bin')
  })

  test('build writes a dictionary, twice the same bytes', async () => {
    await unspinRun(['dict', 'build', ...lists, '--out', 'a/one.bin'], { cwd })
    const { code, stdout } = await unspinRun(['dict', 'build', ...lists, '--out', 'two.bin'], { cwd })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(readFileSync(at('a/one.bin')).equals(readFileSync(at('two.bin')))).toBe(true)
    expect(readdirSync(cwd).sort()).toEqual(['a', 'lists', 'two.bin'])
  })

  test('why names the entry, or the nearest one', async () => {
    expect((await unspinRun(['dict', 'why', 'gadgets', ...lists], { cwd })).stdout).toContain('machines')
    expect((await unspinRun(['dict', 'why', 'gadgte', ...lists], { cwd })).stdout).toContain('gadget')
  })

  test('stats count', async () => {
    expect((await unspinRun(['dict', 'stats', ...lists], { cwd })).stdout).toContain('pairs: 3\n')
  })

  test.each([
    { args: ['check', '--wordlists', 'gone'], says: 'gone: no word lists in habits/, phrases/ or terms/' },
    { args: ['check', 'gone.tsv'], says: 'there is no such file' },
  ])('$says', async ({ args, says }) => {
    const { code, stderr } = await unspinRun(['dict', ...args], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain(says)
  })
})

describe('a dictionary of the user', () => {
  test('with an error in it stops the run before anything is scanned', async () => {
    writeFileSync(at('mine.tsv'), 'machine\tq\tgadget\n')
    writeFileSync(at('x.txt'), 'a gadget')
    const { code, stdout, stderr } = await unspinRun(['scan', '--dictionary', 'mine.tsv', 'x.txt'], { cwd })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('the dictionary has errors')
  })
})

describe('explain', () => {
  test('turns a place into an offset', async () => {
    writeFileSync(at('x.txt'), 'one\ntwo gadget')
    const { code, stdout } = await unspinRun(['explain', 'x.txt', '--at', '2:5'], { cwd })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'text: one two gadget\nstage: candidates\nat: 8\n' })
  })

  test.each([
    { args: [], says: 'explain needs a place or a stage' },
    { args: ['--at', '9:1'], says: '--at 9:1 lies outside of x.txt' },
    { args: ['--at', 'here'], says: '--at "here" is not LINE:COLUMN' },
    { args: ['--stage', 'token'], says: 'did you mean "tokens"?' },
  ])('$says', async ({ args, says }) => {
    writeFileSync(at('x.txt'), 'one')
    const { code, stderr } = await unspinRun(['explain', 'x.txt', ...args], { cwd })
    expect(code).toBe(64)
    expect(stderr).toContain(says)
  })
})

describe('train', () => {
  test('reads a pipe, writes a model file', async () => {
    const stdin = Array.from({ length: 60 }, (_, n) => `the cat sat on the mat and saw the dog ${n % 9} .\n`)
    const { code, stdout, stderr } = await unspinRun(['train', 'ngrams', '--out', 'm.ngrams', '-'], {
      cwd,
      stdin,
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('m.ngrams: ')
    expect(readFileSync(at('m.ngrams')).length).toBeGreaterThan(100)
  })

  test('a text without words, a file that is not there', async () => {
    expect((await unspinRun(['train', 'ngrams', '--out', 'm', '-'], { cwd })).stderr).toContain(
      'holds no words\n  fix: ',
    )
    expect(await unspinRun(['train', 'vectors', '--out', 'm', 'gone.txt'], { cwd })).toMatchObject({
      code: 1,
    })
    expect(await unspinRun(['train', 'ngrams', 'x.txt'], { cwd })).toMatchObject({ code: 64 })
    expect(readdirSync(cwd)).toEqual(['lists'])
  })
})

describe('sink', () => {
  test('waits for a slow reader', async () => {
    const slow = new PassThrough({ highWaterMark: 4 })
    const out = sink(slow)
    let written = false
    const writing = out
      .write('longer than four')
      .then(() => out.write('more'))
      .then(() => {
        written = true
      })
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(written).toBe(false)
    slow.resume()
    await writing
    expect(written).toBe(true)
  })

  test.each([
    { code: 'EPIPE', closed: true, why: 'a closed pipe is no error' },
    { code: 'ENOSPC', closed: false, why: 'a full disk is one' },
  ])('$code: $why', async ({ code, closed }) => {
    const broken = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    })
    const out = sink(broken)
    const outcome = await out.write('x').then(
      () => 'written',
      () => 'refused',
    )
    expect({ closed: out.closed, outcome }).toEqual({ closed, outcome: closed ? 'written' : 'refused' })
  })
})
