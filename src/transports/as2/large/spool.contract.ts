import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Unwrapped, type Unwrapping, unwrapBy } from '../unwrap.ts'
import { onDisk } from './disk-handling.ts'
import { Spool } from './spool.ts'

/** A spool in a folder of its own, with room for everything unless told otherwise. */
export class TestSpool {
  readonly directory = mkdtempSync(join(tmpdir(), 'interline-spool-'))

  open(chunkBytes?: number, room = Number.POSITIVE_INFINITY): Promise<Spool> {
    return Spool.open({
      directory: this.directory,
      room: async () => room,
      ...(chunkBytes === undefined ? {} : { chunkBytes }),
    })
  }

  /** Names that are left. */
  get left(): readonly string[] {
    return readdirSync(this.directory)
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** Opens a whole entity on disk, as one that came over HTTP with its header and body would be. */
export async function unwrapOnDisk(whole: Uint8Array, spool: Spool, options: Unwrapping): Promise<Unwrapped> {
  const message = spool.message()
  try {
    const handling = onDisk(message)
    const opened = await unwrapBy(handling, await handling.entity(await message.write(once(whole))), options)
    return { ...opened, content: await opened.content.read(0, opened.content.length) }
  } finally {
    await message.close()
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
