/** A step of a histogram: how many values are at least `from` and less than `to`, the last step's end included. */
export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Steps per doubling: fine enough to tell two humps apart, coarse enough for a terminal. */
const STEPS_PER_OCTAVE = 2

/** Counts positive values in steps of equal factor, as times are spread; none if there are none. @param most the most steps; what exceeds them is in the last */
export function histogramOf(values: ArrayLike<number>, most: number): readonly HistogramBin[] {
  if (values.length === 0) return []
  const stepOf = (value: number) => Math.floor(Math.log2(Math.max(value, Number.MIN_VALUE)) * STEPS_PER_OCTAVE)
  const startOf = (step: number) => 2 ** (step / STEPS_PER_OCTAVE)
  const steps = Array.from(values, stepOf)
  const first = steps.reduce((least, step) => Math.min(least, step))
  const last = steps.reduce((greatest, step) => Math.max(greatest, step))
  const counts = new Array<number>(Math.min(most, last - first + 1)).fill(0)
  for (const step of steps) {
    const bin = Math.min(step - first, counts.length - 1)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts.map((count, bin) => ({
    from: startOf(first + bin),
    to: startOf(bin === counts.length - 1 ? last + 1 : first + bin + 1),
    count,
  }))
}
