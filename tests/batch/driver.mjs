/**
 * A batch run in a process of its own, for tests that kill it: the request comes as JSON. With `dieAt` n
 * the process ends itself, as by kill -9, in the middle of its n-th write to an output. With `queue`, the
 * address of Redis, workers elsewhere answer.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { realDisk } from '../../dist/batch/part-file.js'
import { queueLabour } from '../../dist/batch/queue.js'
import { runBatch } from '../../dist/batch/run.js'

const { dieAt, queue, ...request } = JSON.parse(process.argv[2])
let operations = 0

function die() {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way.
  return wait(10_000)
}

const disk = {
  async open(path) {
    const file = await realDisk.open(path)
    return {
      ...file,
      async write(bytes, at) {
        operations += 1
        if (operations !== dieAt) return file.write(bytes, at)
        await file.write(bytes.subarray(0, Math.floor(bytes.length / 2)), at)
        return die()
      },
      async sync() {
        operations += 1
        return operations === dieAt ? die() : file.sync()
      },
    }
  },
}

const outcome = await runBatch({
  ...request,
  disk,
  ...(queue !== undefined && {
    labour: (model) => queueLabour({ url: queue, program: request.program, model, width: 4 }),
  }),
  signal: new AbortController().signal,
  onProgress: () => process.stdout.write('.'),
})
process.exitCode = outcome.state === 'done' ? 0 : 1
