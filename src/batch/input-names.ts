/**
 * Names for inputs under which no two outputs are the same file.
 *
 * In: InputFiles with the names they wish for, in order. Out: the same with names that are free: the
 * second "a.txt" becomes "a~2.txt". Names are compared as file systems do that know no capitals, and a
 * name may not be the folder of another one.
 */
import { cleanedName } from './input-kind.ts'
import type { InputFile } from './shapes.ts'

/** A giver for one run; it remembers the names it gave. */
export function nameGiver(): (file: InputFile) => InputFile {
  const taken = new Set<string>()
  const folders = new Set<string>()
  const isFree = (names: readonly string[]): boolean =>
    !names.some((name) => taken.has(name) || folders.has(name)) && !isBelowFile(names)
  const isBelowFile = (names: readonly string[]): boolean =>
    names.flatMap(foldersOf).some((name) => taken.has(name))
  return (file) => {
    // Below a file of that name, only another folder helps.
    const numbered = isBelowFile([folded(file.name)]) ? numberedFolder : numberedFile
    for (let count = 1; ; count++) {
      const named = count === 1 ? file : { ...file, name: numbered(file.name, count) }
      const own = [named.name, cleanedName(named)].map(folded)
      if (!isFree(own)) continue
      for (const name of own) taken.add(name)
      for (const name of own.flatMap(foldersOf)) folders.add(name)
      return named
    }
  }
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase()

function foldersOf(name: string): readonly string[] {
  const parts = name.split('/')
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'))
}

/** "sub/a.jsonl.gz" to "sub/a~2.jsonl.gz". */
function numberedFile(name: string, count: number): string {
  const slash = name.lastIndexOf('/') + 1
  const dot = name.indexOf('.', slash + 1)
  return dot === -1 ? `${name}~${count}` : `${name.slice(0, dot)}~${count}${name.slice(dot)}`
}

/** "sub/a.jsonl.gz" to "sub~2/a.jsonl.gz". */
function numberedFolder(name: string, count: number): string {
  const slash = name.indexOf('/')
  return `${name.slice(0, slash)}~${count}${name.slice(slash)}`
}
