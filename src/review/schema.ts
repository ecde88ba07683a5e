/**
 * The tables of a review file and how older files become newer ones.
 *
 * `history` is what matters and only grows: triggers refuse to change or delete its rows. `standing` and
 * `current` are derived from it and may be made again at any time; `reviewed`, `sums` and `held` count them,
 * kept by triggers. A file of a newer version is refused. Each step of MIGRATIONS takes a file from its index to the next version.
 */
import type { Db } from './database.ts'
import { ReviewRefusal } from './problem.ts'

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE documents (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,          -- JSON: a path, or the id of the record (text or number)
    name TEXT NOT NULL,               -- the same for people
    hash TEXT NOT NULL,               -- SHA-256 of the text
    format TEXT NOT NULL,
    source TEXT NOT NULL,             -- 'file' or 'record'
    label TEXT, probability REAL, spin_rate REAL, density REAL,
    words INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    problems TEXT NOT NULL            -- JSON
  );
  CREATE INDEX documents_hash ON documents (hash);
  CREATE INDEX documents_name ON documents (name, n);
  CREATE INDEX documents_probability ON documents (probability DESC, n);
  CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    text TEXT NOT NULL,               -- for searching; with replacement characters where exact is needed
    exact BLOB                        -- UTF-16LE where the text is no well-formed Unicode
  );
  CREATE TABLE findings (
    finding INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    confidence REAL NOT NULL,
    kind TEXT NOT NULL,
    dialect TEXT NOT NULL,
    surface TEXT NOT NULL,            -- folded
    hash TEXT NOT NULL,               -- of the document
    place TEXT NOT NULL,              -- before|surface|after
    before TEXT NOT NULL, after TEXT NOT NULL, -- two words either side, folded
    nth INTEGER NOT NULL,             -- among equal places of the document
    record TEXT NOT NULL              -- JSON: the finding's record
  );
  CREATE INDEX findings_document ON findings (document, start);
  CREATE INDEX findings_place ON findings (place, hash, nth);
  CREATE INDEX findings_entry ON findings (surface, dialect);
  CREATE INDEX findings_kind ON findings (kind, confidence, document);
  CREATE INDEX findings_dialect ON findings (dialect, confidence, document);
  CREATE INDEX findings_confidence ON findings (confidence, document);

  CREATE TABLE history (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'retype', 'undo')),
    scope TEXT NOT NULL CHECK (scope IN ('place', 'document', 'run', 'always', 'rule')),
    batch TEXT,
    undoes TEXT,                      -- id or batch that an undo takes back
    hash TEXT, place TEXT, nth INTEGER,
    surface TEXT, dialect TEXT,       -- together the entry
    entry TEXT NOT NULL               -- JSON: the whole line as it is exported
  ) WITHOUT ROWID;
  CREATE INDEX history_order ON history (at, id);
  CREATE INDEX history_reviewer ON history (reviewer, at, id);
  -- With time and id: else the planner takes history_reviewer for its order and reads all of it.
  CREATE INDEX history_place ON history (place, hash, nth, reviewer, at, id);
  CREATE INDEX history_batch ON history (batch);
  CREATE INDEX history_undoes ON history (undoes, reviewer);
  CREATE INDEX history_rules ON history (scope, surface, dialect);
  CREATE TRIGGER history_stays BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
  CREATE TRIGGER history_remains BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

  CREATE TABLE standing (             -- latest decision not undone, by reviewer and place
    reviewer TEXT NOT NULL, place TEXT NOT NULL, hash TEXT NOT NULL, nth INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (place, hash, nth, reviewer)
  ) WITHOUT ROWID;
  CREATE INDEX standing_id ON standing (id);
  CREATE TABLE current (              -- the decision a finding has now
    finding INTEGER NOT NULL REFERENCES findings (finding) ON DELETE CASCADE,
    reviewer TEXT NOT NULL,
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    action TEXT NOT NULL,
    text TEXT,                        -- JSON: what takes the wording's place; NULL for reject
    carried INTEGER NOT NULL,
    PRIMARY KEY (finding, reviewer)
  ) WITHOUT ROWID;
  CREATE INDEX current_id ON current (id);
  CREATE INDEX current_document ON current (document, reviewer);
  CREATE TABLE tally (                -- decided findings, by document, reviewer and action
    document INTEGER NOT NULL, reviewer TEXT NOT NULL, action TEXT NOT NULL, decided INTEGER NOT NULL,
    PRIMARY KEY (reviewer, document, action)
  ) WITHOUT ROWID;
  CREATE TRIGGER current_in AFTER INSERT ON current BEGIN
    INSERT INTO tally VALUES (new.document, new.reviewer, new.action, 1)
      ON CONFLICT DO UPDATE SET decided = decided + 1;
  END;
  CREATE TRIGGER current_out AFTER DELETE ON current BEGIN
    UPDATE tally SET decided = decided - 1
      WHERE reviewer = old.reviewer AND document = old.document AND action = old.action;
  END;
  `,
  // Where a proposal comes from is its source; a dialect is what the verdict names.
  `
  ALTER TABLE findings RENAME COLUMN dialect TO source;
  DROP INDEX findings_dialect;
  CREATE INDEX findings_source ON findings (source, confidence, document);
  DROP TRIGGER history_stays;
  ALTER TABLE history RENAME COLUMN dialect TO source;
  UPDATE history SET entry = replace(entry, '"dialect":', '"source":');
  CREATE TRIGGER history_stays BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
  ALTER TABLE documents ADD COLUMN dialect TEXT;        -- its name
  ALTER TABLE documents ADD COLUMN dialect_seen TEXT;   -- JSON: name, title and marks
  CREATE INDEX documents_dialect ON documents (dialect, n) WHERE dialect IS NOT NULL;
  `,
  // Every count that stands in every answer is kept, so that a decision costs the same in a large review.
  `
  CREATE INDEX documents_findings ON documents (findings);
  DROP TRIGGER current_in;
  DROP TRIGGER current_out;
  DROP TABLE tally;
  CREATE TABLE reviewed (             -- decided findings of a document, of how many
    reviewer TEXT NOT NULL, document INTEGER NOT NULL, decided INTEGER NOT NULL, findings INTEGER NOT NULL,
    PRIMARY KEY (reviewer, document)
  ) WITHOUT ROWID;
  CREATE INDEX reviewed_whole ON reviewed (reviewer) WHERE decided = findings AND findings > 0;
  CREATE INDEX reviewed_document ON reviewed (document);
  CREATE TABLE sums (                 -- decided findings by action
    reviewer TEXT NOT NULL, action TEXT NOT NULL, decided INTEGER NOT NULL,
    PRIMARY KEY (reviewer, action)
  ) WITHOUT ROWID;
  ALTER TABLE standing ADD COLUMN held INTEGER NOT NULL DEFAULT 0; -- findings that have this decision
  CREATE INDEX standing_unplaced ON standing (held) WHERE held = 0;
  INSERT INTO reviewed SELECT c.reviewer, c.document, count(*), d.findings
    FROM current c JOIN documents d ON d.n = c.document GROUP BY c.reviewer, c.document;
  INSERT INTO sums SELECT reviewer, action, count(*) FROM current GROUP BY reviewer, action;
  UPDATE standing SET held = (SELECT count(*) FROM current c WHERE c.id = standing.id);
  CREATE TRIGGER current_in AFTER INSERT ON current BEGIN
    INSERT INTO reviewed VALUES (new.reviewer, new.document, 1, (SELECT findings FROM documents WHERE n = new.document))
      ON CONFLICT DO UPDATE SET decided = decided + 1;
    INSERT INTO sums VALUES (new.reviewer, new.action, 1) ON CONFLICT DO UPDATE SET decided = decided + 1;
    UPDATE standing SET held = held + 1 WHERE id = new.id;
  END;
  CREATE TRIGGER current_out AFTER DELETE ON current BEGIN
    UPDATE reviewed SET decided = decided - 1 WHERE reviewer = old.reviewer AND document = old.document;
    UPDATE sums SET decided = decided - 1 WHERE reviewer = old.reviewer AND action = old.action;
    UPDATE standing SET held = held - 1 WHERE id = old.id;
  END;
  CREATE TRIGGER documents_findings_changed AFTER UPDATE OF findings ON documents BEGIN
    UPDATE reviewed SET findings = new.findings WHERE document = new.n;
  END;
  `,
]

/** Brings the tables up to date. @throws ReviewRefusal for a newer file or one that is no review */
export function migrate(db: Db, path: string, steps: readonly string[] = MIGRATIONS): void {
  const version = Number(db.get('PRAGMA user_version')?.user_version ?? 0)
  const tables = Number(db.get('SELECT count(*) AS n FROM sqlite_schema')?.n ?? 0)
  if (version === 0 && tables > 0)
    throw new ReviewRefusal({
      message: `${path}: a database, but no review`,
      fix: 'name another file with --db',
    })
  if (version > steps.length)
    throw new ReviewRefusal({
      message: `${path}: written by a newer unspin (review version ${version}, this one reads up to ${steps.length})`,
      fix: 'install the newer version',
    })
  if (version === steps.length) return
  db.transaction(() => {
    for (const step of steps.slice(version)) db.script(step)
    db.script(`PRAGMA user_version = ${steps.length}`)
  })
}
