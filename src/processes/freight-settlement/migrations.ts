import type { Definition } from '../engine/definition.ts'
import type { Instance, Stay } from '../engine/instance.ts'
import { readBranch } from '../engine/instance.ts'
import { keyOf } from '../posting.ts'
import { present, text } from '../told-document.ts'
import { type Invoice, isCorrection, isNote, type Known, nothing } from './known.ts'
import { totalOf } from './matching.ts'
import { byCurrency } from './money.ts'
import { standing } from './put-aside.ts'

/** What becomes of instances that earlier versions have stored. */
export const migrations: Required<Definition>['migrations'] = {
  // Version 1 counted all times as they pass, and followed no accruals: those of its instances stay as they are.
  1: (instance) => ({ ...instance, known: { ...nothing, ...(instance.known as Partial<Known>) } }),
  // Version 2 followed disputes itself: those that are open are handed over, with the time at which they began.
  2: (instance) => ({
    ...instance,
    known: { ...nothing, ...(instance.known as Partial<Known>) },
    at: stays(instance, (stay) =>
      stay.state === 'disputing'
        ? { ...stay, state: 'objecting', chosen: { ...stay.chosen, openedAt: stay.since, isTold: true } }
        : stay,
    ),
  }),
  // Version 3 left an invoice under the load that it named first. What it knows is the same.
  3: (instance) => instance,
  // Version 4 asked each time anew which invoice uses what was put aside. It is written down for those that are approved.
  4: (instance) => ({
    ...instance,
    at: stays(instance, (stay, branch) => {
      const { name, key } = readBranch(branch)
      const invoice = (instance.known as Known).invoices[key]
      const isApproved = stay.state === 'posting' || stay.state === 'posted'
      if (name !== 'invoice' || invoice === undefined || !isApproved) return stay
      return { ...stay, chosen: { ...stay.chosen, ...usedBy(invoice, instance.known as Known) } }
    }),
  }),
  // Version 5 did not write down in which money it had put something aside: it is that of the newest price that it knew.
  5: (instance) => ({
    ...instance,
    at: stays(instance, (stay, branch) => {
      const { name, key } = readBranch(branch)
      if (name !== 'accrual' || stay.chosen?.['posted'] === undefined) return stay
      const own = standing(instance.known as Known).filter(
        ({ carrier, isOwn, isSeparate }) => isOwn === true && isSeparate !== true && (carrier ?? '') === key,
      )
      const currency = own.find((one) => one.currency !== undefined)?.currency
      return { ...stay, chosen: { ...stay.chosen, ...present('currency', currency) } }
    }),
  }),
  // Version 6 wrote down how much was used without its money, which is that of what was put aside, and knew a rated price by the number of its delivery as it was written.
  6: (instance) => {
    const known = { ...(instance.known as Known), accruals: ratedOnce((instance.known as Known).accruals) }
    return { ...instance, known, at: stays(instance, (stay) => withMoney(stay, known)) }
  },
  // Version 7 did not keep what was asked for when an invoice was approved: of those nobody is asked anew.
  7: (instance) => instance,
  // Version 8 settled what names a load by a number of its carrier there: what is approved stays there, the others are settled under the delivery.
  8: (instance) => instance,
}

function ratedOnce(accruals: Known['accruals']): Known['accruals'] {
  return Object.fromEntries(
    Object.entries(accruals).map(([name, one]) =>
      one.isRated === true ? [`rated/${keyOf('delivery', one.number ?? '')}/${one.carrier ?? ''}`, one] : [name, one],
    ),
  )
}

function withMoney(stay: Stay, known: Known): Stay {
  const amount = text(stay.chosen?.['used'])
  if (amount === undefined) return stay
  const currency = standing(known).find((one) => one.currency !== undefined)?.currency
  return { ...stay, chosen: { ...stay.chosen, used: byCurrency([{ amount, ...present('currency', currency) }]) } }
}

function stays({ at }: Instance, become: (stay: Stay, branch: string) => Stay): Instance['at'] {
  return Object.fromEntries(Object.entries(at).map(([branch, stay]) => [branch, become(stay, branch)]))
}

/** As version 4 saw it: the first invoice that was not called off used all, and a correction did. */
function usedBy(own: Invoice, known: Known) {
  const isFirst = Object.values(known.invoices).every(
    ({ carrier, since, number, said, movedTo }) =>
      movedTo !== undefined ||
      carrier !== own.carrier ||
      said.includes('cancelled') ||
      `${since} ${number}` >= `${own.since} ${own.number}`,
  )
  if (isNote(own) || !(isFirst || isCorrection(own))) return { used: '0', isAdditional: true }
  const accruals = standing(known).filter(({ carrier }) => (carrier ?? own.carrier) === own.carrier)
  return { used: totalOf(accruals.flatMap(({ charges }) => charges)) }
}
