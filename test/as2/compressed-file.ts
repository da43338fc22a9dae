import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createDeflate } from 'node:zlib'
import { der, objectIdentifier, octets, sequence, smallInteger } from '../../src/transports/as2/cms/der.ts'
import { identifiers } from '../../src/transports/as2/cms/object-identifiers.ts'

/** Writes CompressedData of a file into another one, in pieces and without lengths, as a partner would that streams. */
export async function compressFile(from: string, to: string): Promise<void> {
  const file = await open(to, 'w')
  try {
    await file.write(
      Buffer.concat([begin(0x30), objectIdentifier(identifiers.compressedData), begin(0xa0), begin(0x30)]),
    )
    await file.write(Buffer.concat([smallInteger(0), sequence(objectIdentifier(identifiers.zlib))]))
    await file.write(Buffer.concat([begin(0x30), objectIdentifier(identifiers.data), begin(0xa0), begin(0x24)]))
    for await (const piece of createReadStream(from).pipe(createDeflate()) as AsyncIterable<Buffer>)
      await file.write(octets(piece))
    await file.write(Buffer.concat(Array.from({ length: 6 }, () => der(0))))
  } finally {
    await file.close()
  }
}

function begin(tag: number): Buffer {
  return Buffer.from([tag, 0x80])
}
