/** `unspin review` on the command line: what it reads, what it says, what it gives out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openReview } from '../../src/review/store.ts'
import { type Ran, unspinRun } from '../cli/fake.ts'
import { decisions, documentOf, folder } from './made.ts'

const TEXT = 'The old gadget hums. A new gadget came.'

function run(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return unspinRun(['review', '--no-config', ...args], { cwd })
}

const line = (id: string | number, text: string, more: object = {}): string =>
  `${JSON.stringify({ ...documentOf(id, text).record, ...more })}\n`

/** Decides the first place of the first document, as on the page. */
function rejectFirst(cwd: string, reviewer = 'ann', db = 'review.unspin.db'): void {
  const store = openReview(join(cwd, db))
  store.decide(reviewer, { finding: store.findings(reviewer, 1)[0]?.finding ?? 0, action: 'reject' })
  store.close()
}

describe('what is read', () => {
  test('records with their texts, by path, by line, by --text; without loading the model', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'a.txt'), TEXT)
    writeFileSync(
      join(cwd, 'posts.jsonl'),
      `${JSON.stringify({ text: 'no id' })}\n${JSON.stringify({ text: TEXT })}\n`,
    )
    writeFileSync(join(cwd, 'more.jsonl'), `${JSON.stringify({ id: 9, text: TEXT })}\n`)
    writeFileSync(
      join(cwd, 'results.jsonl.gz'),
      gzipSync(line('a.txt', TEXT) + line('posts.jsonl:2', TEXT) + line(8, TEXT, { text: TEXT })),
    )
    writeFileSync(join(cwd, 'nine.jsonl'), line(9, TEXT))
    const { code, stderr, api } = await run(cwd, 'results.jsonl.gz', '--export', 'allow')
    expect({ code, stderr, loads: api.loads }).toEqual({
      code: 0,
      stderr: 'review.unspin.db: documents: 3 added\n',
      loads: 0,
    })
    const second = await run(cwd, 'nine.jsonl', '--text', 'more.jsonl', '--export', 'cleaned')
    expect(
      second.stdout
        .trimEnd()
        .split('\n')
        .map((one) => JSON.parse(one) as unknown),
    ).toEqual(['a.txt', 'posts.jsonl:2', 8, 9].map((id) => ({ id, text: TEXT })))
  })

  test('files and folders are scanned; once known, they are unchanged', async () => {
    const cwd = folder()
    mkdirSync(join(cwd, 'posts', 'deep'), { recursive: true })
    writeFileSync(join(cwd, 'posts', 'b.txt'), TEXT)
    writeFileSync(join(cwd, 'posts', 'deep', 'a.md'), TEXT)
    writeFileSync(join(cwd, 'posts', 'picture.png'), TEXT)
    const first = await run(cwd, './posts/', '--export', 'cleaned')
    expect(
      first.stdout.split('\n').map((one) => (one === '' ? '' : (JSON.parse(one) as { id: string }).id)),
    ).toEqual([join('posts', 'b.txt'), join('posts', 'deep', 'a.md'), ''])
    const again = await run(cwd, 'posts', '--export', 'allow')
    expect(again.stderr).toBe('review.unspin.db: documents: 2 unchanged\n')
  })

  test('what cannot be taken in is told and makes the exit code 1; the rest counts', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'a.txt'), 'Another text by now.')
    writeFileSync(
      join(cwd, 'results.jsonl'),
      `no json\n${line('a.txt', TEXT)}${line('gone.txt', TEXT)}${line(1, TEXT, { version: 7 })}${line(2, TEXT, { text: TEXT })}`,
    )
    const { code, stderr } = await run(cwd, 'results.jsonl', '--export', 'allow')
    expect(code).toBe(1)
    for (const says of [
      'results.jsonl:1: line 1 is not JSON',
      'a.txt: the text does not have "gadget" at 27 to 33: it is not the one that was scanned',
      'gone.txt: there is no such file to take the text from',
      'results.jsonl:4: "version" is 7, not 1',
      'documents: 1 added, 1 refused',
    ])
      expect(stderr).toContain(says)
    expect(stderr).not.toContain('bug')
  })
})

describe('decisions of others', () => {
  test('exported, imported, merged; a file with a fault changes nothing', async () => {
    const [ann, bob] = [folder(), folder()]
    for (const cwd of [ann, bob]) {
      writeFileSync(join(cwd, 'results.jsonl'), line(1, TEXT, { text: TEXT }))
      await run(cwd, 'results.jsonl', '--export', 'allow')
    }
    rejectFirst(ann)
    rejectFirst(bob, 'bob')
    const decided = (await run(ann, '--export', 'decisions')).stdout
    writeFileSync(join(bob, 'ann.jsonl'), decided)
    expect((await run(bob, '--import', 'ann.jsonl')).stderr).toBe('ann.jsonl: 1 new decisions, 0 known\n')
    expect((await run(bob, '--merge', join(ann, 'review.unspin.db'))).stderr).toContain(
      '0 new decisions, 1 known',
    )
    expect(JSON.parse((await run(bob, '--export', 'agreement')).stdout)).toMatchObject({
      pairs: [{ reviewers: ['ann', 'bob'], places: 1, agreement: 1 }],
    })
    writeFileSync(join(bob, 'broken.jsonl'), `\n${decided.replace('"ann"', '"eve"')}{"version":1}\n`)
    const broken = await run(bob, '--import', 'broken.jsonl')
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringMatching(
        /broken\.jsonl:2: ".*" is known with another content \(and 1 more lines\); nothing was taken in/,
      ),
    ])
  })
})

describe('what is given out', () => {
  test('cleaned documents into a folder', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'a.txt'), TEXT)
    await run(cwd, 'a.txt', '--export', 'allow')
    const store = openReview(join(cwd, 'review.unspin.db'))
    store.decide('ann', { finding: store.findings('ann', 1)[1]?.finding ?? 0, action: 'accept' })
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget>machine'])
    store.close()
    const { code, stderr } = await run(cwd, '--export', 'cleaned', '--out', 'clean')
    expect([code, stderr]).toEqual([0, 'clean: 1 file written\n'])
    expect(readFileSync(join(cwd, 'clean', 'a.txt'), 'utf8')).toBe('The old gadget hums. A new machine came.')
    expect(readdirSync(join(cwd, 'clean'))).toEqual(['a.txt'])
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe(TEXT)
  })

  test.each([
    { args: [], says: 'nothing to begin one with' },
    { args: ['x.txt', '--export', 'clean'], says: 'did you mean "cleaned"?' },
    { args: ['x.txt', '--out', 'folder'], says: '--out says where, but nothing is exported' },
    { args: ['x.txt', '--port', '70000'], says: '--port "70000" is no port' },
    { args: ['x.txt', '--reviewer', ' '], says: '--reviewer is no name' },
    { args: ['x.txt', '--text', 'none.jsonl'], says: '--text none.jsonl: there is no such file' },
  ])('usage: $says', async ({ args, says }) => {
    const cwd = folder()
    const { code, stderr } = await run(cwd, ...args)
    expect(code).toBe(64)
    expect(stderr).toContain(says)
    expect(existsSync(join(cwd, 'review.unspin.db.owner'))).toBe(false)
  })

  test('without a token nobody else is let in', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'a.txt'), TEXT)
    const { code, stderr } = await run(cwd, 'a.txt', '--no-open', '--listen', '0.0.0.0')
    expect(code).toBe(1)
    expect(stderr).toContain('listening on 0.0.0.0 lets others on the network in\n  fix: pass --token TEXT')
  })
})
