import type { Assertion } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { DocumentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { hasProduct, LevelTree } from './level-tree.ts'
import { saidIn } from './moment.ts'
import type { Naming } from './naming.ts'
import {
  carrierOf,
  lineProducts,
  lotOf,
  orderNumberOf,
  productPairs,
  qualified,
  skuOf,
  ssccsIn,
  unitOf,
  x12LotOf,
} from './number.ts'
import { partyName } from './party.ts'
import type { Meaning } from './tender.ts'

/** What is said of goods on the way, whichever standard says it. */
interface Notice {
  readonly number: string
  readonly isCancelled: boolean
  readonly object: Readonly<Record<string, unknown>>
  readonly supplier: string | undefined
  /** What it is told as to the orders that it names; absent: they are not ours to compare. */
  readonly edition?: { readonly purpose: 'original' | 'replacement' | 'cancelled'; readonly sentAt: string | undefined }
}

interface NoticeLine {
  readonly purchaseOrder?: string
}

/** BSN-01 and BGM 1225 of a notice that stands for an earlier one. */
const replacing: ReadonlySet<string> = new Set(['04', '05', '5', '4'])

/** 856: levels of shipment, order, tare, pack and item in any order; what a level does not say is said by the one above. */
export function shipNotice(root: Reading, settings: Naming): Meaning {
  const tree = new LevelTree(root.at('levels').list(10_000))
  const { all } = tree
  const first = all.find((level) => level.at('kind').optionalText() === 'S')
  const lines = tree.lines().map(({ level, chain, quantity }, index) => {
    const named = chain.find((one) => hasProduct(one)) ?? level
    const marked = chain.map(ssccsOf).find((found) => found.length > 0) ?? []
    return {
      line: firstIn(chain, (one) => one.at('line').optionalText(20)) ?? String(index + 1),
      sku: skuOf(named, productPairs(named), settings),
      quantity,
      uom: unitOf(level, 'unit', 'x12-355'),
      ...stated({
        purchaseOrder: firstIn(chain, orderOf),
        // In which of several packages a line is, nobody says.
        sscc: marked.length === 1 ? marked[0] : undefined,
        lot: firstIn(chain, x12LotOf),
      }),
    }
  })
  return noticeMeaning(
    {
      number: root.at('shipment').text(60),
      edition: editionOf(root.at('purpose').optionalText(), root.at('at').optionalText(40)),
      isCancelled: root.at('purpose').optionalText() === '01',
      supplier: firstIn([root, ...all], (one) => partyName(one, ['SU', 'VN', 'SE', 'SF'])),
      object: {
        purchaseOrders: unique(all.map(orderOf)),
        packages: unique(all.flatMap(ssccsOf)),
        lines,
        ...stated({
          carrier: carrierOf(first?.at('carriers').optionalList()?.[0]?.at('id').optionalText(), settings),
          shippedAt: firstIn([root, ...all], (one) => saidIn(one, ['011'], settings)),
          expectedAt: firstIn([root, ...all], (one) => saidIn(one, ['017', '067', '371', '002'], settings)),
          billOfLading: first === undefined ? undefined : qualified(first.at('references'), ['BM']),
          proNumber: first === undefined ? undefined : qualified(first.at('references'), ['CN', '2I']),
        }),
      },
    },
    settings,
  )
}

/** PRF names the order; senders without it name it in REF*PO. */
function orderOf(level: Reading): string | undefined {
  return orderNumberOf(level, 'purchaseOrder') ?? qualified(level.at('references'), ['PO'])
}

/** MAN: the SSCCs of a level, with or without the application identifier before them. */
function ssccsOf(level: Reading): readonly string[] {
  const marks = level.at('marks').each((mark) => {
    const isSscc = serialMarks.has(mark.at('qualifier').optionalText() ?? '')
    return isSscc ? mark.at('value').optionalText(60) : undefined
  }, 10_000)
  return marks.flatMap((value) => (value === undefined ? [] : [normalizeIdentifier({ scheme: 'sscc', value })]))
}

/** MAN-01: an SSCC, without and with its application identifier. */
const serialMarks: ReadonlySet<string> = new Set(['AA', 'GM'])

function firstIn<T>(holders: readonly Reading[], find: (holder: Reading) => T | undefined): T | undefined {
  for (const holder of holders) {
    const found = find(holder)
    if (found !== undefined) return found
  }
  return undefined
}

/** DESADV: the same from packing levels (CPS), packages (PAC) and lines (LIN). */
export function despatchAdvice(root: Reading, settings: Naming): Meaning {
  const levels = root.at('levels').list(10_000)
  const ssccsOf = (level: Reading): string[] =>
    level
      .at('packages')
      .each((pack) => pack.at('marks').each((mark) => ssccsIn(mark.at('numbers'))))
      .flat(2)
  let place = 0
  const lines = levels.flatMap((level) =>
    level.at('lines').each((line) => {
      const quantity = quantityOf(line)
      // In which of several packages a line is, nobody says.
      const marked = line
        .at('marks')
        .each((mark) => ssccsIn(mark.at('numbers')))
        .flat()
      const [sscc, ...others] = marked.length > 0 ? marked : ssccsOf(level)
      place++
      return {
        line: line.at('line').optionalText(20) ?? String(place),
        sku: skuOf(line, lineProducts(line), settings),
        quantity: quantity.at('quantity').decimal(),
        uom: quantity.at('unit').present ? unitOf(quantity, 'unit', 'rec20') : 'C62',
        ...stated({
          sscc: others.length === 0 ? sscc : undefined,
          purchaseOrder: qualified(line.at('references'), ['ON']),
          lot: lotOf(line),
        }),
      }
    }, 10_000),
  )
  return noticeMeaning(
    {
      number: root.at('number').text(60),
      edition: editionOf(root.at('function').optionalText(), qualified(root.at('dates'), ['137'], 'at')),
      isCancelled: root.at('function').optionalText() === '1',
      supplier: partyName(root, ['SU', 'SE', 'SF']),
      object: {
        purchaseOrders: unique([
          qualified(root.at('references'), ['ON']),
          ...lines.map(({ purchaseOrder }) => purchaseOrder),
        ]),
        packages: unique([...levels.flatMap(ssccsOf), ...lines.map(({ sscc }) => sscc)]),
        lines,
        ...stated({
          carrier: carrierOf(root.at('transports').optionalList()?.[0]?.at('carrier').optionalText(), settings),
          shippedAt: dateOf([root], ['11', '10']),
          expectedAt: dateOf([root], ['17', '358', '132', '76', '2', '35']),
        }),
      },
    },
    settings,
  )
}

/** An advance ship notice, or that it is taken back. */
export function noticeMeaning(notice: Notice, settings: Naming): Meaning {
  const { number, isCancelled, object, supplier } = notice
  const report: DocumentReport = {
    ...(isCancelled ? { reason: 'The sender took it back.' } : { status: 'received' }),
    object: { asnNumber: number, ...(isCancelled ? { cancelled: true } : object), ...stated({ supplier }) },
  }
  return {
    assertions: [
      {
        type: 'asn.reported',
        about: {
          entity: 'asn',
          references: [{ scheme: 'asn', issuer: settings.system, value: number }],
          unknown: 'create',
        },
        data: report,
      },
      ...toldOrders(notice, settings),
    ],
  }
}

function editionOf(purpose: string | undefined, sentAt: string | undefined): NonNullable<Notice['edition']> {
  const isCancelled = purpose === '01' || purpose === '1'
  return {
    purpose: isCancelled ? 'cancelled' : replacing.has(purpose ?? '') ? 'replacement' : 'original',
    sentAt,
  }
}

/** Each order that the notice names keeps its lines of it, for whoever compares what was ordered with what is on its way. */
function toldOrders({ number, object, edition }: Notice, { orderSystem }: Naming): Assertion[] {
  if (edition === undefined) return []
  const { purchaseOrders, lines } = object as {
    readonly purchaseOrders: readonly string[]
    readonly lines: readonly NoticeLine[]
  }
  const { purpose, sentAt } = edition
  const [only, ...others] = purchaseOrders
  return purchaseOrders.map((order) => {
    const own = lines.filter(({ purchaseOrder = others.length === 0 ? only : undefined }) => purchaseOrder === order)
    const part = { asnNumber: number, purpose, ...stated({ sentAt }), lines: purpose === 'cancelled' ? [] : own }
    const key = [number, sentAt, purpose === 'original' ? undefined : purpose].filter((one) => one !== undefined)
    return {
      type: 'purchase_order.reported',
      about: {
        entity: 'purchase_order',
        references: [{ scheme: 'purchase_order', issuer: orderSystem, value: order }],
        unknown: 'create',
      },
      data: { object: { purchaseOrderNumber: order }, parts: { notices: { [key.join(' ')]: part } } },
    }
  })
}

/** QTY 12 is what was despatched; 21 and 47 what was ordered or invoiced. */
function quantityOf(line: Reading): Reading {
  const found = line
    .at('quantities')
    .optionalList()
    ?.find((one) => one.at('qualifier').optionalText() === '12')
  if (found === undefined) throw line.at('quantities').wrong('a despatched quantity (12)')
  return found
}

function dateOf(holders: readonly Reading[], qualifiers: readonly string[]): string | undefined {
  for (const holder of holders) {
    const found = qualified(holder.at('dates'), qualifiers, 'at')
    if (found !== undefined) return found
  }
  return undefined
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((one): one is string => one !== undefined && one !== ''))]
}
