import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nameProblem, outputPath, settle, temporaryPath } from '../../src/batch/mirror.ts'
import { folder } from './shards.ts'

describe('names of outputs', () => {
  test.each(['a.txt', 'sub/a~2.jsonl.gz', '2026-11-23T10:00.txt', '...a', 'é 😀.md', 'console.txt'])(
    '%j can be one',
    (name) => {
      expect(nameProblem(name)).toBeUndefined()
    },
  )

  test.each([
    '',
    '/etc/passwd',
    '../a.txt',
    'a/../../b.txt',
    'a//b',
    './a',
    'a/..',
    'a\0.txt',
    'a\nb.txt',
    'C:\\a.txt',
    'c:a.txt',
    'a\\..\\b',
    'NUL',
    'sub/com1.txt',
    'a. /b',
    'x'.repeat(201),
    'x/'.repeat(1001),
  ])('%j cannot', (name) => {
    expect(nameProblem(name)).toMatchObject({
      message: expect.stringMatching(/cannot be the name of an output/),
    })
  })
})

describe('paths of outputs', () => {
  test('folders are made, below the root only', async () => {
    const root = join(folder(), 'new')
    expect(await outputPath(root, 'a/b/c.txt')).toEqual({ path: join(root, 'a/b/c.txt') })
    expect(existsSync(join(root, 'a/b'))).toBe(true)
    expect(await outputPath(root, '../c.txt')).toHaveProperty('problem')
  })

  test('a link on the way out is refused before anything is made behind it', async () => {
    const [root, outside] = [folder(), folder()]
    symlinkSync(outside, join(root, 'link'))
    expect(await outputPath(root, 'link/sub/a.txt')).toHaveProperty('problem')
    expect(existsSync(join(outside, 'sub'))).toBe(false)
  })

  test('a file where a folder should be is a problem', async () => {
    expect(await outputPath(folder({ a: '' }), 'a/b.txt')).toHaveProperty('problem')
  })

  test('a finished file takes no other one’s place', async () => {
    const root = folder({ 'a.txt': 'first', 'new.txt': 'second', 'other.txt': 'third' })
    const path = join(root, 'a.txt')
    expect(await settle(join(root, 'new.txt'), path)).toMatchObject({ kind: 'unreadable' })
    expect(readFileSync(path, 'utf8')).toBe('first')
    expect(await settle(join(root, 'other.txt'), join(root, 'b.txt'))).toBeUndefined()
    expect(readFileSync(join(root, 'b.txt'), 'utf8')).toBe('third')
    expect(temporaryPath(path)).toBe(join(root, '.a.txt.unspin-part'))
  })
})
