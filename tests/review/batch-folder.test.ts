/** `unspin review` of what `unspin batch` made: the run's own texts, whatever its form and place. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { compressed } from '../../src/batch/compress.ts'
import { ran, SETTINGS, type Workplace, workplace } from '../batch/runs.ts'
import { type Ran, unspinRun } from '../cli/fake.ts'
import { documentOf, folder } from './made.ts'

const TEXT = 'The old gadget hums. A new gadget came.'
const OTHER = 'One gadget more.'

function place(): Workplace {
  const made = workplace()
  onTestFinished(() => made.remove())
  return made
}

/** A page, a text twice, a table, and records of which one has no id and one has the id of another file. */
async function filled(): Promise<Workplace> {
  const made = place()
  await made.write('in/deep/page.html', `<p>The old <b>gadget</b> hums.</p>`)
  await made.write('in/a.txt', TEXT)
  await made.write('in/twin.txt', TEXT)
  await made.write('in/table.csv', `id,text\n7,${OTHER}\n`)
  await made.write('in/more.jsonl', '{"id":7,"text":"One gadget."}\n')
  await made.write(
    'in/posts.jsonl',
    `${JSON.stringify({ text: OTHER })}\n{"id":7,"text":"A gadget."}\nnone\n`,
  )
  return made
}

const review = (cwd: string, ...args: readonly string[]): Promise<Ran> =>
  unspinRun(['review', '--no-config', ...args], { cwd })

/** id and text of what was taken in, by id. */
const taken = ({ stdout }: Ran): (readonly [string | number, string])[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string | number; text: string })
    .map(({ id, text }) => [id, text] as const)
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))

test.each([
  { compress: 'none', action: 'scan' },
  { compress: 'gzip', action: 'fix' },
  { compress: 'zstd', action: 'scan' },
] as const)(
  'a run with $action and compression $compress, each document once with its text',
  async (changes) => {
    const made = await filled()
    await ran(made, { settings: { ...SETTINGS, ...changes, dedupe: true } })
    const seen = await review(made.folder, 'out', '--export', 'cleaned')
    expect([seen.code, seen.api.loads]).toEqual([1, 0])
    expect(seen.stderr).toContain('posts.jsonl:3: line 3 is not JSON')
    expect(seen.stderr).toContain('documents: 7 added')
    expect(taken(seen)).toEqual([
      [7, 'One gadget.'],
      ['7', OTHER],
      ['in/a.txt', TEXT],
      ['in/deep/page.html', `<p>The old <b>gadget</b> hums.</p>`],
      ['in/twin.txt', TEXT],
      ['posts.jsonl:1', OTHER],
      ['posts.jsonl:2', 'A gadget.'],
    ])
  },
)

test('folder and inputs can be moved together; without its inputs a run needs --text', async () => {
  const made = await filled()
  await ran(made)
  mkdirSync(made.path('elsewhere'))
  for (const one of ['in', 'out']) renameSync(made.path(one), made.path('elsewhere', one))
  const moved = await review(made.path('elsewhere'), 'out', '--export', 'allow')
  expect(moved.stderr).toContain('documents: 7 added')
  rmSync(made.path('elsewhere', 'in', 'a.txt'))
  const gone = await review(made.path('elsewhere'), 'out', '--db', 'b.db', '--export', 'allow')
  expect(gone.stderr).toContain('a.txt: there is no such file to take the text from')
  writeFileSync(made.path('text.txt'), TEXT)
  const named = await review(
    made.path('elsewhere'),
    'out',
    '--db',
    'c.db',
    '--text',
    '../text.txt',
    '--export',
    'cleaned',
  )
  expect(taken(named)).toContainEqual(['a.txt', TEXT])
})

test('an input that was changed since is refused, a run that has not ended is told', async () => {
  const made = await filled()
  await ran(made)
  await made.write('in/a.txt', 'Quite another text by now.')
  renameSync(made.path('out/results/twin.txt.jsonl'), made.path('out/results/twin.txt.jsonl.part'))
  const { code, stderr } = await review(made.folder, 'out', '--export', 'allow')
  expect(code).toBe(1)
  expect(stderr).toContain('in/a.txt: the text does not have "gadget"')
  expect(stderr).toContain('twin.txt: the run has not come to its end\n  fix: finish it with --resume first')
})

test('in the folder of the texts what a run wrote there is none of them', async () => {
  const made = place()
  await made.write('in/a.txt', TEXT)
  await ran(made, { out: made.path('in', 'out') })
  const { code, stderr } = await review(made.folder, 'in', '--export', 'allow')
  expect([code, stderr]).toEqual([0, 'review.unspin.db: documents: 1 added\n'])
})

test('a list of inputs that leads elsewhere or is damaged is refused', async () => {
  const made = await filled()
  await ran(made)
  writeFileSync(
    made.path('out/inputs.jsonl'),
    '{"name":"../../x","path":"a","container":"document","compression":"none"}\n',
  )
  const { code, stderr } = await review(made.folder, 'out', '--export', 'allow')
  expect([code, stderr]).toEqual([
    64,
    expect.stringContaining('out: inputs.jsonl:1: this is no input of a run'),
  ])
})

test('records of a scan, compressed either way; a damaged file is told', async () => {
  const cwd = folder()
  const line = (id: number): string => `${JSON.stringify({ ...documentOf(id, TEXT).record, text: TEXT })}\n`
  writeFileSync(join(cwd, 'one.jsonl.gz'), gzipSync(line(1)))
  writeFileSync(join(cwd, 'two.jsonl.zst'), await compressed(Buffer.from(line(2)), 'zstd'))
  writeFileSync(join(cwd, 'three.jsonl.zst'), line(3))
  const { code, stderr } = await review(cwd, '.', '--export', 'allow')
  expect(code).toBe(1)
  expect(stderr).toContain('documents: 2 added')
  expect(stderr).toContain('three.jsonl.zst: the zstd data cannot be read on: this is no zstd frame')
})
