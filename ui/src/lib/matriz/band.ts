/** The part of a long list that is drawn: `[start, end)`, and how much room stands before and after it. */
export interface Band {
  start: number;
  end: number;
  before: number;
  after: number;
}

/** The part begins and ends at multiples of this, so that most scrolling draws nothing new. */
const STEP = 2;

/** Sums sizes up: where each entry begins, and where the last one ends. */
export function offsetsOf(sizes: readonly number[]): number[] {
  const offsets = [0];
  for (const size of sizes) offsets.push((offsets.at(-1) ?? 0) + size);
  return offsets;
}

/** Finds the last entry that begins at or before `place`. */
function at(offsets: readonly number[], place: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Chooses what to draw of a list for the room between `from` and `from + length`, with a margin on both sides. */
export function bandOf(offsets: readonly number[], from: number, length: number, margin: number): Band {
  const count = offsets.length - 1;
  const total = offsets[count] ?? 0;
  const first = at(offsets, Math.max(0, from - margin));
  const last = at(offsets, Math.min(total, from + length + margin)) + 1;
  const start = Math.min(count, first - (first % STEP));
  const end = Math.min(count, Math.ceil(last / STEP) * STEP);
  return { start, end, before: offsets[start] ?? 0, after: total - (offsets[end] ?? total) };
}

/** How far to scroll so that `[start, end)` stands within a room of `length` that is scrolled to `from`; `from` when it already does. */
export function scrolledTo(from: number, length: number, start: number, end: number): number {
  if (start < from) return start;
  return end > from + length ? Math.max(0, Math.min(start, end - length)) : from;
}
