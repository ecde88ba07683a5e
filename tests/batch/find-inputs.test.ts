import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FindOptions, findInputs } from '../../src/batch/find-inputs.ts'
import { rulesOf } from '../../src/batch/ignore-rules.ts'
import { folder } from './shards.ts'

async function names(cwd: string, args: readonly string[], options: Partial<FindOptions> = {}) {
  const { files, problems } = await findInputs(args, { cwd, ...options })
  return { names: files.map(({ name }) => name), problems: problems.map(({ id }) => id), files }
}

describe('folders', () => {
  test('files with a known ending, sorted, whatever their depth', async () => {
    const cwd = folder({
      'in/b.txt': '',
      'in/a.JSONL.gz': '',
      'in/sub/c.md.zst': '',
      'in/sub/picture.png': '',
      'in/README': '',
      'in/.hidden.txt': '',
      'in/.git/d.txt': '',
      'in/sub.txt': '',
      'in/x.warc.gz': '',
      'in/y.csv': '',
      'in/z.tsv': '',
    })
    const found = await names(cwd, ['in'])
    expect(found.names).toEqual([
      'a.JSONL.gz',
      'b.txt',
      'sub/c.md.zst',
      'sub.txt',
      'x.warc.gz',
      'y.csv',
      'z.tsv',
    ])
    expect(found.files.map(({ container, compression }) => `${container} ${compression}`)).toEqual([
      'jsonl gzip',
      'document none',
      'document zstd',
      'document none',
      'warc gzip',
      'csv none',
      'csv none',
    ])
    expect(found.problems).toEqual([])
  })

  test('.gitignore files hold below their folder, the deeper one first', async () => {
    const cwd = folder({
      'in/.gitignore': '*.md\n/drafts/\n',
      'in/a.md': '',
      'in/a.txt': '',
      'in/drafts/b.txt': '',
      'in/sub/drafts/c.txt': '',
      'in/sub/.gitignore': '!keep.md\nno.txt\n',
      'in/sub/keep.md': '',
      'in/sub/lost.md': '',
      'in/sub/no.txt': '',
    })
    expect((await names(cwd, ['in'])).names).toEqual(['a.txt', 'sub/drafts/c.txt', 'sub/keep.md'])
    expect((await names(join(cwd, 'in'), ['**/*.{txt,md}'])).names).toEqual([
      'a.txt',
      'sub/drafts/c.txt',
      'sub/keep.md',
    ])
  })

  test('--exclude leaves out files and folders', async () => {
    const cwd = folder({ 'in/a.txt': '', 'in/old/b.txt': '', 'in/c.html': '' })
    expect((await names(cwd, ['in'], { exclude: ['old/', '*.html'] })).names).toEqual(['a.txt'])
  })

  test('links: no loop, nothing outside, each real file once', async () => {
    const cwd = folder({ 'in/a.txt': '', 'in/sub/b.txt': '', 'outside/c.txt': '' })
    symlinkSync(join(cwd, 'in'), join(cwd, 'in/sub/loop'))
    symlinkSync('self.txt', join(cwd, 'in/self.txt'))
    symlinkSync(join(cwd, 'in/a.txt'), join(cwd, 'in/z.txt'))
    symlinkSync(join(cwd, 'outside'), join(cwd, 'in/elsewhere'))
    symlinkSync(join(cwd, 'outside/c.txt'), join(cwd, 'in/leads-out.txt'))
    symlinkSync(join(cwd, 'nothing.txt'), join(cwd, 'in/broken.txt'))
    const found = await names(cwd, ['in', 'in/sub/loop'])
    expect(found.names).toEqual(['a.txt', 'sub/b.txt'])
    expect(found.problems).toEqual(['in/leads-out.txt', 'in/sub/loop/leads-out.txt'])
  })

  test('a .gitignore cannot make the walk slow', async () => {
    const cwd = folder({
      'in/.gitignore': `${'*a'.repeat(40)}b\n${'**/a/'.repeat(30)}b\nreal.txt\n`,
      [`in/${'a'.repeat(180)}.txt`]: '',
      'in/real.txt': '',
    })
    expect((await names(cwd, ['in'])).names).toEqual([`${'a'.repeat(180)}.txt`])
  })

  test('rules hold for more paths than are remembered', () => {
    const rules = rulesOf(['*.md', '!keep.md'])
    const paths = Array.from({ length: 45_000 }, (_, at) => `${at}.md`)
    expect(paths.filter((path) => rules(path) !== 'ignored')).toEqual([])
    expect([rules('keep.md'), rules('a.txt'), rules('../a.md')]).toEqual(['kept', 'nothing', 'nothing'])
  })

  test('a folder in which folders are nested five hundred deep', async () => {
    const cwd = folder()
    const deep = Array.from({ length: 500 }, () => 'd').join('/')
    mkdirSync(join(cwd, 'in', deep), { recursive: true })
    expect((await names(cwd, ['in'])).names).toEqual([])
  })
})

describe('arguments', () => {
  test('a file named by hand is read as text, whatever its ending', async () => {
    const cwd = folder({ 'notes.rst': '' })
    const { files } = await findInputs(['notes.rst'], { cwd })
    expect(files.map(({ name, container }) => ({ name, container }))).toEqual([
      { name: 'notes.rst', container: 'document' },
    ])
    const asRecords = await findInputs(['notes.rst'], { cwd, otherwise: 'jsonl' })
    expect(asRecords.files[0]?.container).toBe('jsonl')
  })

  test('the order of the arguments is kept, and nothing comes twice', async () => {
    const cwd = folder({ 'b.txt': '', 'a.txt': '', 'in/c.txt': '' })
    expect((await names(cwd, ['b.txt', 'in', '*.txt', '-', 'b.txt', '-'])).names).toEqual([
      'b.txt',
      'c.txt',
      'a.txt',
      'stdin',
    ])
  })

  test('a file whose name looks like a pattern is a file', async () => {
    const cwd = folder({ 'a[1].txt': '', 'a1.txt': '' })
    expect((await names(cwd, ['a[1].txt'])).names).toEqual(['a[1].txt'])
  })

  test('what is not there is a problem', async () => {
    const cwd = folder()
    expect(await names(cwd, ['gone.txt', '*.txt'], { fileList: 'list' })).toEqual({
      names: [],
      files: [],
      problems: ['gone.txt', '*.txt', 'list'],
    })
  })

  test('--file-list gives a path a line', async () => {
    const cwd = folder({ 'a.txt': '', 'in/b.txt': '', list: 'in\r\n\na.txt\n' })
    expect((await names(cwd, [], { fileList: 'list' })).names).toEqual(['b.txt', 'a.txt'])
  })
})

describe('names', () => {
  test('outputs never meet: equal names, capitals, folders, copies of archives', async () => {
    const cwd = folder({
      'one/a.txt': '',
      'two/a.txt': '',
      'three/A.TXT': '',
      'four/a.txt/b.md': '',
      'five/x.warc': '',
      'six/x.warc.jsonl': '',
    })
    const args = ['one', 'two', 'three', 'four', 'five', 'six']
    const found = await names(cwd, args)
    expect(found.names).toEqual(['a.txt', 'a~2.txt', 'A~3.TXT', 'a.txt~2/b.md', 'x.warc', 'x~2.warc.jsonl'])
    expect((await names(cwd, args)).names).toEqual(found.names)
  })

  test('a file elsewhere goes by its own name', async () => {
    const cwd = folder({ 'in/x.txt': '', 'other/a.txt': '' })
    expect((await names(join(cwd, 'in'), ['../other/a.txt', join(cwd, 'in/x.txt')])).names).toEqual([
      'a.txt',
      'x.txt',
    ])
  })
})
