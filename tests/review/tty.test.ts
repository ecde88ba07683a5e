/** The terminal: answers from a list make the same decisions as the page; nothing of a text steers it. */
import { expect, test } from 'vitest'
import { type Prompts, reviewInTerminal } from '../../src/cli/review-tty.ts'
import { add, decisions, documentOf, review } from './made.ts'

const TEXT = 'One gadget. Two gadget. Three gadget. Four gadget.'

function terminal(answers: readonly (string | boolean)[]) {
  const waiting = [...answers]
  const written: string[] = []
  const asked: string[] = []
  const next = (message: string): string | boolean | undefined => {
    asked.push(message)
    return waiting.shift()
  }
  const textual = (answer: string | boolean | undefined): string | undefined =>
    typeof answer === 'string' ? answer : undefined
  const prompts: Prompts = {
    select: async (message) => textual(next(message)),
    text: async (message) => textual(next(message)),
    confirm: async (message) => next(message) === true,
  }
  const stdout = {
    closed: false,
    async write(text: string) {
      written.push(text)
    },
  }
  return {
    prompts,
    asked,
    shown: () => written.join(''),
    world: { stdout, signal: new AbortController().signal },
  }
}

test('accept, retype, later, undo, all like this', async () => {
  const store = review()
  const n = add(store, documentOf('a.txt', TEXT))
  const m = add(store, documentOf('b.txt', `${TEXT} End.`))
  const at = terminal(['accept 1', 'retype', 'engine', 'skip', 'undo', 'reject', 'reject all', true])
  await reviewInTerminal(store, 'ann', at.world, at.prompts)
  expect(decisions(store, n)).toEqual(['gadget>device', 'gadget=', 'gadget=', 'gadget='])
  expect(decisions(store, m)).toEqual(['gadget=', 'gadget=', 'gadget=', 'gadget='])
  expect(at.asked.at(-1)).toBe('6 places in 2 documents?')
  expect(at.shown()).toMatch(/8 of 8 findings decided, 2 of 2 documents done\n$/)
})

test('stopping keeps what was decided; later means later, not for ever', async () => {
  const store = review()
  const n = add(store, documentOf('a.txt', TEXT))
  add(store, documentOf('b.txt', 'A gadget.'))
  const first = terminal(['skip', 'reject', 'stop'])
  await reviewInTerminal(store, 'ann', first.world, first.prompts)
  expect(decisions(store, n)).toEqual(['gadget?', 'gadget=', 'gadget?', 'gadget?'])
  const second = terminal(['reject', 'skip', 'skip', 'reject'])
  await reviewInTerminal(store, 'ann', second.world, second.prompts)
  expect(store.progress('ann')).toMatchObject({ decided: 3, documentsDone: 1 })
})

test('control sequences of a text are shown, not obeyed', async () => {
  const store = review()
  add(store, documentOf('\u001b[2Jname.txt', 'A \u001b[31mred\u001b]0;title\u0007 gadget.'))
  const at = terminal(['stop'])
  await reviewInTerminal(store, 'ann', at.world, at.prompts)
  expect(at.shown()).toContain('gadget')
  expect(at.shown()).not.toContain('\u001b')
})

test('without a terminal it is refused', async () => {
  const store = review()
  await expect(reviewInTerminal(store, 'ann', terminal([]).world)).rejects.toThrow('--tty needs a terminal')
})
