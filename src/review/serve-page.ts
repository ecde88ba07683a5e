/**
 * The page of `unspin serve` where a person pastes a text: a plain form that works without a script.
 *
 * The script only counts words and says that a text is being read. Both it and the style sheet are
 * files of the server's own, since its policy runs nothing that stands in a page.
 */
import { escapeMarkup } from '../write/markup.ts'

export interface PageNote {
  readonly message: string
  readonly fix: string
}

/** The form; with a note above it where the last text could not be read. */
export function formPage(note?: PageNote): string {
  const told =
    note === undefined
      ? ''
      : `<p class="note" role="alert">${escapeMarkup(note.message)}. ${escapeMarkup(note.fix)}.</p>\n`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>unspin</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<main>
<h1>unspin</h1>
<p>Paste an article to see which wordings look replaced from a thesaurus, and what probably stood there.
The text goes to the machine that runs this server and is not kept. The answer is a risk marker, not an accusation.</p>
${told}<form method="post" action="/report">
<label for="text">Text</label>
<textarea id="text" name="text" rows="18" required spellcheck="false"></textarea>
<p class="row"><label for="format">Read as</label>
<select id="format" name="format">
<option value="auto">plain text or HTML</option>
<option value="text">plain text</option>
<option value="md">Markdown</option>
<option value="html">HTML</option>
</select>
<button type="submit">Read it</button>
<output id="state" for="text" aria-live="polite"></output></p>
</form>
<p class="soft">For programs: <a href="/openapi.json">openapi.json</a></p>
</main>
</body>
</html>
`
}

export const PAGE_SCRIPT = `'use strict'
const text = document.getElementById('text')
const state = document.getElementById('state')
const button = document.querySelector('button')
const count = () => {
  const words = text.value.split(/\\s+/).filter((word) => word !== '').length
  state.textContent = words === 0 ? '' : words === 1 ? '1 word' : words + ' words'
}
text.addEventListener('input', count)
text.form.addEventListener('submit', () => {
  state.textContent = 'reading …'
  // After the form was sent: a disabled button would not be part of it.
  setTimeout(() => { button.disabled = true }, 0)
})
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) text.form.requestSubmit()
})
window.addEventListener('pageshow', () => { button.disabled = false; count() })
`

export const PAGE_STYLE = `:root { color-scheme: light dark; --edge: #a34700; --soft: #5c5c63 }
@media (prefers-color-scheme: dark) { :root { --edge: #ffb27a; --soft: #a5a5ad } }
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
label { font-weight: 600 } .soft, output { color: var(--soft) }
textarea { display: block; width: 100%; height: max(9rem, calc(100vh - 21rem)); box-sizing: border-box; margin: .3rem 0; padding: .6rem;
  font: 1.05rem/1.5 Georgia, serif }
.row { display: flex; flex-wrap: wrap; gap: .8rem; align-items: center }
button { font: inherit; padding: .4rem 1.2rem }
.note { border-left: 4px solid var(--edge); padding-left: .8rem }
`
