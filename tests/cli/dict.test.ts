import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unspinRun } from './fake.ts'

let cwd = ''
const at = (name: string): string => join(cwd, name)
const read = (name: string): string => readFileSync(at(name), 'utf8')
const dict = (...args: readonly string[]) => unspinRun(['dict', ...args], { cwd })

const HEAD = '# origin: written for this test\n# licence: MIT\n# date: 2026-11-23\n'
const ENTRY = (spun: string, original: string): string =>
  `origin: test\nlicence: MIT\ndate: 2026-11-23\nentries:\n  - spun: ${spun}\n    original: ${original}\n    kind: phrase\n    restore: ["They saw [[${spun}]]."]\n`
const LISTS = ['--wordlists', 'lists']

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-dict-'))
  mkdirSync(at('lists/habits'), { recursive: true })
  mkdirSync(at('lists/phrases'))
  mkdirSync(at('clean'))
  writeFileSync(at('lists/habits/words.tsv'), `${HEAD}machine\tn\tgadget | appliance\npeople\tx\tfolks\n`)
  writeFileSync(at('lists/phrases/a.yaml'), ENTRY('gross sales', 'sales'))
  writeFileSync(at('clean/clean-a.txt'), 'One calm day went by.\n')
})
afterEach(() => rmSync(cwd, { recursive: true }))

describe('dict check', () => {
  test('within the false-alarm budget', async () => {
    expect(await dict('check', ...LISTS, '--samples', 'clean')).toMatchObject({
      code: 0,
      stderr: '',
      stdout:
        '2 files checked: 0 errors, 0 warnings\n0 matches in 5 words of clean text: 0.0 per 1,000 words, the budget is 0.3\n',
    })
  })

  test('above it: every match with place, fact, fix, and exit 1; habits are not asked', async () => {
    writeFileSync(at('clean/clean-b.txt'), 'The folks saw\ngross sales rise.\n')
    writeFileSync(at('clean/spun-b.txt'), 'gross sales')
    const { code, stdout, stderr } = await dict('check', ...LISTS, '--samples', 'clean')
    expect(code).toBe(1)
    expect(stderr).toBe(
      'clean-b.txt:2:1: "gross sales" of lists/phrases/a.yaml:5 ("sales") matches in clean text\n  fix: give the entry a guard\n',
    )
    expect(stdout).toContain('1 match in 11 words of clean text: 90.9 per 1,000 words')
  })

  test('--fix sorts habits and merges doubles, and leaves unreadable files alone', async () => {
    writeFileSync(
      at('lists/habits/words.tsv'),
      `${HEAD}people\tx\tfolks\nmachine\tn\tgadget\nmachine\tn\tappliance\n`,
    )
    writeFileSync(at('lists/habits/broken.tsv'), `${HEAD}z\tn\tx\na\tq\tb\n`)
    const { code, stderr } = await dict('check', ...LISTS, '--samples', 'clean', '--fix')
    expect(code).toBe(1)
    expect(stderr).toContain('lists/habits/words.tsv: put in order\n')
    expect(read('lists/habits/words.tsv')).toBe(`${HEAD}machine\tn\tgadget; appliance\npeople\tx\tfolks\n`)
    expect(read('lists/habits/broken.tsv')).toContain('a\tq\tb')
    rmSync(at('lists/habits/broken.tsv'))
    expect(await dict('check', ...LISTS, '--samples', 'clean', '--fix')).toMatchObject({
      code: 0,
      stderr: '',
    })
  })
})

describe('dict stats', () => {
  test('by file, kind, part of speech and class', async () => {
    const { code, stdout } = await dict('stats', ...LISTS)
    expect(code).toBe(0)
    for (const line of [
      'files: 2',
      'habits: 2',
      'pairs: 3',
      'entries: 1',
      // machine, people and sales.
      'originals: 3',
      'habits by part of speech:',
      'pairs by class:\n  common: 2\n  seen: 1',
      'lists/habits/words.tsv:\n    habits: 2\n    pairs: 3',
      'lists/phrases/a.yaml:\n    entries: 1\n    patterns: 1',
    ]) {
      expect(stdout).toContain(line)
    }
    expect(stdout).toMatch(/^sequences: \d+$/m)
    expect(stdout).toMatch(/^bytes: \d+$/m)
  })
})

describe('dict import', () => {
  test('writes a file that dict check passes and dict build leaves out', async () => {
    writeFileSync(
      at('list.csv'),
      'spun,expected,flags,papers,constraint\nmetal shell,metal case,,3,NOT snail\n',
    )
    const { code, stdout, stderr } = await dict('import', 'list.csv', '--out', 'new.yaml', '--licence', 'CC0')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toBe('list.csv: 1 candidate (tortured-csv), 0 lines left out\n')
    expect(read('new.yaml')).toMatch(/^origin: ".*list\.csv.*"\nlicence: "CC0"\ndate: \d{4}-\d\d-\d\d\n/)
    expect(await dict('check', 'new.yaml')).toMatchObject({
      code: 0,
      stdout: '1 file checked: 0 errors, 0 warnings\n',
    })
    expect((await dict('build', 'new.yaml', '--out', 'x.bin')).stderr).toContain('0 entries')
  })

  test.each([
    {
      args: ['plain.txt'],
      code: 64,
      says: 'plain.txt: its first line tells no format\n  fix: pass --from tortured-csv or',
    },
    { args: ['plain.txt', '--from', 'codespel'], code: 64, says: 'did you mean "codespell"?' },
    { args: ['words.txt', '--out', 'x.json'], code: 64, says: '--out x.json: the ending says neither' },
    { args: ['words.txt', '--date', 'today'], code: 64, says: '--date today is no date' },
    { args: ['gone.txt'], code: 1, says: 'gone.txt: there is no such file' },
    {
      args: ['plain.txt', '--from', 'codespell'],
      code: 1,
      says: 'plain.txt:1: "no format at all" has no correction',
    },
  ])('$args: $says', async ({ args, code, says }) => {
    writeFileSync(at('plain.txt'), 'no format at all\n')
    writeFileSync(at('words.txt'), 'machne->machine\n')
    const ran = await dict('import', ...args)
    expect(ran.code).toBe(code)
    expect(ran.stderr).toContain(says)
  })
})

describe('dict mine', () => {
  const RECORD = '{"spun": "A contraption shop closed.", "original": "A machine shop closed."}\n'

  test('counts over files and standard input, leaves out what the lists have', async () => {
    writeFileSync(
      at('a.jsonl'),
      `${RECORD}{"spun": "The folks ran.", "original": "The people ran."}\n`.repeat(2),
    )
    const { code, stdout, stderr } = await unspinRun(
      ['dict', 'mine', 'a.jsonl', '-', ...LISTS, '--min-count', '3', '--date', '2026-11-23'],
      { cwd, stdin: [RECORD] },
    )
    expect(code).toBe(0)
    expect(stderr).toBe('5 records: 1 candidate from 1 pair seen at least 3 times\n')
    expect(stdout).toContain(
      'spun: "contraption"\n    original: "machine"\n    kind: word\n    status: candidate\n',
    )
    expect(stdout).toContain('note: "count: \\"machine\\" 3"')
  })

  test('broken records are told with their line, the others count; --min-count is checked', async () => {
    writeFileSync(at('a.jsonl'), `{\n${RECORD}{"spun": 1}\n${RECORD}`)
    const { code, stderr } = await dict('mine', 'a.jsonl', ...LISTS, '--out', 'new.tsv')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^a\.jsonl:1: not JSON\n {2}fix: .+\na\.jsonl:3: "spun" is no text\n {2}fix: /)
    expect(read('new.tsv')).toContain('machine\tx\tcontraption\n')
    expect((await dict('mine', 'a.jsonl', '--min-count', '0')).stderr).toContain(
      '--min-count 0 is no whole number',
    )
    expect((await dict('mine', 'gone.jsonl', ...LISTS)).stderr).toContain('gone.jsonl: there is no such file')
  })
})

describe('allow lists and dictionaries of the configuration', () => {
  test('"@FILE" reads wordings from beside the configuration; flags replace the list', async () => {
    mkdirSync(at('deep'))
    writeFileSync(at('allow.txt'), '# ours\ngadget\r\n\njoint states\n')
    writeFileSync(
      at('unspin.config.yaml'),
      'allow: ["@allow.txt", folks]\ndictionaries: [lists/phrases/a.yaml]\n',
    )
    writeFileSync(at('deep/x.txt'), 'a gadget')
    const { stdout } = await unspinRun(['scan', '--print-options', 'x.txt'], { cwd: at('deep') })
    expect(stdout).toContain('allow: ["gadget","joint states","folks"] # ')
    expect(stdout).toContain(`dictionaries: ["${at('lists/phrases/a.yaml')}"]`)
    expect(await unspinRun(['scan', 'x.txt'], { cwd: at('deep') })).toMatchObject({ code: 0 })
    expect(await unspinRun(['scan', '--allow', 'other', 'x.txt'], { cwd: at('deep') })).toMatchObject({
      code: 2,
    })
    cpSync(at('allow.txt'), at('deep/mine.txt'))
    expect(await unspinRun(['scan', '--allow', '@mine.txt', 'x.txt'], { cwd: at('deep') })).toMatchObject({
      code: 0,
    })
  })

  test('an allow file that is not there stops the run', async () => {
    const { code, stderr } = await unspinRun(['scan', '--allow', '@gone.txt', 'x.txt'], { cwd })
    expect({ code, stderr: stderr.replace(cwd, '.') }).toEqual({
      code: 64,
      stderr: 'unspin: ./gone.txt: there is no such file\n  fix: name another allow file\n',
    })
  })
})
