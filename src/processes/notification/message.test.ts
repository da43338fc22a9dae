import { expect, test } from 'vitest'
import { notificationEvents } from './events.ts'
import { writeMessage } from './message.ts'
import { wordingKey } from './settings.ts'
import { namesIn, readTemplate } from './template.ts'
import { de } from './wording/de.ts'
import { en } from './wording/en.ts'

const none = new Map()
const reader = { locale: 'de-AT', timeZone: 'Europe/Vienna' }

test('every event is written in English and German, with values that it has and without any that it lacks', () => {
  for (const { name, example } of notificationEvents)
    for (const table of [en, de]) {
      const [subject, text] = table[name as keyof typeof en]
      const known = new Set([
        ...Object.keys(example),
        ...Object.values(example).flatMap((value) => (typeof value === 'string' ? [] : Object.keys(value[0] ?? {}))),
      ])
      expect(
        [subject, text].flatMap((one) => namesIn(readTemplate(one))).filter((one) => !known.has(one)),
        name,
      ).toEqual([])
      const message = writeMessage(
        [{ event: name, values: example }],
        { ...reader, locale: table === de ? 'de' : 'en' },
        none,
      )
      expect(message.subject.length, name).toBeGreaterThan(5)
      expect(`${message.subject}${message.text}`, name).not.toMatch(/\{\{|undefined|NaN/)
    }
})

test('a reader gets his language, else the main one, else English; the tenant’s own words come first', () => {
  const news = [{ event: 'shipment_lost', values: { number: 'SO-1' } }]
  expect(writeMessage(news, reader, none)).toMatchObject({ locale: 'de', subject: 'Ihre Bestellung SO-1 ist verloren' })
  expect(writeMessage(news, { ...reader, locale: 'fr' }, none)).toMatchObject({ locale: 'en' })
  expect(writeMessage(news, { ...reader, locale: 'no tag at all' }, none)).toMatchObject({ locale: 'en' })
  const own = new Map([
    [wordingKey('shipment_lost', 'de'), { subject: readTemplate('Weg: {{number}}'), text: readTemplate('Weg.') }],
  ])
  expect(writeMessage(news, reader, own)).toMatchObject({ subject: 'Weg: SO-1' })
  expect(
    writeMessage([{ event: 'nobody_wrote_this', values: { number: 'SO-1', about: 'x' } }], reader, none),
  ).toMatchObject({
    subject: 'Message about SO-1',
  })
})

test('several things are one message with a heading each', () => {
  const news = ['shipment_picked_up', 'shipment_delivered'].map((event) => ({ event, values: { number: 'SO-1' } }))
  const message = writeMessage(news, { ...reader, locale: 'en' }, none)
  expect(message.subject).toBe('2 messages')
  expect(message.text).toContain('on its way')
  expect(message.text).toContain('was delivered')
  expect(message.html.match(/<h2>/g)).toHaveLength(2)
})

test('nothing that somebody calls himself breaks out of subject or page', () => {
  const number = 'SO-1\r\nBcc: all@customer.example\r\n\r\n<script>alert(1)</script>'
  const message = writeMessage([{ event: 'shipment_lost', values: { number } }], reader, none)
  expect(message.subject).not.toMatch(/[\r\n]/)
  expect(message.text.split('\n').some((line) => line.startsWith('Bcc'))).toBe(false)
  expect(message.html).not.toContain('<script')
  const long = writeMessage([{ event: 'shipment_lost', values: { number: 'x'.repeat(10_000) } }], reader, none)
  expect(long.subject.length).toBe(200)
})
