/**
 * Golden cases: each folder of tests/cases holds `cmd` (one argument a line), the files it names, and
 * what came out: `stdout`, `stderr`, `exit`. Optional: `stdin`, `env` (NAME=VALUE a line).
 * UPDATE_CASES=1 rewrites the answers; numbers that the model decides are masked as #.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const MAIN = resolve('dist/cli/main.js')
const ROOT = resolve('tests/cases')
const NUMBER = /("(?:probability|spinRate|density|confidence)":|probability )\s?\d[\d.e-]*/g

const optional = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const listed = (text: string): string[] => text.split('\n').filter((line) => line !== '')

function run(cwd: string, args: readonly string[], input: string, env: readonly string[]) {
  const own = Object.fromEntries(env.map((line) => line.split('=', 2)))
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...own },
    maxBuffer: 1e8,
  })
  const plainOf = (text: string): string => text.replaceAll(cwd, '.').replace(NUMBER, '$1#')
  return { stdout: plainOf(stdout), stderr: plainOf(stderr), exit: `${status}\n` }
}

function inCopy<T>(folder: string, work: (cwd: string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), 'unspin-case-'))
  try {
    cpSync(folder, cwd, { recursive: true })
    return work(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

describe('golden cases', () => {
  test.each(readdirSync(ROOT).sort())('%s', (name) => {
    const folder = join(ROOT, name)
    const file = (part: string): string => optional(join(folder, part))
    const got = inCopy(folder, (cwd) => run(cwd, listed(file('cmd')), file('stdin'), listed(file('env'))))
    if (process.env.UPDATE_CASES === '1') {
      for (const [part, text] of Object.entries(got)) writeFileSync(join(folder, part), text)
    }
    expect(got).toEqual({ stdout: file('stdout'), stderr: file('stderr'), exit: file('exit') })
  })
})
