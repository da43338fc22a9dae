import MailComposer from 'nodemailer/lib/mail-composer'

/** A mail before it is written as one. */
export interface Mail {
  readonly from: string
  readonly fromName: string
  readonly replyTo?: string | undefined
  readonly to: string
  readonly toName?: string | undefined
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Without angle brackets; the same for the same message, however often it is sent. */
  readonly messageId: string
  readonly language: string
  /** Where somebody says that he wants no more: `mailto:` or `https:`. Absent: of colleagues, who have no choice. */
  readonly unsubscribe?: string | undefined
}

const bytesMost = 512 * 1024

/**
 * An address that may stand in an envelope and a header: one mailbox at one domain, nothing quoted, no comment, no white space, nothing
 * that ends a line. Letters outside of ASCII only in the domain, which is written in ASCII there.
 */
export function isMailbox(address: string): boolean {
  const [local = '', domain = '', ...more] = address.split('@')
  if (more.length > 0 || address.length > 254 || local.length > 64) return false
  if (!/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local)) return false
  return (
    domain.length <= 253 &&
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(
      domain,
    )
  )
}

/** The bytes of a mail, RFC 5322 with a text and an HTML part. Undefined where it would be larger than a message may be. */
export async function writeMail(mail: Mail, date: Date): Promise<Buffer | undefined> {
  const { from, fromName, replyTo, to, toName, subject, text, html, messageId, language, unsubscribe } = mail
  const listed =
    unsubscribe === undefined
      ? {}
      : {
          'List-Unsubscribe': `<${onOneLine(unsubscribe)}>`,
          ...(unsubscribe.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
        }
  const composer = new MailComposer({
    from: { name: onOneLine(fromName), address: from },
    to: { name: onOneLine(toName ?? ''), address: to },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject: onOneLine(subject),
    text,
    html,
    date,
    messageId: `<${messageId}>`,
    // Boundaries would differ with each attempt otherwise.
    baseBoundary: messageId.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 40),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': onOneLine(language), ...listed },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bytes = await composer.compile().build()
  return bytes.length > bytesMost ? undefined : bytes
}

/** A header is one line, whatever somebody called himself. */
function onOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim()
}
