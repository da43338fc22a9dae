import { describe, expect, test } from 'vitest'
import { contrast, pictureType, plainBrand } from './brand.ts'
import { expectedTime, scanTime } from './clock.ts'
import { languageOf } from './language.ts'
import { markup } from './markup.ts'
import { parcelPage } from './parcel-page.ts'
import type { Story } from './story.ts'

const nasty = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\``
const story: Story = {
  state: 'on_its_way',
  step: 1,
  isReturning: false,
  isLate: false,
  number: nasty,
  carrier: nasty,
  events: [
    { word: 'moving', at: { instant: '2026-04-02T14:12:00+02:00', isDay: false, clock: 'place' }, place: nasty },
  ],
  parcels: [
    { number: nasty, state: 'delivered' },
    { number: '', state: 'on_its_way' },
  ],
}
const setting = {
  brand: { ...plainBrand('main'), title: nasty },
  language: 'en',
  path: '/track/x',
  nonce: 'n',
} as const

describe('the page', () => {
  test('shows whatever was stored as text, and holds no script', () => {
    const page = parcelPage(setting, story, { follow: '/track/x' })
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>/)
    expect(page).toContain('&#60;script&#62;')
    expect(markup`<a href="${'"'}">${markup`<b>`}${['<', 1]}${undefined}</a>`.text).toBe(
      '<a href="&#34;"><b>&#60;1</a>',
    )
  })

  test('offers what the carrier allows, only while it makes sense', () => {
    const redirect = { carrier: 'UPS', kind: 'redirect', url: 'https://carrier.example/{number}' } as const
    const brand = { ...plainBrand('main'), actions: [redirect] }
    const own: Story = { ...story, carrier: 'ups', number: '1Z 9' }
    const page = (state: Story['state']): string => parcelPage({ ...setting, brand }, { ...own, state }, {})
    expect(page('on_its_way')).toContain('href="https://carrier.example/1Z%209"')
    expect(page('delivered')).not.toContain('carrier.example')
  })
})

test('the language is the one that was chosen, asked for, or of the shop', () => {
  expect(languageOf('fr', 'de', 'en')).toBe('fr')
  expect(languageOf('xx', 'pt, es-MX;q=0.5, de;q=0.7', 'en')).toBe('de')
  expect(languageOf(undefined, 'de;q=0, ja', 'es-ES')).toBe('es')
  expect(languageOf(undefined, '*;q=nonsense', 'ja')).toBe('en')
  expect(languageOf('__proto__', undefined, 'constructor')).toBe('en')
})

test('times are said as the clock there had them, and zones are named', () => {
  const at = { instant: '2026-04-02T23:30:00+09:00', isDay: false, clock: 'place' } as const
  expect(scanTime(at, 'en')).toMatch(/Thursday.*2 April.*11:30 PM \(local time there\)|Thursday.*April 2.*11:30/)
  expect(scanTime({ ...at, isDay: true }, 'de')).toBe('Donnerstag, 2. April')
  expect(scanTime({ ...at, clock: 'unsaid' }, 'en')).toContain('as the carrier wrote it')
  const window = { from: '2026-04-02T12:00:00Z', to: '2026-04-02T14:00:00Z' }
  expect(expectedTime(window, 'de', 'Europe/Berlin')).toBe(
    'Donnerstag, 2. April, zwischen 14:00 und 16:00 Uhr (Europe/Berlin)',
  )
})

test('colours are compared as people see them, pictures by what they are', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeGreaterThan(4.5)
  expect(contrast('#ffffff', '#777777')).toBeLessThan(4.5)
  const of = (text: string): string | undefined => pictureType(Buffer.from(text, 'latin1'))
  expect(of('\u0089PNG\r\n\u001A\n')).toBe('image/png')
  expect(of('<?xml version="1.0"?>\n<svg xmlns="x"/>')).toBe('image/svg+xml')
  expect(of('<html><svg>')).toBeUndefined()
})
