import { test } from 'vitest'
import { analyzeText, restoreText, read } from '../../src/pipeline.ts'
import { document } from '../../src/document/document.ts'
import { tinyEngine } from './tiny.ts'
test('x', async () => {
  const engine = await tinyEngine()
  for (const text of [
    'The two towns have stop ties.', 'She finished an job before noon.', 'The Joint States signed the treaty.',
    'He said that the tempest came. The the ships stayed.', 'STOP TIES HELP BOTH TOWNS.', 'Stop ties help both towns.',
    'In savory of the tempest the vessels stayed.', 'The charge of bread rose in spring.', 'The complete crew said that.',
    'The museum uses profound gaining knowledge of for the old letters.', 'The two towns have close ties.',
    'It was an job for the whole crew.', 'It was a effort for the whole crew.', 'Profound learning reads the old letters.',
    'the crew explained that the storm came before noon', 'An job was a job.', 'It took a job to read the letters',
    'They keep "stop ties" with the seaport.', 'She finished a stop-<b>gap</b> job.',
  ]) {
    const a = analyzeText(engine, { text, problems: [] }, { minConfidence: 0.3 })
    const r = read(engine, document(text))
    console.log(text, '| rate', r.rate.toFixed(3), a.verdict.label, a.verdict.probability.toFixed(3))
    for (const f of a.findings) console.log('   ', JSON.stringify(f.surface), f.kind, f.confidence.toFixed(3), f.suggestions.map(s => `${s.text}:${s.probability.toFixed(2)}`).join(' '), f.inQuotation, JSON.stringify(f.evidence.map(e=>e.text)))
    console.log('   →', restoreText(engine, { text, problems: [] }).text)
  }
})
