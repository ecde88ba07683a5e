/**
 * A cheap engine for worker threads: every "gadget" is found, its original is "machine". Texts that hold
 * a word in capitals misbehave: THROW throws, HANG never ends, EXIT ends the thread, KILL the process, and
 * FILL takes half a gigabyte for as long as it reads.
 */

function findings(text) {
  return [...text.matchAll(/gadget/g)].map(({ index }) => ({
    span: { start: index, end: index + 6 },
    surface: 'gadget',
    confidence: 0.9,
    kind: 'word',
    suggestions: [{ text: 'machine', probability: 0.8 }],
    evidence: [{ kind: 'entry', text: 'made up' }],
    inQuotation: false,
    tokens: [],
  }))
}

function filled() {
  const rows = []
  for (let i = 0; i < 64; i++) rows.push(Array.from({ length: 1_000_000 }, (_, k) => k))
  return rows.length
}

export function analyze(_engine, input, options = {}) {
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  if (text.includes('THROW')) throw new Error('thrown on purpose')
  if (text.includes('EXIT')) process.exit(3)
  if (text.includes('KILL')) process.kill(process.pid, 'SIGKILL')
  while (text.includes('HANG'));
  if (text.includes('FILL')) filled()
  const found = findings(text)
  const words = text.split(/\s+/).length
  const density = (1000 * found.length) / words
  const label = found.length > 3 ? 'spun' : found.length > 0 ? 'doubtful' : 'clean'
  return {
    document: { id: options.id ?? '', text, format: 'text', problems: [] },
    findings: found,
    verdict: { label, probability: 0.5, spinRate: 0, density },
    words,
    problems: [],
  }
}

export function restore(engine, input, options = {}) {
  const analysis = analyze(engine, input, options)
  const { text } = analysis.document
  const applied = analysis.findings.map(({ span, surface, confidence }) => ({
    span,
    surface,
    text: 'machine',
    probability: 0.8,
    confidence,
  }))
  return { analysis, text: text.replaceAll('gadget', 'machine'), applied }
}
