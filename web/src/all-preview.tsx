/** How many places a decision for all of them would concern, and which: the first hundred. */
import type { PreviewAnswer } from '../../src/review/api-types.ts'
import { count } from './words.ts'

export function AllPreview({ preview }: { readonly preview: PreviewAnswer | undefined }) {
  return (
    <div class="preview">
      <p id="all-count" role="status">
        {preview === undefined ? 'Looking for them…' : countWords(preview)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section class="preview-places" aria-label="Places concerned" tabIndex={0}>
        <ol>
          {preview?.places.map(({ finding, name, before, surface, after, text }) => (
            <li key={finding}>
              <span class="preview-name">{name}</span>
              <span>
                …{before}
                {text === null ? <b>{surface}</b> : <del>{surface}</del>}
                {text !== null && text !== '' && (
                  <>
                    {' '}
                    <ins>{text}</ins>
                  </>
                )}
                {after}…
              </span>
            </li>
          ))}
        </ol>
        {preview !== undefined && preview.count > preview.places.length && (
          <p>and {count(preview.count - preview.places.length, 'place')} more</p>
        )}
      </section>
    </div>
  )
}

function countWords({ count: n, documents, skipped }: PreviewAnswer): string {
  const left = skipped === 0 ? '' : ` Alike, but left as they are: ${count(skipped, 'place')}.`
  return `${count(n, 'place')} in ${count(documents, 'document')} would be decided.${left}`
}
