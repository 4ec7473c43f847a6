// The name somebody probably meant: the nearest of those that exist, by edits.

/** Insertions, deletions, replacements and swaps of neighbours between two texts. */
export function distance(a: string, b: string): number {
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1)
      row.push(best)
    }
    older = previous
    previous = row
  }
  return previous[b.length] ?? 0
}

/** The candidate, of two equally near the longer (a letter is rather left out than added), within a third of the word's length, at least one edit and at most `most`; undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>, most = 3): string | undefined {
  const lower = word.toLowerCase()
  const limit = Math.min(most, Math.max(1, Math.floor(word.length / 3)))
  let best: { readonly name: string; readonly edits: number } | undefined
  for (const name of candidates) {
    if (Math.abs(name.length - word.length) > limit) continue
    const edits = distance(lower, name.toLowerCase())
    if (edits > limit) continue
    if (!best || edits < best.edits || (edits === best.edits && name.length > best.name.length)) best = { name, edits }
  }
  return best?.name
}
