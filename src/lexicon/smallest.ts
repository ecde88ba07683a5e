/**
 * The k smallest of many numbers, without sorting the rest.
 *
 * In: a typed array and how many of it count. Out: the smallest moved to the front. Quickselect: a query
 * of the thesaurus keeps some hundred of several thousand rows, and sorting all would be most of its time.
 */

/** Moves the `k` smallest of the first `count` values to the front, in no order. */
export function smallestFirst(values: Float64Array, count: number, k: number): void {
  let low = 0
  let high = count - 1
  while (low < high && k > low && k <= high) {
    // The middle value: lists come nearly sorted, where the ends would be the worst choice.
    const pivot = values[(low + high) >> 1] ?? 0
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1
      while ((values[right] ?? 0) > pivot) right -= 1
      if (left > right) break
      const swap = values[left] ?? 0
      values[left++] = values[right] ?? 0
      values[right--] = swap
    }
    if (k - 1 <= right) high = right
    else if (k - 1 >= left) low = left
    else return
  }
}
