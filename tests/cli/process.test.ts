/** What only a real process shows: a reader that leaves, an interrupt, a terminal's streams. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = resolve('dist/cli/main.js')
let cwd = ''
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-process-'))
  // Broken records need no model: the way out is the same.
  writeFileSync(join(cwd, 'broken.jsonl'), 'no json\n'.repeat(20_000))
  for (const name of ['line.txt', 'line.jsonl'])
    writeFileSync(join(cwd, name), Buffer.alloc(50_000_000, 'word '))
})
afterAll(() => rmSync(cwd, { recursive: true }))

test('a reader that leaves (| head) ends the run quickly and quietly', async () => {
  const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'jsonl', 'broken.jsonl'], { cwd })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'close')
  expect(stderr).not.toContain('EPIPE')
  expect(stderr).not.toContain('bug')
  // Some records had failed before the reader left; leaving added nothing to that.
  expect(code).toBe(1)
})

test('an interrupt while waiting for standard input ends with 130', async () => {
  const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'jsonl', '--input-format', 'jsonl', '-'], {
    cwd,
  })
  child.stdin.write('no json\n')
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  const [code, signal] = await once(child, 'exit')
  expect({ code, signal }).toEqual({ code: 130, signal: null })
})

test('a slow reader is waited for: the output is complete', async () => {
  const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'jsonl', 'broken.jsonl'], { cwd })
  let lines = 0
  for await (const chunk of child.stdout) {
    lines += String(chunk).split('\n').length - 1
    await new Promise((done) => setTimeout(done, 2))
  }
  expect(lines).toBe(20_000)
})

test.each([
  { name: 'line.txt', format: 'pretty', says: 'line.txt: the file has 50000000 bytes, more than 20000000\n' },
  { name: 'line.jsonl', format: 'jsonl', says: 'unspin: 1 input could not be read' },
])('50 MB on one line, $name: refused with the way out', ({ name, format, says }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'scan', '--format', format, name], {
    cwd,
    encoding: 'utf8',
  })
  expect(stdout + stderr).toContain('pass a larger --max-bytes')
  expect(stderr).toContain(says)
  expect(status).toBe(1)
})
