/**
 * Character references outside HTML: "&rsquo;", "&#8217;" in Markdown.
 *
 * In: a text and the place of an ampersand. Out: what the reference reads as and where it ends. The HTML
 * tokenizer knows all names, so it is asked, with the few units a reference can take.
 */

import { Tokenizer } from 'htmlparser2'

/** The longest name has 31 letters. */
const MAX_REFERENCE = 40

/** The reference at `at`, which must end in a semicolon; undefined when there is none. */
export function reference(text: string, at: number): { text: string; end: number } | undefined {
  const head = text.slice(at, at + MAX_REFERENCE)
  const semicolon = head.indexOf(';')
  if (semicolon < 2) return undefined
  let read = ''
  let end = 0
  const ignore = (): void => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontextentity(codepoint, stop) {
        if (end !== 0 && end !== stop) return
        read += String.fromCodePoint(codepoint)
        end = stop
      },
      ontext: ignore,
      onopentagname: ignore,
      onopentagend: ignore,
      onselfclosingtag: ignore,
      onclosetag: ignore,
      onend: ignore,
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
    },
  )
  tokenizer.write(head.slice(0, semicolon + 1))
  tokenizer.end()
  return end === semicolon + 1 ? { text: read, end: at + end } : undefined
}
