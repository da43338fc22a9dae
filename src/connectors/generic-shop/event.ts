import type { Assertion, Entity } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peekName, peekText } from '../kit/peek.ts'
import { plainObject } from '../kit/plain.ts'
import { Reading } from '../kit/reading.ts'
import { numberInHub } from '../kit/shop-numbers.ts'

interface Settings {
  readonly system: string
  readonly orderPrefix: string
}

/** What happens in a shop, and the status that it stands for. */
interface Meaning extends Pick<DocumentReport, 'status' | 'reached'> {
  readonly entity: Entity
  readonly number: 'orderNumber' | 'returnNumber'
}

const events: Readonly<Record<string, Meaning>> = {
  'order.cancelled': { entity: 'order', number: 'orderNumber', status: 'cancelled' },
  'order.changed': { entity: 'order', number: 'orderNumber' },
  'order.created': { entity: 'order', number: 'orderNumber', reached: 'received' },
  'return.requested': { entity: 'return', number: 'returnNumber', status: 'requested' },
}

/** The shop's event id; events of one order or return do not overtake each other. */
export function identify({ content }: Document): Identity | undefined {
  const identity = peekText(content, 'eventId')
  if (identity === undefined) return undefined
  const meaning = meaningOf(peekText(content, 'type') ?? '')
  const number = meaning === undefined ? undefined : peekName(content, 'data', meaning.number)
  return meaning === undefined || number === undefined
    ? { identity }
    : { identity, orderKey: `${meaning.entity} ${number}` }
}

/** Orders and returns of the shop as canonical reports. What is ordered came over this channel. */
export function translate({ content }: Document, { settings }: TranslateContext<Settings>): Translation {
  const root = new Reading(content).object()
  const type = root.at('type').text(100)
  const meaning = meaningOf(type)
  if (meaning === undefined) return { assertions: [], unknownCodes: [{ table: 'generic-shop-event', code: type }] }
  const { entity, number, ...standing } = meaning
  const { at } = root.at('occurredAt').time()
  const data = root.at('data').object()
  const value = data.at(number).name(100)
  const revision = root.at('revision').whole()
  const report: DocumentReport = {
    ...standing,
    object: {
      ...plainObject(data),
      ...numbersIn(data, settings),
      ...(entity === 'order' ? { channel: settings.system } : {}),
    },
    ...(revision === undefined ? {} : { revision }),
  }
  const assertion: Assertion<DocumentReport> = {
    type: `${entity}.reported`,
    about: {
      entity,
      references: [{ scheme: entity, issuer: settings.system, value: numberInHub(settings, value) }],
      unknown: 'create',
    },
    occurredAt: at,
    data: report,
  }
  return { assertions: [assertion] }
}

/** Numbers of orders and returns as they are known inside the hub. */
function numbersIn(data: Reading, settings: Settings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (['orderNumber', 'returnNumber'] as const).flatMap((name) => {
      const number = data.at(name).optionalName(100)
      return number === undefined ? [] : [[name, numberInHub(settings, number)]]
    }),
  )
}

/** `toString` is no event type, although every object has one. */
function meaningOf(type: string): Meaning | undefined {
  return Object.hasOwn(events, type) ? events[type] : undefined
}
