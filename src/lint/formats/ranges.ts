/** Code points, from and to with both ends, in ascending order. */
export type Ranges = readonly (readonly [number, number])[]

export function inRanges(ranges: Ranges, point: number): boolean {
  for (const [first, last] of ranges) if (point <= last) return point >= first
  return false
}
