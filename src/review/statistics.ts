/**
 * What the decisions say about reviewers and about the tool.
 *
 * In: the decisions that findings have now; copies of a document count once. Out: Cohen's kappa for
 * every two reviewers, and how often places were really spun, by confidence and by entry. Accepted and
 * retyped places are spun, rejected ones are not.
 */
import type { AgreementAnswer, PrecisionAnswer, PrecisionRow } from './api-types.ts'
import type { Db, Row } from './database.ts'

const MAX_ENTRIES = 10_000

interface Counts {
  both: number
  neither: number
  onlyFirst: number
  onlySecond: number
  sameText: number
}

export function agreement(db: Db): AgreementAnswer {
  const pairs = new Map<string, { readonly reviewers: readonly [string, string]; readonly counts: Counts }>()
  const rows = db.each(
    `SELECT a.reviewer AS one, b.reviewer AS two, a.action <> 'reject' AS first, b.action <> 'reject' AS second,
       coalesce(a.text = b.text, 0) AS same
     FROM current a JOIN current b ON a.finding = b.finding AND a.reviewer < b.reviewer
     JOIN findings f ON f.finding = a.finding
     GROUP BY a.reviewer, b.reviewer, f.place, f.hash, f.nth ORDER BY one, two`,
  )
  for (const row of rows) {
    const reviewers = [String(row.one), String(row.two)] as const
    const key = JSON.stringify(reviewers)
    const counts = pairs.get(key)?.counts ?? { both: 0, neither: 0, onlyFirst: 0, onlySecond: 0, sameText: 0 }
    pairs.set(key, { reviewers, counts })
    if (row.first === 1 && row.second === 1) {
      counts.both += 1
      if (row.same === 1) counts.sameText += 1
    } else if (row.first === 1) counts.onlyFirst += 1
    else if (row.second === 1) counts.onlySecond += 1
    else counts.neither += 1
  }
  return {
    pairs: [...pairs.values()].map(({ reviewers, counts }) => {
      const { both, neither, onlyFirst, onlySecond, sameText } = counts
      const places = both + neither + onlyFirst + onlySecond
      return {
        reviewers,
        places,
        agreement: rounded((both + neither) / places),
        kappa: kappa(counts),
        bothSpun: both,
        sameText: both === 0 ? null : rounded(sameText / both),
      }
    }),
  }
}

/**
 * Cohen's kappa (Cohen 1960): (po − pe) / (1 − pe), po the share of agreement, pe that expected of two who
 * decide independently with the same shares. −1 to 1; null where pe is 1.
 */
export function kappa({ both, neither, onlyFirst, onlySecond }: Omit<Counts, 'sameText'>): number | null {
  const places = both + neither + onlyFirst + onlySecond
  const [first, second] = [(both + onlyFirst) / places, (both + onlySecond) / places]
  const expected = first * second + (1 - first) * (1 - second)
  const found = (both + neither) / places
  return places === 0 || expected >= 1 ? null : rounded((found - expected) / (1 - expected))
}

/** Every decision of every reviewer counts once. */
export function precision(db: Db): PrecisionAnswer {
  const decided = `(SELECT f.surface, f.source, f.confidence, c.action <> 'reject' AS spun,
      c.action = 'accept' AND json_extract(c.text, '$') = json_extract(f.record, '$.suggestions[0].text') AS right
    FROM current c JOIN findings f ON f.finding = c.finding GROUP BY c.reviewer, f.place, f.hash, f.nth)`
  const sums = 'count(*) AS decided, sum(spun) AS spun, sum(right) AS right'
  return {
    bands: db
      .all(
        `SELECT min(9, CAST(confidence * 10 + 1e-9 AS INTEGER)) AS band, ${sums} FROM ${decided}
         GROUP BY band ORDER BY band`,
      )
      .map((row) => ({
        from: Number(row.band) / 10,
        to: (Number(row.band) + 1) / 10,
        ...precisionRow(row),
      })),
    entries: db
      .all(
        `SELECT surface, source, ${sums} FROM ${decided} GROUP BY surface, source
         ORDER BY decided DESC, surface, source LIMIT ${MAX_ENTRIES}`,
      )
      .map((row) => ({ surface: String(row.surface), source: String(row.source), ...precisionRow(row) })),
  }
}

function precisionRow(row: Row): PrecisionRow {
  const [decided, spun, right] = [Number(row.decided), Number(row.spun), Number(row.right)]
  return { decided, spun, precision: rounded(spun / decided), firstRight: rounded(right / decided) }
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
