/** FNV-1a over UTF-16 units: the same text always lands on the same partition, on every node and release. */
export function partitionOf(text: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % partitions
}
