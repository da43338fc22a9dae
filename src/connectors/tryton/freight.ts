import type { Decimal } from '../../base/decimal.ts'
import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only, press, writeUnchanged } from './record.ts'
import { carries, readBackByReference, referenceDomain, withReference } from './reference.ts'
import type { TrytonSettings } from './settings.ts'
import { dateValue, decimalValue, readDecimalValue } from './values.ts'

interface Seen {
  readonly shipments: readonly Reading[]
  /** Account moves that carry our reference. */
  readonly moves: readonly Reading[]
  /** What a new account move needs; asked for only while there is none. */
  readonly accounts: readonly Reading[]
  readonly journals: readonly Reading[]
  readonly periods: readonly Reading[]
  readonly companies: readonly Reading[]
}

const nothing: Seen = { shipments: [], moves: [], accounts: [], journals: [], periods: [], companies: [] }

/**
 * What the freight of a delivery will cost, before the carrier has billed it: as the cost of its customer shipment, or as an account
 * move from the accrual to the expense, in the period of the goods issue.
 */
export const postFreightAccrual = pursue<TrytonSettings, Seen>({
  command: 'post_freight_accrual',
  idempotency: readBackByReference,
  look,
  decide: (seen, request, settings) =>
    settings.freightBooking === 'account_move'
      ? decideMove(seen, request, settings)
      : decideCost(seen, request, settings),
})

interface Freight {
  readonly delivery: string
  readonly amount: Decimal
  readonly currency: string
  readonly day: unknown
  readonly date: string
}

function freightOf(payload: unknown): Freight {
  const root = new Reading(payload)
  const [line, ...others] = root.at('lines').list(100)
  if (line === undefined || others.length > 0) throw root.at('lines').wrong('one line')
  const amount = line.at('amount').decimal()
  if (amount.startsWith('-')) throw line.at('amount').wrong('an amount that is not negative')
  const date = root.at('postingDate').text(10)
  return {
    delivery: root.at('deliveryNumber').text(100),
    amount,
    currency: line.at('currency').text(3),
    date,
    day: dateValue(date, 'postingDate'),
  }
}

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const { delivery, day } = freightOf(payload)
  const isOurs = ['company', '=', settings.company]
  const companies = yield* find(settings, 'company.company', [['id', '=', settings.company]], ['currency.code'])
  if (settings.freightBooking === 'shipment_cost') {
    const fields = ['number', 'state', 'reference', 'cost', 'cost_edit', '_timestamp']
    const shipments = yield* find(settings, 'stock.shipment.out', [['number', '=', delivery], isOurs], fields)
    return { ...nothing, shipments, companies }
  }
  const found = yield* find(
    settings,
    'account.move',
    [referenceDomain('description', externalReference), isOurs],
    ['post_number', 'number', 'state', 'description', 'lines.debit', 'lines.account.code'],
  )
  const moves = found.filter((row) => carries(row.at('description'), externalReference))
  if (moves.length > 0) return { ...nothing, moves, companies }
  const codes = [settings.freightExpenseAccount, settings.freightAccrualAccount]
  const accounts = yield* find(settings, 'account.account', [['code', 'in', codes], isOurs], ['code'])
  const journals = yield* find(settings, 'account.journal', [['code', '=', settings.freightJournal]], ['code'])
  const periods = yield* find(
    settings,
    'account.period',
    [['start_date', '<=', day], ['end_date', '>=', day], ['type', '=', 'standard'], isOurs],
    ['state'],
  )
  return { ...nothing, accounts, journals, periods, companies }
}

function otherCurrency({ companies }: Seen, { currency }: Freight): string | undefined {
  const own = companies[0]?.at('currency.').at('code').optionalText(10)
  return own === currency ? undefined : `The freight is in ${currency}, the books are in ${own ?? 'another currency'}.`
}

/** Without `cost_edit` Tryton would store the cost and not use it. Writing the same cost again changes nothing. */
function decideCost(seen: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const freight = freightOf(request.payload)
  const shipment = only(seen.shipments, `customer shipment ${freight.delivery}`)
  const problem = otherCurrency(seen, freight)
  if (problem !== undefined) return refused(problem)
  const isOurs = carries(shipment.at('reference'), request.externalReference)
  if (isOurs && shipment.at('cost_edit').flag() && readDecimalValue(shipment.at('cost')) === freight.amount)
    return { ended: { outcome: 'applied', documentReference: freight.delivery } }
  const values = {
    cost_edit: true,
    cost: decimalValue(freight.amount),
    ...(isOurs ? {} : { reference: withReference(shipment.at('reference'), request.externalReference) }),
  }
  return { step: 'cost', act: () => writeUnchanged(settings, { model: 'stock.shipment.out', row: shipment }, values) }
}

function decideMove(seen: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const freight = freightOf(request.payload)
  const [move, other] = seen.moves
  if (other !== undefined) return refused(`Tryton has several account moves under ${request.externalReference}.`)
  if (move === undefined) return begin(seen, request, { freight, settings })
  const id = idOf(move)
  const debits = move.at('lines.').each((line) => readDecimalValue(line.at('debit')) ?? '0', 100)
  if (!debits.includes(freight.amount)) return refused(`Account move ${id} is about another amount.`)
  if (move.at('state').text(20) === 'posted')
    return {
      ended: {
        outcome: 'applied',
        documentReference: move.at('post_number').optionalText(100) ?? move.at('number').text(100),
      },
    }
  return press(settings, { model: 'account.move', id }, 'post')
}

function begin(
  seen: Seen,
  { externalReference }: OperationRequest,
  { freight, settings }: { readonly freight: Freight; readonly settings: TrytonSettings },
): Decision {
  const problem = otherCurrency(seen, freight)
  if (problem !== undefined) return refused(problem)
  const account = (code: string): number => {
    const found = seen.accounts.filter((row) => row.at('code').optionalText(50) === code)
    return idOf(only(found, `account ${code}`))
  }
  const zero = decimalValue('0')
  const amount = decimalValue(freight.amount)
  const values = {
    company: settings.company,
    journal: idOf(only(seen.journals, `journal ${settings.freightJournal}`)),
    period: idOf(only(seen.periods, `period of ${freight.date}`)),
    date: freight.day,
    description: `${freight.delivery} ${externalReference}`,
    lines: [
      [
        'create',
        [
          { account: account(settings.freightExpenseAccount), debit: amount, credit: zero },
          { account: account(settings.freightAccrualAccount), debit: zero, credit: amount },
        ],
      ],
    ],
  }
  return { step: 'create', act: () => change(settings, 'model.account.move.create', [[values]]) }
}
