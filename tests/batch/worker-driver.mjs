/** A queue worker in a process of its own, for tests that kill it; prints "ready" when batches can come. */
import { serveQueue } from '../../dist/batch/queue-worker.js'

const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
await serveQueue({
  ...JSON.parse(process.argv[2]),
  signal: stop.signal,
  onReady: () => process.stdout.write('ready'),
})
