/**
 * HTML element names by what they do to reading: constant tables, nothing else.
 *
 * A name in no table is inline: it neither ends a passage nor hides anything.
 */

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Their text is not for reading. */
export const HIDDEN = names(
  'script style noscript template svg math textarea iframe object canvas noembed noframes xmp plaintext datalist audio video rt rp',
)

/** Their text is code. */
export const CODE_BLOCK = names('pre listing')

/** Inline code: one object in the sentence around it. */
export const CODE_INLINE = names('code kbd samp tt')

/** Page furniture whatever stands in it. */
export const FURNISHING = names('nav footer aside button select menu dialog')

/** Often furniture, but headlines stand in headers and whole pages in forms. */
export const PERHAPS_FURNISHING = names('header form')

/** Values of `role` by which any block is page furniture, or often is. */
export const FURNISHING_ROLE = names(
  'navigation menu menubar complementary contentinfo dialog alertdialog toolbar tablist tree',
)
export const PERHAPS_FURNISHING_ROLE = names('banner form search')

/** Their text is a line of its own, not a sentence of what stands around it. */
export const HEADING = names('h1 h2 h3 h4 h5 h6 title caption')

/** Their start and end tags end a passage. The tables above hold blocks too, except for inline code. */
export const BLOCK = names(
  'address article blockquote body center dd details dir div dl dt fieldset figcaption figure head hgroup hr html legend li main ol optgroup option p search section summary table tbody td tfoot th thead tr ul',
)

/** Have no end tag. */
export const VOID = names(
  'area base basefont br col embed frame hr img input link meta param source track wbr',
)

/** A start tag of the same name closes an open one. */
export const CLOSED_BY_SAME = names('p li dt dd tr td th option optgroup')
