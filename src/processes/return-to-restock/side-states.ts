import { compare, subtract } from '../../base/decimal.ts'
import type { StateDefinition } from '../engine/definition.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { goodsFacts, returnFacts } from './facts.ts'
import {
  announcedUnits,
  cameBack,
  dueOnReceipt,
  type Finding,
  type Here,
  isHere,
  type Known,
  parcelOf,
  type Units,
  unpaidEarly,
} from './known.ts'

const after: ReadonlySet<string> = new Set(['received', 'inspecting', 'mismatched', 'dispositioning'])

/** What was found of the unit of the branch. Where a person decided about all of it, its key is the item. */
export function findingHere(scope: Here): Finding | undefined {
  const { known, branchKey } = scope
  const [disposition, sku] = branchKey.split(' ')
  const found = known.inspected[branchKey]
  if (found !== undefined || disposition === undefined || sku === undefined) return found
  const came = cameBack(known).get(sku)
  if (came === undefined) return undefined
  const before = decimal(record(scope.chosenIn('main')['settled'])[sku]) ?? '0'
  const unit = present('uom', known.measures?.[sku]?.base)
  return { sku, quantity: subtract(came, before), ...unit, grade: 'unknown', disposition }
}

/** Which units there are to dispose of. A branch sees no other branch’s choices: they are in its key. */
export function units(scope: Here): readonly string[] {
  if (scope.state('main') !== 'dispositioning') return []
  const all = text(scope.chosen['all'])
  return all === undefined
    ? Object.keys(scope.known.inspected)
    : [...cameBack(scope.known)].flatMap(([sku, came]) => {
        const parcel = parcelOf(scope.chosen)
        const isNew = compare(came, decimal(record(scope.chosen['settled'])[sku]) ?? '0') > 0
        return isNew ? [`${all} ${sku}${parcel === 0 ? '' : ` ${parcel}`}`] : []
      })
}

/** What becomes of units in the same state. */
export const unitStates: Readonly<Record<string, StateDefinition<Known>>> = {
  deciding: {
    about: 'It is looked whether somebody has to agree.',
    timers: ['disposal'],
    next: [
      {
        to: 'approving_scrap',
        label: 'it is too dear to scrap without asking',
        awaits: [],
        when: (scope) => isDear(scope),
      },
      {
        to: 'moving',
        label: 'it may be done',
        awaits: [],
        when: () => true,
        choose: (scope) => ({ disposition: findingHere(scope)?.disposition ?? 'reject' }),
      },
    ],
  },
  approving_scrap: {
    about: 'Finance has to agree before it is destroyed.',
    tasks: ['approve-scrap'],
    next: [
      {
        to: 'moving',
        label: 'finance decided',
        awaits: ['task approve-scrap'],
        when: (scope) => scope.answer('approve-scrap') !== undefined,
        choose: (scope) => ({ disposition: scope.decided('approve-scrap', 'scrap') ? 'scrap' : 'block' }),
      },
    ],
  },
  moving: {
    about:
      'The warehouse does it. What it tells of the movement is posted to the ERP by the stock ledger, once per movement.',
    says: ['vendor-claim'],
    effects: ['dispose'],
    timers: ['disposal'],
    next: [
      {
        to: 'refurbishing',
        label: 'it is being repaired',
        awaits: ['effect dispose'],
        when: (scope) => scope.done('dispose') && scope.choice('disposition') === 'refurbish',
      },
      {
        to: 'settled',
        label: 'it is where it belongs',
        awaits: ['effect dispose'],
        when: (scope) => scope.done('dispose'),
      },
    ],
  },
  refurbishing: {
    about: 'It is being repaired.',
    timers: ['refurbish'],
    tasks: ['refurbish-done'],
    next: [
      {
        to: 'moving',
        label: 'it is as good as it gets',
        awaits: ['task refurbish-done'],
        when: (scope) => scope.decided('refurbish-done', 'restock') || scope.decided('refurbish-done', 'scrap'),
        choose: (scope) => ({ disposition: scope.answer('refurbish-done')?.decision }),
      },
    ],
  },
  settled: { about: 'It is where it belongs.', final: true },
}

/** When the customer gets his money. */
export const refundStates: Readonly<Record<string, StateDefinition<Known>>> = {
  resting: {
    about: 'Nothing is due before the goods are looked at.',
    final: true,
    next: [
      {
        to: 'refunding',
        label: 'the money is due',
        awaits: ['branch main', ...returnFacts, ...goodsFacts, 'task approve-return', 'timer approval'],
        when: (scope) => dueHere(scope).length > 0,
        choose: refunding,
      },
    ],
  },
  refunding: {
    about: 'The customer gets his money before anybody has looked at the goods.',
    effects: ['refund-early'],
    timers: ['refund-confirm'],
    next: [
      {
        to: 'awaiting_goods',
        label: 'it is paid',
        awaits: ['effect refund-early'],
        when: (scope) => scope.done('refund-early'),
      },
    ],
  },
  awaiting_goods: {
    about: 'The customer has the money and owes the goods.',
    timers: ['claw-back'],
    tasks: ['claw-back'],
    next: [
      { to: 'refunded', label: 'the goods are here', awaits: goodsFacts, when: ({ known }) => isHere(known) },
      {
        to: 'charging',
        label: 'he is charged',
        awaits: ['task claw-back'],
        when: (scope) => scope.decided('claw-back', 'charge'),
      },
      {
        to: 'refunded',
        label: 'it is written off',
        awaits: ['task claw-back'],
        when: (scope) => scope.decided('claw-back', 'write_off'),
      },
      {
        to: 'awaiting_goods',
        label: 'he gets more time',
        awaits: ['task claw-back'],
        when: (scope) => scope.decided('claw-back', 'extend'),
      },
    ],
  },
  charging: {
    about: 'The customer pays for what he kept.',
    effects: ['charge'],
    timers: ['refund-confirm'],
    next: [
      { to: 'refunded', label: 'he is charged', awaits: ['effect charge'], when: (scope) => scope.done('charge') },
    ],
  },
  refunded: {
    about: 'The money is settled.',
    final: true,
    next: [
      {
        to: 'refunding',
        label: 'another parcel of it came',
        awaits: ['branch main', ...returnFacts, ...goodsFacts],
        when: (scope) => paidEarly(scope) !== undefined && dueHere(scope).length > 0,
        choose: refunding,
      },
    ],
  },
}

/** What the customer was paid before anybody had looked at the goods. Undefined: an instance from before that was kept. */
export function paidEarly(scope: Here): readonly Units[] | undefined {
  return scope.chosenIn('refund')['early'] as readonly Units[] | undefined
}

/** What is due to the customer before anybody looks at the goods: all that he announced, or what has come of it. */
function dueHere(scope: Here): readonly Units[] {
  const main = scope.state('main') ?? ''
  const mode = refundMode(scope)
  const early = paidEarly(scope) ?? []
  if (mode === 'instant') return main === 'authorized' && early.length === 0 ? announcedUnits(scope.known) : []
  if (mode !== 'on_receipt' || !after.has(main) || scope.known.return === undefined) return []
  return unpaidOf(scope, unpaidEarly(scope.known, dueOnReceipt(scope.known), early))
}

/** Less what was credited after an inspection: what is paid early is what has come and is not credited. */
function unpaidOf(scope: Here, units: readonly Units[]): readonly Units[] {
  const paid = record(scope.chosenIn('main')['paid'])
  const came = cameBack(scope.known)
  return units.flatMap((one) => {
    const left = subtract(came.get(one.sku) ?? '0', decimal(paid[one.sku]) ?? '0')
    const quantity = compare(left, one.quantity) < 0 ? left : one.quantity
    return compare(quantity, '0') > 0 ? [{ ...one, quantity }] : []
  })
}

function refunding(scope: Here) {
  const { rounds = 0 } = scope.chosen as { readonly rounds?: number }
  const due = dueHere(scope)
  const isFirst = rounds === 0 && scope.asked('credit', 'main').length === 0
  const name = isFirst ? scope.key : `${scope.key}:received:${rounds + 1}`
  return { due, name, rounds: rounds + 1, early: [...(paidEarly(scope) ?? []), ...due] }
}

/** When the customer gets his money: as the return says, else as the tenant has set. */
export function refundMode(scope: Here): string {
  return text(scope.known.return?.more['refundMode']) ?? scope.policy('refundMode', 'on_inspection')
}

function isDear(scope: Here): boolean {
  const finding = findingHere(scope)
  if (finding?.disposition !== 'scrap') return false
  return finding.value === undefined || compare(finding.value, scope.policy('scrapLimit', '100')) > 0
}
