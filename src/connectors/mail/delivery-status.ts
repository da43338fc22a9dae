/** What a mail server says of one recipient, RFC 3464. */
export interface DeliveryStatus {
  /** As it was written to; where the report does not say, as it was delivered to. */
  readonly address: string
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  readonly action: string
  /** RFC 3463: `5.1.1`. */
  readonly status: string
}

const groupsMax = 100
const charactersMax = 1_000_000

/** The recipients of a delivery status notification. Undefined: the mail is another one, such as the answer of somebody who is away. */
export function readDeliveryStatus(mail: string): readonly DeliveryStatus[] | undefined {
  const text = mail.slice(0, charactersMax).replaceAll('\r\n', '\n')
  const { head, body } = split(text)
  const type = fieldsOf(head)['content-type'] ?? ''
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type)
  const name = boundary?.[1] ?? boundary?.[2]
  if (!/^multipart\/report\b/i.test(type) || name === undefined) return undefined
  const report = body
    .split(`\n--${name}`)
    .map((part) => split(part.replace(/^[^\n]*\n/, '')))
    .find((part) => /^message\/(global-)?delivery-status\b/i.test(fieldsOf(part.head)['content-type'] ?? ''))
  // The first group is about the mail as a whole.
  return report?.body
    .split(/\n\n+/)
    .slice(0, groupsMax)
    .flatMap((group) => {
      const { action, status, ...who } = fieldsOf(group)
      const address = addressIn(who['original-recipient']) ?? addressIn(who['final-recipient'])
      if (address === undefined || action === undefined) return []
      return [{ address, action: action.toLowerCase(), status: /^\d\.\d{1,3}\.\d{1,3}/.exec(status ?? '')?.[0] ?? '' }]
    })
}

function split(text: string): { readonly head: string; readonly body: string } {
  const end = text.indexOf('\n\n')
  return end < 0 ? { head: text, body: '' } : { head: text.slice(0, end), body: `\n${text.slice(end + 2)}` }
}

/** By name in small letters; a line that begins with white space goes on with the one before. */
function fieldsOf(head: string): Readonly<Record<string, string>> {
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n')
  return Object.fromEntries(
    lines.flatMap((line) => {
      const at = line.indexOf(':')
      return at <= 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]]
    }),
  )
}

/** `rfc822; ada@customer.example` */
function addressIn(field: string | undefined): string | undefined {
  const address = /^(?:rfc822|utf-8)\s*;\s*<?([^\s<>]+@[^\s<>]+)>?$/i.exec(field ?? '')?.[1]
  return address === undefined || address.length > 254 ? undefined : address
}
