import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { problemText } from '../../src/lexicon/entry.ts'
import { draftsAsEntries, draftsAsHabits, type EntryDraft } from '../../src/lexicon/import-draft.ts'
import { guessFormat, type ImportFormat, importList } from '../../src/lexicon/import-list.ts'
import { inflections } from './dictionaries.ts'

const HEADER = { origin: 'test', licence: 'MIT', date: '2026-11-23' }
const imported = (text: string, format: ImportFormat) => {
  const { drafts, problems } = importList({ name: 'list', text }, format)
  return { drafts, problems: problems.map(problemText) }
}
/** What the check says to the entries as they would be written. */
const checked = (drafts: readonly EntryDraft[]): readonly string[] =>
  checkDictionary([{ name: 'x.yaml', text: draftsAsEntries(drafts, HEADER) }], inflections).map(problemText)

describe('lists of corrections', () => {
  test.each([
    { format: 'codespell', text: 'machne->machine', gives: 'machine\tx\tmachne\n', why: 'one correction' },
    {
      format: 'codespell',
      text: 'clas->class, disabled because of a keyword',
      gives: 'class\tx\tclas\n',
      why: 'a remark is no correction',
    },
    {
      format: 'codespell',
      text: 'ther->there, their, the,',
      gives: 'the\tx\t| ther\ntheir\tx\t| ther\nthere\tx\tther\n',
      why: 'the first is common, the others seen',
    },
    { format: 'codespell', text: 'alot->a lot', gives: 'a lot\tx\talot\n', why: 'a correction of two words' },
    {
      format: 'typos',
      text: 'machne,machine,machines',
      gives: 'machine\tx\tmachne\nmachines\tx\t| machne\n',
      why: 'columns',
    },
    {
      format: 'typos',
      text: '# remark\n\nb?,c\r\na,c',
      gives: 'c\tx\ta; b\\?\n',
      why: 'remarks, escapes, one line an original',
    },
  ] as const)('$format "$text": $why', ({ format, text, gives }) => {
    const { drafts, problems } = imported(text, format)
    const { text: written } = draftsAsHabits(drafts, HEADER, 'list')
    expect(problems).toEqual([])
    expect(written).toBe(`# origin: test\n# licence: MIT\n# date: 2026-11-23\n${gives}`)
    expect(checkDictionary([{ name: 'x.tsv', text: written }], inflections)).toEqual([])
    expect(checked(drafts)).toEqual([])
  })

  test('broken lines: place, fact, fix', () => {
    expect(imported('no arrow\n->x\nsame->Same\nok->okay\n', 'codespell').problems).toEqual([
      'list:1: "no arrow" has no correction\n  fix: write wrong->right, right2',
      'list:2: "->x" has no wording\n  fix: write wrong->right, right2',
      'list:3: "same" has itself as correction\n  fix: correct the line, or delete it',
    ])
  })

  test('habits have no guards and no wordings with separators', () => {
    const { drafts } = imported(
      'spun,expected,flags,papers,constraint\nmetal shell,metal case,,,AND steel\n',
      'tortured-csv',
    )
    const { text, problems } = draftsAsHabits(
      [...drafts, ...imported('a;b,c', 'typos').drafts],
      HEADER,
      'list',
    )
    expect(text).toBe('# origin: test\n# licence: MIT\n# date: 2026-11-23\n')
    expect(problems.map(({ message }) => message)).toEqual([
      '"metal shell" has a guard, which habits have not',
      '"a;b" has a character that separates wordings',
    ])
  })
})

describe('guessFormat', () => {
  test.each([
    { text: '# words\nmachne->machine', format: 'codespell' },
    { text: 'machne,machine', format: 'typos' },
    { text: 'spun,expected\na b,c d', format: 'tortured-csv' },
    { text: 'a b\tc d', format: 'tortured-csv' },
    { text: 'one two three', format: undefined },
    { text: '', format: undefined },
  ])('$text: $format', ({ text, format }) => {
    expect(guessFormat({ name: 'list', text })).toBe(format)
  })
})
