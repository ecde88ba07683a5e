import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/cli/replace-file.ts'
import { unspinRun } from './fake.ts'

let cwd = ''
const at = (name: string): string => join(cwd, name)
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-fix-'))
  writeFileSync(at('spun.txt'), 'A gadget,\nthen another gadget.\n')
  writeFileSync(at('calm.txt'), 'The lake is calm.\n')
  writeFileSync(at('two.jsonl'), '{"id":1,"text":"a gadget"}\nnot json\n{"id":2,"text":"calm"}\n')
})
afterEach(() => rmSync(cwd, { recursive: true }))

const fix = (...args: string[]) => unspinRun(['fix', ...args], { cwd })

describe('fix', () => {
  test('is a dry run: a diff on standard output, the file as it was', async () => {
    const { code, stdout } = await fix('spun.txt')
    expect(stdout).toBe(
      '--- a/spun.txt\n+++ b/spun.txt\n@@ -1,2 +1,2 @@\n-A gadget,\n-then another gadget.\n+A machine,\n+then another machine.\n',
    )
    expect(code).toBe(2)
    expect(readFileSync(at('spun.txt'), 'utf8')).toContain('gadget')
  })

  test.each([
    { args: ['calm.txt'], code: 0, why: 'nothing to fix' },
    { args: ['--exit-zero', 'spun.txt'], code: 0, why: '--exit-zero' },
    { args: ['--apply-above', '0.95', 'spun.txt'], code: 0, why: 'found, but not sure enough to change' },
    { args: ['--stdout', 'spun.txt'], code: 0, why: 'the text was given' },
    { args: ['--write', 'spun.txt'], code: 0, why: 'the file was written' },
    { args: ['--write', 'two.jsonl'], code: 1, why: 'records are not written in place' },
    { args: ['--stdout', '--write', 'spun.txt'], code: 64, why: 'two targets' },
    { args: ['--stdout', '--format', 'jsonl', 'spun.txt'], code: 64, why: 'text and records' },
    { args: ['gone.txt'], code: 1, why: 'no such file' },
  ])('exit $code: $why', async ({ args, code }) => {
    expect((await fix(...args)).code).toBe(code)
  })

  test('--stdout gives the text and nothing else', async () => {
    expect(await fix('--stdout', 'spun.txt')).toMatchObject({
      stdout: 'A machine,\nthen another machine.\n',
      stderr: '',
    })
  })

  test('--write keeps the mode and leaves nothing behind', async () => {
    chmodSync(at('spun.txt'), 0o640)
    const { stdout, stderr } = await fix('--write', 'spun.txt', 'calm.txt')
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: 'spun.txt: fixed 2 places\ncalm.txt: nothing to fix\n',
    })
    expect(readFileSync(at('spun.txt'), 'utf8')).toBe('A machine,\nthen another machine.\n')
    expect(statSync(at('spun.txt')).mode & 0o777).toBe(0o640)
    expect(readdirSync(cwd).sort()).toEqual(['calm.txt', 'spun.txt', 'two.jsonl'])
  })

  test('--write does not follow a symbolic link', async () => {
    symlinkSync('spun.txt', at('link.txt'))
    const { code, stderr } = await fix('--write', 'link.txt')
    expect(code).toBe(1)
    expect(stderr).toContain('link.txt: not written: it is no regular file')
    expect(readFileSync(at('spun.txt'), 'utf8')).toContain('gadget')
  })

  test('--write refuses a file whose encoding it would change, and keeps a byte order mark', async () => {
    const latin = Buffer.from('Caf\u00e9 gadget\n', 'latin1')
    writeFileSync(at('latin.txt'), latin)
    expect((await fix('--write', 'latin.txt')).stderr).toContain('not UTF-8')
    expect(readFileSync(at('latin.txt')).equals(latin)).toBe(true)
    writeFileSync(at('marked.txt'), '\ufeffA gadget\n')
    await fix('--write', 'marked.txt')
    expect(readFileSync(at('marked.txt'), 'utf8')).toBe('\ufeffA machine\n')
  })

  test('--format jsonl answers every record, with --write as without', async () => {
    for (const args of [['two.jsonl'], ['--write', 'two.jsonl']]) {
      const { stdout, code } = await fix('--format', 'jsonl', ...args)
      const records = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
      expect(records).toMatchObject([
        {
          id: 1,
          text: 'a machine',
          applied: [{ start: 2, surface: 'gadget', text: 'machine' }],
          problems: [],
        },
        { id: 'two.jsonl:2', text: null, applied: [], problems: [{ kind: 'record' }] },
        { id: 2, text: 'calm', applied: [] },
      ])
      expect(code).toBe(1)
    }
    expect(readFileSync(at('two.jsonl'), 'utf8')).toContain('gadget')
  })

  test('standard input has no file to write', async () => {
    const { code, stderr } = await unspinRun(['fix', '--write', '-'], { stdin: ['a gadget'] })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '-: not written: standard input is no file\n  fix: use --stdout\n',
    })
  })
})

describe('replacing a file', () => {
  const stampOf = (name: string) => {
    const { size, mtimeMs, ino } = statSync(at(name))
    return { path: at(name), size, modified: mtimeMs, inode: ino }
  }

  test('a file that changed since it was read is left alone', async () => {
    const stamp = stampOf('calm.txt')
    writeFileSync(at('calm.txt'), 'Somebody else wrote this meanwhile.\n')
    const problem = await replaceFile(stamp, Buffer.from('The lake is calm.\n'), 'The lake is calm.\n', 'x')
    expect(problem?.message).toBe('not written: it changed while it was read')
    expect(readFileSync(at('calm.txt'), 'utf8')).toBe('Somebody else wrote this meanwhile.\n')
  })

  test('a file that vanished is not made again', async () => {
    const stamp = stampOf('calm.txt')
    rmSync(at('calm.txt'))
    const problem = await replaceFile(stamp, Buffer.from('a'), 'a', 'b')
    expect(problem?.message).toBe('not written: ENOENT')
    expect(readdirSync(cwd)).not.toContain('calm.txt')
  })
})
