/**
 * `npx tsx bench/stages.ts FILE [ROUNDS]`: where the time goes that reading prose takes, stage by stage.
 *
 * In: a plain text of one's own, cut at line ends into documents of some 3 kB; the built dictionary (run
 * `npm run build` first). Out: a table of processor seconds (all threads of the process, compiler and
 * garbage collection among them), the best of ROUNDS (5) warm rounds for each stage. Processor time
 * suffers less than the clock from what else runs, but not nothing: compare runs of one hour.
 */
import { readFileSync } from 'node:fs'
import { document } from '../src/document/document.ts'
import { readSentences } from '../src/document/read-sentences.ts'
import { load } from '../src/index.ts'
import { analyzeText, type Knowledge } from '../src/pipeline.ts'
import { readBlock } from '../src/restore/block.ts'
import { documentContext } from '../src/restore/context.ts'
import { look } from '../src/restore/look.ts'
import { roughRate, suspects } from '../src/restore/suspects.ts'

const DOCUMENT_UNITS = 3000
const [file, rounds = '5'] = process.argv.slice(2)
if (file === undefined) throw new Error('bench/stages.ts: no text\n  fix: name a plain text file')

const documents = cut(readFileSync(file, 'utf8'))
const bytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
const engine = await load()
const best = new Map<string, number>()
for (let round = 0; round < Number(rounds); round++)
  for (const [stage, seconds] of measured(engine, documents))
    best.set(stage, Math.min(best.get(stage) ?? Number.POSITIVE_INFINITY, seconds))
const rows = [...best].map(
  ([stage, seconds]) => `| ${stage} | ${seconds.toFixed(3)} | ${(bytes / 1e6 / seconds).toFixed(2)} |`,
)
process.stdout.write(
  `${documents.length} documents, ${bytes} bytes, ${probed(engine, documents)} words read first\n\n`,
)
process.stdout.write(['| stage | s | MB/s |', '|---|--:|--:|', ...rows, ''].join('\n'))

function cut(text: string): string[] {
  const out: string[] = []
  let open = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    open += `${line}\n\n`
    if (open.length <= DOCUMENT_UNITS) continue
    out.push(open)
    open = ''
  }
  return out
}

/** Processor seconds by stage, one round. */
function measured(known: Knowledge, texts: readonly string[]): Map<string, number> {
  const out = new Map<string, number>()
  const timed = <T>(stage: string, run: () => T): T => {
    const before = process.cpuUsage()
    const value = run()
    const { user, system } = process.cpuUsage(before)
    out.set(stage, (out.get(stage) ?? 0) + (user + system) / 1e6)
    return value
  }
  const { model, vectors, weights } = known
  for (const text of texts) {
    const sentences = timed('sentences', () => readSentences(document(text, { format: 'text' })))
    const context = timed('document context', () => documentContext(model, vectors, sentences))
    const looks = timed('look', () =>
      sentences.map((sentence) => look(known, weights.suspicion, sentence, context)),
    )
    timed('rate and suspects', () => {
      const rough = roughRate(looks, weights.suspicion)
      return suspects(looks, weights.suspicion, rough, weights.suspicion.probe.from)
    })
    timed('suspects read', () => readBlock(known, looks, false))
    timed('analyzeText', () => analyzeText(known, { text, problems: [] }, { format: 'text' }))
  }
  return out
}

/** Words suspicious enough to be read at all. */
function probed(known: Knowledge, texts: readonly string[]): number {
  const { model, vectors, weights } = known
  let sum = 0
  for (const text of texts) {
    const sentences = readSentences(document(text, { format: 'text' }))
    const context = documentContext(model, vectors, sentences)
    const looks = sentences.map((sentence) => look(known, weights.suspicion, sentence, context))
    const rough = roughRate(looks, weights.suspicion)
    for (const mask of suspects(looks, weights.suspicion, rough, weights.suspicion.probe.from))
      for (const flag of mask) sum += flag
  }
  return sum
}
