/** How the tracking page of a tenant looks, and whom it speaks for. */
export interface Brand {
  /** Public short name: `/track?shop=NAME`. */
  readonly name: string
  readonly tenant: string
  /** Name of the shop for people; empty: the page has only its own title. */
  readonly title: string
  /** Colours as `#rrggbb`; what is read on each other has enough contrast. */
  readonly accent: string
  readonly ground: string
  readonly ink: string
  readonly logo?: Logo
  /** Language of those whose browser asks for none that there is. */
  readonly locale: string
  /** IANA; expected times are shown in it, and it is named. */
  readonly timeZone: string
  /** `https:` or `mailto:`; empty: nobody is asked. */
  readonly help: string
  /** Connection that carries e-mails to followers; empty: nobody can follow. */
  readonly channel: string
  readonly actions: readonly CarrierAction[]
}

/** Something that a carrier lets the recipient do on a page of its own. */
export interface CarrierAction {
  readonly carrier: string
  readonly kind: 'redirect' | 'pickup-point' | 'return'
  /** `https:`, with `{number}` in the place of the tracking number. */
  readonly url: string
}

/** A picture as it is sent. */
export interface Logo {
  readonly bytes: Uint8Array
  readonly type: string
}

/** The page of a tenant that declared none. */
export function plainBrand(tenant: string): Brand {
  return {
    ...{ name: tenant, tenant, title: '', locale: 'en', timeZone: 'UTC', help: '', channel: '', actions: [] },
    ...{ accent: '#1f4e79', ground: '#ffffff', ink: '#1b1b1b' },
  }
}

/** Contrast of two colours by WCAG: 1 to 21. Both as `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** What kind of picture these bytes are; undefined for any other. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (head.startsWith('\u0089PNG\r\n')) return 'image/png'
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  return /^\s*(<\?xml[^>]*>\s*)?<svg\b/.test(head) ? 'image/svg+xml' : undefined
}
