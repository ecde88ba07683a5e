import { applyPatch } from 'diff'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { colouredDiff, unifiedDiff } from '../../src/write/diff.ts'
import { plain } from '../../src/write/plain.ts'

test('equal texts have no diff', () => {
  expect(unifiedDiff('a.txt', 'same\n', 'same\n')).toBe('')
})

test('a changed line with its context', () => {
  expect(unifiedDiff('dir/a.txt', 'one\ngadget\nthree\n', 'one\nmachine\nthree\n')).toBe(
    '--- a/dir/a.txt\n+++ b/dir/a.txt\n@@ -1,3 +1,3 @@\n one\n-gadget\n+machine\n three\n',
  )
})

test('a text without a last line feed says so', () => {
  expect(unifiedDiff('a.txt', 'gadget', 'machine')).toContain('\\ No newline at end of file')
})

test('a line feed in a name cannot break the header', () => {
  expect(unifiedDiff('a\n+++ b/x', 'a\n', 'b\n').split('\n')[0]).toBe('--- a/a +++ b/x')
})

test.each([
  { why: 'with a last line feed', end: '\n' },
  { why: 'without', end: '' },
])('more changed lines than are searched for become one hunk, $why', ({ end }) => {
  const given = `${Array.from({ length: 1200 }, (_, at) => `old ${at}`).join('\n')}${end}`
  const fixed = given.replaceAll('old', 'new')
  const diff = unifiedDiff('a.txt', given, fixed)
  expect(diff).toContain('@@ -1,1200 +1,1200 @@')
  expect(applyPatch(given, diff)).toBe(fixed)
})

test('law: applying the diff gives the fixed text', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const [given, fixed] = [before.join('\n'), after.join('\n')]
      fc.pre(given !== fixed)
      expect(applyPatch(given, unifiedDiff('x', given, fixed))).toBe(fixed)
    }),
  )
})

test('a coloured diff escapes what would steer the terminal', () => {
  const shown = colouredDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\u001b[2J\n+ok\n')
  expect(shown).toContain('\u001b[31m-\\x1b[2J\u001b[39m\n')
  expect(shown).toContain('\u001b[32m+ok\u001b[39m\n')
})

test.each([
  { value: 'text', gives: 'text\n', why: 'a string is given out' },
  { value: { a: 1, b: 'x', gone: undefined }, gives: 'a: 1\nb: x\n', why: 'a line per value' },
  { value: { list: [1, 2.00004, 3] }, gives: 'list: 1, 2, 3\n', why: 'short lists across' },
  {
    value: { arcs: [{ words: ['a', 'b'], score: -1.5 }, { words: [] }] },
    gives: 'arcs:\n  - words: a, b\n    score: -1.5\n  - words: \n',
    why: 'records in a list',
  },
  { value: new Map([['constructor', new Set(['x'])]]), gives: 'constructor: x\n', why: 'maps and sets' },
  { value: { esc: '\u001b[0m' }, gives: 'esc: \\x1b[0m\n', why: 'hostile strings are escaped' },
  { value: new Float64Array([0.5, 1]), gives: '0.5, 1\n', why: 'typed arrays' },
])('plain: $why', ({ value, gives }) => {
  expect(plain(value)).toBe(gives)
})

test('a path from the root has one slash behind a and b', () => {
  expect(unifiedDiff('/srv/a.txt', 'a\n', 'b\n').split('\n')[0]).toBe('--- a/srv/a.txt')
})
