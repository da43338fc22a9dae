import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own with little room, that a test fills and empties. Needs the right to mount. */
export class SmallVolume {
  readonly folder: string
  #isOpen = true

  private constructor(folder: string) {
    this.folder = folder
  }

  /** Undefined where this process may not mount. */
  static open(megabytes: number): SmallVolume | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'interline-volume-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'interline-test', folder])
    if (mounted.status !== 0) {
      rmSync(folder, { recursive: true })
      return undefined
    }
    chmodSync(folder, 0o755)
    return new SmallVolume(folder)
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder)
    return bavail * bsize
  }

  /** Leaves so many bytes, at most; others may take them. */
  fill(leaveBytes: number): void {
    const file = openSync(join(this.folder, 'filler'), 'a')
    const block = Buffer.alloc(256 * 1024, 1)
    try {
      for (let left = this.freeBytes - leaveBytes; left > 0; left = this.freeBytes - leaveBytes)
        writeSync(file, block, 0, Math.min(block.length, left))
    } catch (error) {
      // Somebody else took the last of it.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    } finally {
      closeSync(file)
    }
  }

  /** Gives back what `fill` took. */
  empty(): void {
    rmSync(join(this.folder, 'filler'), { force: true })
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    // Lazily: a process that ends late may still look at it.
    spawnSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }
}
