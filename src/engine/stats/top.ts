/** Indices 0..count of the `limit` greatest weights above 0, greatest first; of equals the lower index. */
export function topIndices(count: number, limit: number, weight: (index: number) => number): number[] {
  const indices: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < count; index++) {
    const value = weight(index);
    if (!(value > 0) || limit <= 0) continue;
    if (weights.length === limit && value <= (weights[limit - 1] ?? 0)) continue;
    let at = weights.length === limit ? limit - 1 : weights.length;
    for (; at > 0 && (weights[at - 1] ?? 0) < value; at--) {
      weights[at] = weights[at - 1] ?? 0;
      indices[at] = indices[at - 1] ?? 0;
    }
    weights[at] = value;
    indices[at] = index;
  }
  return indices;
}
