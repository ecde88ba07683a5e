/**
 * What the review page asks of its server and what it is answered: types only, nothing runs here.
 *
 * All bodies are JSON in UTF-8. Every answer that is not 2xx is an `ErrorAnswer`. Offsets are UTF-16
 * units of the document's text as given. Strings are raw text, never HTML: the page writes them as text
 * nodes. The cookie set at the first visit is sent by the browser; requests that change something carry
 * `Content-Type: application/json` and come from the page's own origin.
 */

/** 400 the request cannot be followed, 401 no token, 403 wrong Host or Origin, 404, 409, 413 too large, 500. */
export interface ErrorAnswer {
  readonly error: {
    /** The fact, with its values. */
    readonly message: string
    /** What to do. */
    readonly fix: string
  }
}

// ---------------------------------------------------------------------------------------------------
// GET /api/session  ->  SessionAnswer
// PUT /api/session  SessionRequest  ->  SessionAnswer   (another reviewer at this browser; a cookie keeps it)

export interface SessionAnswer {
  /** In whose name this browser decides. */
  readonly reviewer: string
  /** Everybody who has decided something in this review, by name. */
  readonly reviewers: readonly string[]
  /** File name of the review, without its folder. */
  readonly review: string
  readonly documents: number
  readonly findings: number
  /** What the list can be filtered by, most findings first. */
  readonly facets: {
    readonly kind: readonly Facet[]
    readonly source: readonly Facet[]
    /** Dialects that verdicts name, most documents first. */
    readonly dialect: readonly DialectFacet[]
  }
}

export interface SessionRequest {
  /** 1 to 80 characters. */
  readonly reviewer: string
}

export interface Facet {
  readonly value: string
  readonly findings: number
}

export interface DialectFacet {
  readonly value: string
  /** For people. */
  readonly title: string
  readonly documents: number
}

// ---------------------------------------------------------------------------------------------------
// GET /api/documents?…  ->  DocumentsAnswer

/**
 * Query of the list. All fields are optional and arrive as strings. Filters on findings (confidence,
 * kind, source, phrase, undecided) keep the documents that have at least one finding fulfilling all of
 * them together; `matching` counts those.
 */
export interface DocumentsQuery {
  /** From 0. */
  readonly offset?: number
  /** 1 to 500; 50 when left out. */
  readonly limit?: number
  /** Default `name`. `undecided`: most open findings first; `probability`, `findings`: highest first. */
  readonly sort?: DocumentSort
  /** Least and highest confidence of a finding, 0 to 1, both included. */
  readonly minConfidence?: number
  readonly maxConfidence?: number
  /** One or several of `FindingKind`, separated by commas. */
  readonly kind?: string
  /** `FindingView.source`, one or several separated by commas, as in `SessionAnswer.facets`. */
  readonly source?: string
  /** Documents whose verdict names one of these dialects, separated by commas, as in `SessionAnswer.facets`. */
  readonly dialect?: string
  /** Documents with this spun wording (`FindingView.surface`), whatever its case. */
  readonly phrase?: string
  /** `1`: only findings the reviewer of this browser has not decided. */
  readonly undecided?: '1'
  /** Documents whose name or text contains this, whatever its (ASCII) case. At most 200 characters. */
  readonly q?: string
}

export type DocumentSort = 'name' | 'probability' | 'findings' | 'undecided' | 'added'

export interface DocumentsAnswer {
  /** Documents that fulfil the query, on all pages. */
  readonly total: number
  readonly offset: number
  readonly documents: readonly DocumentSummary[]
}

export interface DocumentSummary {
  /** Number of the document in this review: the `:n` of /api/documents/:n. Stays the same. */
  readonly n: number
  /** Path, or id of the record. */
  readonly name: string
  readonly format: 'text' | 'md' | 'html'
  readonly verdict: VerdictView
  readonly words: number
  readonly findings: number
  /** Findings decided by the reviewer of this browser. */
  readonly decided: number
  /** Findings that fulfil the query; equals `findings` where it names none of them. */
  readonly matching: number
}

/** A risk marker, not an accusation: "reads clean", "doubtful", "likely spun". `null`: not judged. */
export type VerdictView = null | {
  readonly label: 'clean' | 'doubtful' | 'spun'
  /** Calibrated probability that the document was spun, 0 to 1. */
  readonly probability: number
  /** Expected share of words replaced, 0 to 1. */
  readonly spinRate: number
  /** Findings per 1,000 words. */
  readonly density: number
  /** The spinner's dialect, only where its own wordings make it clear; `marks` are "spun ← original". */
  readonly dialect?: { readonly name: string; readonly title: string; readonly marks: readonly string[] }
}

// ---------------------------------------------------------------------------------------------------
// GET /api/documents/:n  ->  DocumentAnswer

export interface DocumentAnswer {
  readonly document: DocumentSummary
  /**
   * The text, cut at every finding. Segments touch each other and cover the text as given from 0 to its
   * end: the `start` of one is the `end` of the one before.
   */
  readonly segments: readonly Segment[]
  /** By start; `Segment.finding` points here by `FindingView.finding`. They never overlap. */
  readonly findings: readonly FindingView[]
  /** What is wrong with the document, if anything. */
  readonly problems: readonly { readonly kind: string; readonly message: string; readonly fix: string }[]
  /** Numbers of the documents before and after it, by name, and of the next one with open findings. */
  readonly previous: number | null
  readonly next: number | null
  readonly nextUndecided: number | null
}

export type Segment =
  | {
      readonly kind: 'text'
      readonly start: number
      readonly end: number
      /** As read: character references decoded. White space is that of the source. */
      readonly text: string
    }
  | {
      /** Source that is not read: tags, scripts, menus, code. Shown dimmed or not at all; never as HTML. */
      readonly kind: 'markup'
      readonly start: number
      readonly end: number
      readonly text: string
      /** A new block (paragraph, heading, cell) begins behind it. */
      readonly block: boolean
    }
  | {
      readonly kind: 'finding'
      readonly start: number
      readonly end: number
      /** The wording found, as read. */
      readonly text: string
      /** `FindingView.finding` */
      readonly finding: number
    }

export type FindingKind = 'word' | 'phrase' | 'name' | 'number' | 'insertion' | 'markup'

export interface FindingView {
  /** Number of the finding in this review; new after the document is scanned again. */
  readonly finding: number
  /** Number of its document. */
  readonly document: number
  readonly start: number
  readonly end: number
  /** The wording found, as read. */
  readonly surface: string
  /** Calibrated probability that it was replaced, 0 to 1. */
  readonly confidence: number
  readonly kind: FindingKind
  /**
   * Where the knowledge comes from: a word list ("habits/marketing", "phrases/medicine"), a thesaurus
   * ("thesaurus/WordNet"), or "context", "form", "document".
   */
  readonly source: string
  /** Best first, at most ten. An empty text means: delete the wording. Ready to paste. */
  readonly suggestions: readonly { readonly text: string; readonly probability: number }[]
  /** Reasons in words; never empty. */
  readonly evidence: readonly { readonly kind: string; readonly text: string }[]
  readonly inQuotation: boolean
  /** Decision of this browser's reviewer that is in force; null while open. */
  readonly decision: DecisionView | null
  /** Decisions in force of the other reviewers, by name. */
  readonly others: readonly DecisionView[]
}

// ---------------------------------------------------------------------------------------------------
// Decisions

/**
 * accept: `text` (one of the suggestions, the first when left out) takes the wording's place.
 * reject: the wording stays. retype: `text`, typed by the reviewer, takes its place ("" deletes it).
 */
export type DecisionAction = 'accept' | 'reject' | 'retype'

/** How far a decision reaches. `always` also decides what later scans bring into this review. */
export type DecisionScope = 'place' | 'document' | 'run' | 'always'

export interface DecisionView {
  /** Unique in all reviews. */
  readonly id: string
  readonly reviewer: string
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string
  readonly action: DecisionAction
  /** What takes the wording's place; null for reject. */
  readonly text: string | null
  /** The reviewer's remark; null if none was made. */
  readonly why: string | null
  readonly scope: DecisionScope
  /** Common to all decisions of one "all like this": they are undone together. Null for a single one. */
  readonly batch: string | null
  /** It was made on an earlier version of the text, and this is the one place it fits. */
  readonly carried: boolean
}

// POST /api/decisions  DecisionRequest  ->  DecisionAnswer

export interface DecisionRequest {
  readonly finding: number
  readonly action: DecisionAction
  /** Needed for retype; for accept one of the suggestions; not allowed for reject. At most 2,000 units. */
  readonly text?: string
  /** At most 2,000 units. */
  readonly why?: string
}

export interface DecisionAnswer {
  /** The finding as it is now. */
  readonly finding: FindingView
  readonly progress: ProgressAnswer
}

// POST /api/decisions/undo  UndoRequest  ->  UndoAnswer

export interface UndoRequest {
  /** A `DecisionView.id` of one's own; the reviewer's latest one still in force when left out. */
  readonly decision?: string
}

export interface UndoAnswer {
  /** Ids of the decisions taken back: one, or all of a batch. Empty: there was nothing to undo. */
  readonly undone: readonly string[]
  /** Findings concerned, as they are now: at most 500. */
  readonly findings: readonly FindingView[]
  readonly progress: ProgressAnswer
}

// POST /api/decisions/preview-all  AllRequest  ->  PreviewAnswer     (changes nothing)
// POST /api/decisions/all          AllRequest  ->  AllAnswer

/**
 * The same decision for every open finding like the given one: same wording (whatever its case) from the
 * same `source`. An accepted `text` is applied where it is among the finding's own suggestions,
 * whatever its case, and is written as that suggestion; a retyped `text` gets a capital where the
 * wording has one. Findings this reviewer has already decided stay as they are, but for the given one.
 */
export interface AllRequest {
  readonly finding: number
  readonly action: DecisionAction
  /** As in `DecisionRequest`. */
  readonly text?: string
  readonly why?: string
  readonly scope: Exclude<DecisionScope, 'place'>
  /** `PreviewAnswer.count`; when given and no longer true, nothing is done and the answer is 409. */
  readonly expect?: number
}

export interface PreviewAnswer {
  /** Findings that would be decided. */
  readonly count: number
  /** Documents they are in. */
  readonly documents: number
  /** Alike, but left alone: decided already, or the text is not among their suggestions. */
  readonly skipped: number
  /** The first 100 of them, by document and start. */
  readonly places: readonly PreviewPlace[]
}

export interface PreviewPlace {
  readonly finding: number
  readonly document: number
  readonly name: string
  /** Text of the source before and after the wording, at most 60 units each. */
  readonly before: string
  readonly surface: string
  readonly after: string
  /** What would take its place; null for reject. */
  readonly text: string | null
}

export interface AllAnswer {
  readonly applied: number
  /** For /api/decisions/undo: any decision of the batch undoes all of it. Null if nothing was applied. */
  readonly decision: string | null
  /** Findings concerned in the document of the given one, as they are now. */
  readonly findings: readonly FindingView[]
  readonly progress: ProgressAnswer
}

// ---------------------------------------------------------------------------------------------------
// GET /api/progress  ->  ProgressAnswer

export interface ProgressAnswer {
  readonly documents: number
  /** Documents in which this reviewer has decided every finding (those without findings count). */
  readonly documentsDone: number
  readonly findings: number
  /** By this browser's reviewer. */
  readonly decided: number
  readonly accepted: number
  readonly rejected: number
  readonly retyped: number
  /** Decisions of all reviewers, by name. */
  readonly reviewers: readonly { readonly reviewer: string; readonly decided: number }[]
  /** Decisions on places that no document has any more: kept, and used again when the place returns. */
  readonly unplaced: number
}

// ---------------------------------------------------------------------------------------------------
// GET /api/export/:what[?n=3]   a download; the content type and file name are in the headers

/**
 * cleaned     JSON Lines {"id", "text"}: documents with the decisions in them; `?n=` one of them as plain text
 * patch       unified diff of all cleaned documents; `?n=` of one
 * decisions   JSON Lines: the whole history, which `unspin review --import` reads
 * allow       wordings rejected everywhere they were decided, then decided places, one a line, for --allow @FILE
 * dictionary  JSON Lines {"spun", "pairs"} of accepted and retyped fixes, for `unspin dict mine`
 * agreement   JSON `AgreementAnswer`
 * precision   JSON `PrecisionAnswer`
 */
export type ExportName =
  | 'cleaned'
  | 'patch'
  | 'decisions'
  | 'allow'
  | 'dictionary'
  | 'agreement'
  | 'precision'

export interface AgreementAnswer {
  /** Every two reviewers who decided at least one place in common, by name. */
  readonly pairs: readonly {
    readonly reviewers: readonly [string, string]
    /** Places both decided. */
    readonly places: number
    /** Share of places where both agree that the wording was spun, or that it was not; 0 to 1. */
    readonly agreement: number
    /** Cohen's kappa of spun / not spun, −1 to 1; null where chance agreement is complete. */
    readonly kappa: number | null
    /** Places both took for spun, and share of them where both chose the same text; null if none. */
    readonly bothSpun: number
    readonly sameText: number | null
  }[]
}

export interface PrecisionAnswer {
  /** By confidence of the findings, ten bands of 0.1; bands without decisions are left out. */
  readonly bands: readonly (PrecisionRow & { readonly from: number; readonly to: number })[]
  /** By entry, most decided first: the wording in lower case and where it comes from. */
  readonly entries: readonly (PrecisionRow & { readonly surface: string; readonly source: string })[]
}

export interface PrecisionRow {
  readonly decided: number
  /** Accepted or retyped: the place was spun. */
  readonly spun: number
  /** spun / decided */
  readonly precision: number
  /** Accepted with the first suggestion, as share of `decided`. */
  readonly firstRight: number
}
