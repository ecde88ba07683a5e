/**
 * Every shape that passes between stages; nothing here runs.
 *
 *   bytes -> Document -> Passage[] -> Sentence[] (Token[]) -> Arc[] -> Lattice -> Finding[] -> Verdict
 *
 * Offsets are UTF-16 code units of `Document.text`, the text exactly as it was given (for HTML the
 * source with its tags). Scores and costs are in nats; a cost is −ln p and never negative.
 */

/** Half-open range [start, end). `In` names what is counted; it exists only for the compiler. */
export interface Span<In extends 'text' | 'tokens'> {
  readonly start: number
  readonly end: number
  readonly in?: In
}

export type InputFormat = 'text' | 'md' | 'html'

/** Something wrong with an input or a wordlist: where, what, and what to do. Never thrown, always returned. */
export interface Problem {
  readonly kind: 'encoding' | 'binary' | 'empty' | 'too-large' | 'markup' | 'unreadable' | 'record' | 'limit'
  readonly message: string
  readonly fix: string
}

export interface Document {
  readonly id: string
  /** The text as given. Nothing changes it; every `Span<'text'>` slices it. */
  readonly text: string
  readonly format: InputFormat
  /** Ordered, disjoint: what is read of the text; all of it where left out. */
  readonly main?: readonly Span<'text'>[]
  readonly problems: readonly Problem[]
}

/**
 * A run of readable text copied from the source. `width` equals `length` except for a character
 * reference (`&rsquo;`), which reads as fewer units than it takes.
 */
export interface Piece {
  /** Where the run starts in `Passage.text`, and how many units of it. */
  readonly from: number
  readonly length: number
  /** Where it stands in `Document.text`, and how many units it takes there. */
  readonly at: number
  readonly width: number
}

/** A block of readable text: a paragraph, heading, list item or cell. Sentences never cross passages. */
export interface Passage {
  /** `boilerplate` (menus, "Skip to content") and `code` are tokenised by nobody and never flagged. */
  readonly kind: 'prose' | 'heading' | 'boilerplate' | 'code'
  /** Entities decoded, tags gone; for plain text a slice of the document. */
  readonly text: string
  /** Ordered, disjoint, covering `text` completely. */
  readonly pieces: readonly Piece[]
}

export interface Token {
  readonly kind: 'word' | 'number' | 'punctuation' | 'url' | 'email'
  /** Place in `Document.text`. */
  readonly span: Span<'text'>
  /** As read: decoded, original case. Equals the slice of `span` unless entities or tags intervene. */
  readonly surface: string
  /** What is matched and counted: NFC, lower case, straight apostrophe, digits folded (document/tokens.ts). */
  readonly key: string
  readonly shape: 'lower' | 'title' | 'upper' | 'mixed' | 'none'
  /** No white space before it: the second and third token of "well-liked". */
  readonly joined: boolean
  /** Inside a quotation. */
  readonly quoted: boolean
}

export interface Sentence {
  readonly tokens: readonly Token[]
  readonly kind: 'prose' | 'heading'
}

/** Where a proposed original comes from. Direction matters: spinners write what the thesaurus lists. */
export type SourceName =
  | 'entry' // a phrase entry of wordlists/phrases
  | 'habit' // a habitual replacement of wordlists/habits
  | 'term' // a known term of wordlists/terms, replaced word by word
  | 'wordnet' // WordNet relation
  | 'moby' // Moby thesaurus, either direction
  | 'two-hop' // original - bridge - spun, over habits and thesauri
  | 'expected' // the language model itself expects the word here
  | 'spelling' // a doubled, broken or joined word repaired
  | 'deletion' // the word is superfluous

/** One reason why a wording is proposed for a place. */
export interface Source {
  readonly name: SourceName
  /** Strength within the source, 0 to 1 (1 = habitual, same sense). */
  readonly weight: number
  /** Human-readable path: ["stop", "close"] or ["beak", "bill", "charge"]. */
  readonly path: readonly string[]
  /** File and line, or relation name, where there is one. */
  readonly origin?: string
}

/** A way to read tokens [span.start, span.end) of a sentence. */
export interface Arc {
  readonly span: Span<'tokens'>
  /** Keys of the words read; empty deletes. The tokens' own keys when the arc keeps the text. */
  readonly words: readonly string[]
  /** Empty exactly when the arc keeps the text. */
  readonly sources: readonly Source[]
  /** w·f of everything but the language model, nats. */
  readonly score: number
}

/** All readings of a sentence that were kept, as arcs by start position. */
export interface Lattice {
  readonly length: number
  readonly arcs: readonly (readonly Arc[])[]
}

/** A reason in words, with the number behind it. */
export interface Evidence {
  readonly kind: 'entry' | 'thesaurus' | 'context' | 'document' | 'form'
  readonly text: string
}

export interface Suggestion {
  /** Ready to paste: case, article and inflection repaired. Empty means: delete. */
  readonly text: string
  /** Share among all readings of the place, given that it was replaced; 0 to 1. */
  readonly probability: number
}

export interface Finding {
  readonly span: Span<'text'>
  /** As read: what a person sees at the place. */
  readonly surface: string
  /** Calibrated probability that the place was replaced; 0 to 1. */
  readonly confidence: number
  readonly kind: 'word' | 'phrase' | 'name' | 'number' | 'insertion' | 'markup'
  /** Best first, at most ten. */
  readonly suggestions: readonly Suggestion[]
  /** Never empty: a finding that cannot say why is a bug. */
  readonly evidence: readonly [Evidence, ...Evidence[]]
  readonly inQuotation: boolean
  /** Tokens the span covers, in order, with the way to write a proposal back into markup. */
  readonly tokens: readonly Token[]
}

export interface Verdict {
  readonly label: 'clean' | 'doubtful' | 'spun'
  /** Calibrated probability that the document was spun; 0 to 1. */
  readonly probability: number
  /** Expected share of words replaced; 0 to 1. */
  readonly spinRate: number
  /** Findings at the chosen confidence per 1,000 words. */
  readonly density: number
  /** The spinner's dialect, where its own wordings make it clear. */
  readonly dialect?: DialectSeen
}

/** A spinner's dialect and what shows it. */
export interface DialectSeen {
  readonly name: string
  /** For people. */
  readonly title: string
  /** "spun ← original", each once, in the order of the list. */
  readonly marks: readonly string[]
}

export interface Analysis {
  readonly document: Document
  /** Ordered by start, then end. Disjoint. */
  readonly findings: readonly Finding[]
  readonly verdict: Verdict
  /** Words read, the base of `density`. */
  readonly words: number
  readonly problems: readonly Problem[]
}
