/**
 * Every format, byte for byte, over the same answers. UPDATE_GOLDEN=1 rewrites the files of golden/; the
 * difference is part of the review.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { FORMATS, renderer } from '../../src/write/renderer.ts'
import { CALM, HOSTILE, NEWS, PAGE, UNREAD, UNREADABLE } from './answers.ts'

const ROOT = resolve('tests/write/golden')

test.each(FORMATS)('%s', (format) => {
  const sheet = renderer(format, { version: '1.2.3', colour: 'none', columns: 80 })
  const got = [
    sheet.start(),
    sheet.document({ ...NEWS, restored: NEWS.analysis.document.text.replaceAll('gadget', 'machine') }),
    sheet.failed('gone.txt', UNREADABLE),
    sheet.document(PAGE),
    sheet.document(CALM),
    sheet.document(HOSTILE),
    sheet.document(UNREAD),
    sheet.end(),
  ].join('')
  const path = join(ROOT, `${format}.golden`)
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, got)
  expect(Buffer.from(got).toString()).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
})
