import { open, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** How much room a volume has left, and whether that is less than intake needs. */
export interface DiskRoom {
  readonly freeBytes: number
  readonly freePercent: number
  readonly low: boolean
}

/** PostgreSQL panics when the volume of its WAL is full; so intake refuses before, at the higher of the two marks. */
export interface Watermark {
  readonly watermarkPercent: number
  readonly watermarkMegabytes: number
}

/** The room on the volume that a directory is on, without what the system keeps back for root. */
export async function diskRoom(directory: string, watermark: Watermark): Promise<DiskRoom> {
  const { bavail, blocks, bsize } = await statfs(directory)
  return judgeRoom({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }, watermark)
}

/** The same from bytes; the percentage is rounded down, so that doubt refuses. */
export function judgeRoom(
  { freeBytes, totalBytes }: { freeBytes: number; totalBytes: number },
  watermark: Watermark,
): DiskRoom {
  const freePercent = totalBytes === 0 ? 0 : Math.floor((freeBytes * 100) / totalBytes)
  const low = freePercent < watermark.watermarkPercent || freeBytes < watermark.watermarkMegabytes * 1024 * 1024
  return { freeBytes, freePercent, low }
}

/**
 * Fills `ballast` with real bytes (a sparse file would hold nothing): deleting it gives an operator room to work when the disk is
 * full. A ballast that was deleted stays away while the disk is low. Answers whether it is there.
 */
export async function keepBallast(directory: string, megabytes: number, watermark: Watermark): Promise<boolean> {
  const path = join(directory, 'ballast')
  const bytes = megabytes * 1024 * 1024
  const present = await stat(path).catch(() => undefined)
  if (present?.size === bytes && bytes > 0) return true
  if (megabytes === 0 || (await diskRoom(directory, watermark)).low) {
    if (megabytes === 0) await rm(path, { force: true })
    return false
  }
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    const block = Buffer.alloc(1024 * 1024, 0x49)
    for (let written = 0; written < megabytes; written++) await file.write(block)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return true
}
