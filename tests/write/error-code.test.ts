import { expect, test } from 'vitest'
import { codeOf } from '../../src/write/error-code.ts'

test.each([
  {
    error: Object.assign(new Error('no such file, open /x'), { code: 'ENOENT' }),
    is: 'ENOENT',
    why: 'its code',
  },
  {
    error: Object.assign(new Error('odd'), { code: 7 }),
    is: 'odd',
    why: 'a number is no code of the system',
  },
  { error: new Error('first line\n    at somewhere'), is: 'first line', why: 'one line' },
  { error: new Error('x'.repeat(500)), is: 'x'.repeat(200), why: 'not too long' },
  { error: new Error(''), is: 'an error', why: 'never nothing' },
  { error: 'thrown text', is: 'thrown text', why: 'whatever was thrown' },
  { error: undefined, is: 'undefined', why: 'even nothing' },
])('$is: $why', ({ error, is }) => {
  expect(codeOf(error)).toBe(is)
})
