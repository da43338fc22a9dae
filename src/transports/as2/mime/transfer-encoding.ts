/** The content behind a Content-Transfer-Encoding (RFC 2045 §6); none is binary. Throws for an encoding that is not known. */
export function decodeTransfer(content: Buffer, encoding: string | undefined): Buffer {
  switch ((encoding ?? 'binary').trim().toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return content
    case 'base64':
      return decodeBase64(content)
    case 'quoted-printable':
      return decodeQuotedPrintable(content)
    default:
      throw new Error(`the transfer encoding ${(encoding ?? '').slice(0, 40)} is not known`)
  }
}

/** In lines of 76 characters. */
export function encodeBase64(bytes: Uint8Array): Buffer {
  return Buffer.from(
    Buffer.from(bytes)
      .toString('base64')
      .replaceAll(/.{1,76}/g, '$&\r\n'),
  )
}

function decodeBase64(content: Buffer): Buffer {
  const text = content.toString('latin1').replaceAll(/[\r\n\t ]/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('not base64')
  return Buffer.from(text, 'base64')
}

function decodeQuotedPrintable(content: Buffer): Buffer {
  const text = content
    .toString('latin1')
    .replaceAll(/[ \t]+(?=\r?\n|$)/g, '')
    .replaceAll(/=\r?\n/g, '')
  return Buffer.from(
    text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  )
}
