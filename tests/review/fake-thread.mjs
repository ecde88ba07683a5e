/**
 * A thread as `unspin serve` knows it, without an engine: what a text says is what happens.
 * "hang" never ends, "die" ends the thread, "fail" is an error, "wait" waits for the gate of the test.
 */
import { parentPort, workerData } from 'node:worker_threads'

if (workerData.stillborn) process.exit(1)
parentPort.on('message', (job) => {
  const text = typeof job.content === 'string' ? job.content : Buffer.from(job.content).toString()
  if (text === 'hang') for (;;);
  if (text === 'die') process.exit(1)
  if (text === 'wait') Atomics.wait(workerData.gate, 0, 0)
  if (text === 'fail') parentPort.postMessage({ state: 'failed', message: 'secret of the inside' })
  else parentPort.postMessage({ state: 'answered', body: JSON.stringify({ ...job, content: text }) })
})
parentPort.postMessage(
  workerData.unusable ? { state: 'unusable', message: 'no model', fix: 'get one' } : { state: 'ready' },
)
if (workerData.frail) process.exit(1)
