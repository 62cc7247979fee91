/**
 * Takes out of a map what was put in first until it holds at most `countMax`;
 * the keys that went, oldest first. Whoever uses one puts it in again.
 */
export function forgetOldest<Key>(map: Map<Key, unknown>, countMax: number): Key[] {
  const gone: Key[] = [];
  for (const oldest of map.keys()) {
    if (map.size <= countMax) break;
    map.delete(oldest);
    gone.push(oldest);
  }
  return gone;
}
