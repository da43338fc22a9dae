import { randomBytes } from 'node:crypto'
import { compressData } from './cms/compressed-data.ts'
import { encryptData } from './cms/enveloped-data.ts'
import type { Pieces } from './cms/pieces.ts'
import { signData } from './cms/signed-data.ts'
import { type Mic, micOf } from './mic.ts'
import { type WrittenEntity, wholeOf, writeEntity, writtenEntity } from './mime/entity.ts'
import { writeMultipart } from './mime/multipart.ts'
import { encodeBase64 } from './mime/transfer-encoding.ts'
import type { Protection } from './protection.ts'

/** What is sent: bytes and what they are. */
export interface Document {
  readonly content: Uint8Array
  readonly contentType: string
  readonly filename?: string
}

/** A message ready for HTTP. */
export interface Wrapped {
  /** Header fields of the outermost entity, for HTTP. */
  readonly fields: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What the receipt must say. */
  readonly mic: Mic
}

/** Compresses, signs and encrypts a document as agreed, in any legal order (RFC 4130 §4, RFC 5402 §3). */
export async function wrap(document: Document, protection: Protection): Promise<Wrapped> {
  const { compress, encrypt, sign } = protection
  const plain = entityOf(document)
  const packsFirst = compress === 'before-signing' || (compress !== 'no' && sign === undefined)
  let entity = packsFirst ? await compressed(plain) : plain
  const bare = encrypt === undefined && compress === 'no'
  const mic =
    sign === undefined
      ? micOf(bare ? document.content : wholeOf(plain), protection.digest)
      : micOf(wholeOf(entity), sign.digest)
  if (sign !== undefined) {
    entity = signedEntity(wholeOf(entity), sign)
    if (compress === 'after-signing') entity = await compressed(entity)
  }
  if (encrypt !== undefined) {
    const kind = encrypt.cipher.authenticated ? 'authEnveloped-data' : 'enveloped-data'
    entity = packed(kind, encryptData(wholeOf(entity), encrypt))
  }
  return { fields: entity.fields, body: Buffer.concat(entity.content), mic }
}

/** An entity inside a signature: `multipart/signed`, or opaque inside SignedData. */
export function signedEntity(entity: Pieces, sign: NonNullable<Protection['sign']>): WrittenEntity {
  const { signer, digest, form, spelling, at } = sign
  const signature = signData(entity, { signer, digest, at, detached: form === 'detached' })
  if (form === 'opaque') return packed('signed-data', signature)
  const part = writeEntity(
    {
      'Content-Type': 'application/pkcs7-signature; name="smime.p7s"',
      'Content-Disposition': 'attachment; filename="smime.p7s"',
      'Content-Transfer-Encoding': 'base64',
    },
    encodeBase64(Buffer.concat(signature)),
  )
  const boundary = newBoundary()
  const micalg = spelling === 'old' ? digest.name : digest.micalg
  const type = `multipart/signed; protocol="application/pkcs7-signature"; micalg=${micalg}; boundary="${boundary}"`
  return writtenEntity({ 'Content-Type': type }, writeMultipart([entity, [part]], boundary))
}

/** A boundary that no content holds by chance. */
export function newBoundary(): string {
  return `=_${randomBytes(18).toString('hex')}`
}

function entityOf({ content, contentType, filename }: Document): WrittenEntity {
  const disposition =
    filename === undefined ? {} : { 'Content-Disposition': `attachment; filename="${safe(filename)}"` }
  return writtenEntity({ 'Content-Type': safe(contentType), ...disposition }, [content])
}

async function compressed(entity: WrittenEntity): Promise<WrittenEntity> {
  return packed('compressed-data', await compressData(wholeOf(entity)))
}

function packed(kind: string, cms: Pieces): WrittenEntity {
  const type = `application/pkcs7-mime; smime-type=${kind}; name="smime.p7${kind === 'compressed-data' ? 'z' : 'm'}"`
  return writtenEntity({ 'Content-Type': type, 'Content-Disposition': 'attachment; filename="smime.p7m"' }, cms)
}

/** A header cannot carry line breaks or bytes beyond ASCII. */
function safe(text: string): string {
  return text.replaceAll(/[^ -~]|(?<=filename=.*)["\\]/g, '_')
}
