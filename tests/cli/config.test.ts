import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { effectiveOptions, optionLines } from '../../src/cli/config.ts'
import { UsageError } from '../../src/cli/exit-codes.ts'
import type { OptionName } from '../../src/cli/options.ts'
import { nearest } from '../../src/lexicon/nearest.ts'
import { unspinRun } from './fake.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unspin-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text)
const effective = (flags: readonly [OptionName, unknown][] = [], config?: string | false) =>
  effectiveOptions({ flags: new Map(flags), config, cwd, nearest })

function usage(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}\n  fix: ${error.fix}`.replaceAll(`${cwd}/`, '')
    throw error
  }
  return 'no error'
}

describe('options', () => {
  test('defaults stand where nothing is said; the model brings its own thresholds', () => {
    const { options, origins } = effective()
    expect(options).toMatchObject({
      textKey: 'text',
      idKey: 'id',
      maxBytes: 20_000_000,
      minConfidence: undefined,
    })
    expect([origins.get('textKey'), origins.get('minConfidence')]).toEqual(['default', 'not set'])
  })

  test('a flag wins over the file, the file over the default; each origin is known', () => {
    write('unspin.config.json', '{"minConfidence": 0.4, "textKey": "body"}')
    const { options, origins } = effective([
      ['minConfidence', '0.9'],
      ['idKey', undefined],
    ])
    expect(options).toMatchObject({ minConfidence: 0.9, textKey: 'body', idKey: 'id' })
    expect([...origins].filter(([name]) => name.endsWith('Key') || name === 'minConfidence')).toEqual([
      ['minConfidence', '--min-confidence'],
      ['textKey', join(cwd, 'unspin.config.json')],
      ['idKey', 'default'],
    ])
  })

  test('the file is found upward, paths in it are its own folder’s', () => {
    write('unspin.config.yaml', 'dictionaries: [words.tsv, /abs.tsv]\nmodelDir: models\n')
    mkdirSync(join(cwd, 'deep/er'), { recursive: true })
    const request = { flags: new Map(), config: undefined, cwd: join(cwd, 'deep/er'), nearest }
    expect(effectiveOptions(request).options).toMatchObject({
      dictionaries: [join(cwd, 'words.tsv'), '/abs.tsv'],
      modelDir: join(cwd, 'models'),
    })
    expect(effectiveOptions({ ...request, config: false }).options.dictionaries).toEqual([])
  })

  test.each([
    {
      text: '{"minconfidence": 1}',
      says: 'unknown option "minconfidence"\n  fix: did you mean "minConfidence"?',
    },
    { text: '{"constructor": 1}', says: 'unknown option "constructor"\n  fix: known options: minConfidence' },
    { text: '{"__proto__": {"x": 1}}', says: 'unknown option "__proto__"' },
    {
      text: '{"color": "alway"}',
      says: '"color": "alway" is not one of auto, always, never',
    },
    { text: '{"allow": [1]}', says: '"allow": 1 is not a name' },
    { text: '{"exitZero": "yes"}', says: '"exitZero": "yes" is neither true nor false' },
    { text: '{"maxBytes": 0}', says: '"maxBytes": 0 is not a size from 1 to 400000000 bytes' },
    { text: '{', says: 'unspin.config.json: not JSON\n  fix: write it as JSON' },
    { text: '[1]', says: 'unspin.config.json: holds no options' },
  ])('$text is refused: $says', ({ text, says }) => {
    write('unspin.config.json', text)
    expect(usage(() => effective())).toContain(says)
  })

  test('YAML that is none, a file that is not there, an empty file', () => {
    write('unspin.config.yaml', 'a: [')
    expect(usage(() => effective())).toBe(
      'unspin.config.yaml: not YAML\n  fix: write it as YAML, one "name: value" per option',
    )
    expect(usage(() => effective([], 'gone.json'))).toContain('gone.json: there is no such file')
    write('empty.yaml', '# nothing yet\n')
    expect(effective([], 'empty.yaml').options.textKey).toBe('text')
  })

  test.each([
    { value: '5M', gives: 5_000_000 },
    { value: '1.5k', gives: 1500 },
    { value: 300, gives: 300 },
  ])('maxBytes $value', ({ value, gives }) => {
    expect(effective([['maxBytes', value]]).options.maxBytes).toBe(gives)
  })

  test('--print-options is a configuration file again, and scans nothing', async () => {
    const args = [
      'scan',
      '--min-confidence',
      '0.7',
      '--allow',
      'folks',
      '--allow',
      'savory',
      '--print-options',
      'gone',
    ]
    const { code, stdout } = await unspinRun(args, { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain(
      'minConfidence: 0.7 # --min-confidence\n# applyAbove: not set (the model says)\n',
    )
    expect(stdout).toContain('allow: ["folks","savory"] # --allow\n')
    write('unspin.config.yaml', stdout)
    const again = effective()
    expect(again.options).toMatchObject({ minConfidence: 0.7, allow: ['folks', 'savory'] })
    expect(optionLines(again)).toContain('minConfidence: 0.7 #')
  })
})
