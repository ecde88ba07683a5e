import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/write/renderer.ts'
import { unspinRun } from './fake.ts'

let cwd = ''
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-scan-'))
  writeFileSync(join(cwd, 'spun.txt'), 'The gadget hums.\n')
  writeFileSync(join(cwd, 'calm.txt'), 'The lake is calm.\n')
  writeFileSync(join(cwd, 'noise.bin'), Buffer.from([0, 1, 2, 0]))
  writeFileSync(
    join(cwd, 'mixed.jsonl'),
    [
      '\ufeff{"id":"a","text":"The gadget hums."}',
      '{"id":"b","text":',
      '',
      '{"id":7,"body":"x"}',
      '{"text":"no id"}',
      '["x"]',
      '{"id":"\\ud800","text":"\\ud800 gadget"}',
    ].join('\r\n'),
  )
})
afterAll(() => rmSync(cwd, { recursive: true }))

const scan = (...args: string[]) => unspinRun(['scan', ...args], { cwd })
const lines = (
  text: string,
): { id: unknown; findings: unknown[]; problems: { kind: string; message: string }[] }[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('exit codes of scan', () => {
  test.each([
    { args: ['calm.txt'], code: 0, why: 'nothing found' },
    { args: ['spun.txt'], code: 2, why: 'spun text found' },
    { args: ['calm.txt', 'spun.txt'], code: 2, why: 'found in one of two' },
    { args: ['--exit-zero', 'spun.txt'], code: 0, why: '--exit-zero hides findings' },
    { args: ['--exit-zero', 'gone.txt'], code: 1, why: '--exit-zero hides no failure' },
    { args: ['spun.txt', 'gone.txt'], code: 1, why: 'a failure outranks a finding' },
    { args: ['noise.bin'], code: 1, why: 'binary input got no answer' },
    { args: ['.'], code: 1, why: 'a directory is no document' },
    { args: ['--min-confidence', '0.95', 'spun.txt'], code: 0, why: 'below the threshold is not found' },
    { args: ['--allow', 'Gadget', 'spun.txt'], code: 0, why: 'allowed wording, whatever its case' },
    { args: [], code: 64, why: 'no file named' },
    { args: ['--min-confidence', '2', 'calm.txt'], code: 64, why: 'confidence beyond 1' },
    { args: ['--min-confidence', '', 'calm.txt'], code: 64, why: 'an empty number' },
    { args: ['--format', 'nope', 'calm.txt'], code: 64, why: 'unknown format' },
    { args: ['--max-bytes', '5', 'calm.txt'], code: 1, why: 'document beyond the limit' },
  ])('$code: $why', async ({ args, code }) => {
    expect((await scan(...args)).code).toBe(code)
  })
})

describe('messages', () => {
  test.each([
    { args: ['gone.txt'], says: 'gone.txt: there is no such file\n  fix: check the path\n' },
    { args: ['.'], says: '.: this is a folder\n  fix: name the files in it, or read it with unspin batch\n' },
    { args: ['spun.txt/x'], says: 'spun.txt/x: cannot be read (ENOTDIR)\n' },
    { args: ['--max-bytes', '5', 'calm.txt'], says: 'calm.txt: the file has 18 bytes, more than 5\n' },
    { args: ['--formt', 'json', 'x'], says: "unknown option '--formt'\n(Did you mean --format?)" },
    {
      args: ['--format', 'jsnl', 'x'],
      says: '--format: "jsnl" is not one of pretty, json, jsonl, sarif, checkstyle, github, rdjsonl, diff, html\n  fix: did you mean "jsonl"?',
    },
    { args: ['--min-confidence', 'high', 'x'], says: '--min-confidence: "high" is not a number from 0 to 1' },
    {
      args: ['--content', 'man', 'x'],
      says: '--content: "man" is not one of page, main\n  fix: did you mean "main"?',
    },
    { args: ['--max-bytes', '5T', 'x'], says: '--max-bytes: "5T" is not a size' },
  ])('$says', async ({ args, says }) => {
    const { stdout, stderr } = await scan(...args)
    expect(stderr).toContain(says)
    expect(stdout).toBe('')
  })

  test('what cannot be read costs no model, and the others are still scanned', async () => {
    expect((await scan('gone.txt', '.')).api.loads).toBe(0)
    const { stdout, api } = await scan('gone.txt', 'calm.txt', '.', 'spun.txt')
    expect(api.loads).toBe(1)
    expect(stdout).toContain('calm.txt: reads clean')
    expect(stdout).toContain('spun.txt: likely spun')
  })
})

describe('JSON Lines', () => {
  test('one record out per record in, in order, with the ids given', async () => {
    const { stdout, stderr, code } = await scan('--format', 'jsonl', 'mixed.jsonl')
    const out = lines(stdout)
    expect(out.map(({ id }) => id)).toEqual([
      'a',
      'mixed.jsonl:2',
      7,
      'mixed.jsonl:5',
      'mixed.jsonl:6',
      '\ud800',
    ])
    expect(out.map(({ findings }) => findings.length)).toEqual([1, 0, 0, 0, 0, 1])
    expect(out.map(({ problems }) => problems[0]?.message)).toEqual([
      undefined,
      'line 2 is not JSON (it starts "{\\"id\\":\\"b\\",\\"text\\":")',
      'line 4 has no "text"',
      undefined,
      'line 6 holds no object',
      undefined,
    ])
    expect(stderr).toBe('unspin: 3 inputs could not be read; the output says which and why\n')
    expect(code).toBe(1)
  })

  test('other field names', async () => {
    const stdin = ['{"key":"k","body":"a gadget"}\n{"constructor":1}']
    const args = [
      'scan',
      '--format',
      'jsonl',
      '--input-format',
      'jsonl',
      '--text-key',
      'body',
      '--id-key',
      'key',
      '-',
    ]
    const out = lines((await unspinRun(args, { stdin })).stdout)
    expect(out).toMatchObject([
      { id: 'k', findings: [{ surface: 'gadget' }] },
      { id: '-:2', problems: [{ message: 'line 2 has no "body"' }] },
    ])
  })

  test('a line beyond the limit is a record, and the next one is read', async () => {
    const long = JSON.stringify({ id: 'long', text: 'x'.repeat(5000) })
    const stdin = [long.slice(0, 3000), `${long.slice(3000)}\n{"id":"next",`, '"text":"a gadget"}\n']
    const args = ['scan', '--format', 'jsonl', '--input-format', 'jsonl', '--max-bytes', '100', '-']
    const out = lines((await unspinRun(args, { stdin })).stdout)
    expect(out).toMatchObject([
      { id: '-:1', verdict: null, problems: [{ kind: 'too-large' }] },
      { id: 'next', findings: [{ start: 2 }] },
    ])
  })

  test('bytes that are not UTF-8 spoil their record only', async () => {
    const stdin = [Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), '{"text":"a gadget"}']
    const { stdout } = await unspinRun(['scan', '--format', 'jsonl', '--input-format', 'jsonl', '-'], {
      stdin,
    })
    expect(lines(stdout).map(({ problems }) => problems.length)).toEqual([1, 0])
  })

  test('a reader that leaves ends the run without an error', async () => {
    const stdin = Array.from({ length: 50 }, (_, at) => `{"id":${at},"text":"calm"}\n`)
    const args = ['scan', '--format', 'jsonl', '--input-format', 'jsonl', '-']
    const { stdout, code, stderr } = await unspinRun(args, { stdin, readerLeavesAfter: 3 })
    expect(lines(stdout).map(({ id }) => id)).toEqual([0, 1, 2])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('an interrupt ends the run with 130', async () => {
    const stdin = ['{"text":"calm"}\n{"text":"calm"}\n']
    const args = ['scan', '--format', 'jsonl', '--input-format', 'jsonl', '-']
    const { stdout, code } = await unspinRun(args, { stdin, signal: AbortSignal.abort() })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  })
})

describe('other formats', () => {
  test('json is one array over all files, failures included', async () => {
    const { stdout } = await scan('--format', 'json', 'spun.txt', 'gone.txt')
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 'spun.txt', verdict: { label: 'spun' } },
      { id: 'gone.txt', verdict: null, problems: [{ kind: 'unreadable' }] },
    ])
  })

  test('diff shows the safe fixes, and failures on standard error', async () => {
    const { stdout, stderr, code } = await scan('--format', 'diff', 'spun.txt', 'gone.txt', 'calm.txt')
    expect(stdout).toContain(
      '--- a/spun.txt\n+++ b/spun.txt\n@@ -1,1 +1,1 @@\n-The gadget hums.\n+The machine hums.\n',
    )
    expect(stdout).not.toContain('calm.txt')
    expect(stderr).toContain('gone.txt: there is no such file')
    expect(code).toBe(1)
    expect((await scan('--format', 'diff', '--apply-above', '0.95', 'spun.txt')).stdout).toBe('')
  })

  test.each(FORMATS)('%s: spun text ends with 2, calm text with 0', async (format) => {
    expect((await scan('--format', format, 'spun.txt')).code).toBe(2)
    expect((await scan('--format', format, 'calm.txt')).code).toBe(0)
  })

  test('no half file where the model cannot be loaded', async () => {
    const args = ['scan', '--format', 'sarif', '--dictionary', 'gone.yaml', 'calm.txt']
    expect(await unspinRun(args, { cwd })).toMatchObject({ code: 1, stdout: '' })
  })

  test('an interrupt leaves a whole file', async () => {
    const { stdout, code } = await unspinRun(['scan', '--format', 'sarif', 'calm.txt'], {
      cwd,
      signal: AbortSignal.abort(),
    })
    expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] })
    expect(code).toBe(130)
  })

  test.each([
    { args: [], terminal: true, coloured: true, why: 'a terminal' },
    { args: [], terminal: false, coloured: false, why: 'a pipe, or NO_COLOR' },
    { args: ['--color', 'always'], terminal: false, coloured: true, why: 'the flag wins over a pipe' },
    { args: ['--color', 'never'], terminal: true, coloured: false, why: 'the flag wins over a terminal' },
  ])('colour: $why', async ({ args, terminal, coloured }) => {
    const { stdout } = await unspinRun(['scan', ...args, 'spun.txt'], { cwd, colourTerminal: terminal })
    expect(stdout.includes('\u001b[')).toBe(coloured)
    expect(stdout).toContain('gadget')
  })

  test('standard input, empty and not', async () => {
    expect((await unspinRun(['scan', '-'], { stdin: [] })).code).toBe(0)
    const { stdout } = await unspinRun(['scan', '-'], { stdin: ['The gad', 'get hums.'] })
    expect(stdout).toContain('-: likely spun')
  })

  test('help and version end with 0', async () => {
    expect(await unspinRun(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' })
    expect((await unspinRun(['scan', '--help'])).stdout).toContain('--min-confidence')
    expect((await unspinRun(['scn'])).code).toBe(64)
  })
})
