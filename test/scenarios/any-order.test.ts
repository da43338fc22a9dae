import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProcessHub } from './process-hub.ts'
import { bookedIn, decided, personCases, tradeCases } from './trade-cases.ts'

/** Everything that a run leaves behind: what was asked of whom, what the ERP has, where the processes are. */
async function outcome(hub: ProcessHub): Promise<object> {
  const effects = await hub.hub.backbone.ledger.effects({ tenant: 'main', limit: 1000 })
  const instances = [...hub.hub.backbone.tables.states]
    .filter(([subject]) => subject.startsWith('prc_'))
    .map(([, { body }]) => JSON.parse(body) as { process: string; key: string; at: Record<string, { state: string }> })
    .map(({ process, key, at }) => {
      const branches = Object.entries(at).map(([branch, { state }]) => `${branch} ${state}`)
      // An invoice waited here for as long as nobody had said for which load it is: a trace of the order, and no more.
      if (branches.length > 1 && branches.every((one) => one === 'main open' || one.endsWith(' moved'))) return ': '
      return `${process} ${key}: ${branches.toSorted().join(', ')}`
    })
    // One that is in no state was told under a number that another one goes by. What only it was told of would be stranded.
    .filter((text) => !text.endsWith(': '))
  return {
    effects: effects.map(({ naturalKey, state }) => `${naturalKey} ${state}`).toSorted(),
    instances: instances.toSorted(),
    stranded: await stranded(hub),
    open: await hub.open(),
    doubles: hub.erp.doubles,
  }
}

/**
 * Objects of the business that only instances in no state were told of: whoever could deal with them never will. What nobody has asked for
 * anything with, like a scan of a parcel of which no delivery is known, is still told to the one that begins.
 */
async function stranded(hub: ProcessHub): Promise<readonly string[]> {
  const begun = new Set((await hub.facts('process.started')).map(({ subject }) => subject))
  const told = (await hub.facts('process.fact_reported')).map(({ subject, data }) => {
    const { process, told: about } = data as { readonly process: string; readonly told: { readonly subject: string } }
    return { about: `${process} ${about.subject.slice(0, 3)}`, object: `${process} ${about.subject}`, subject }
  })
  const heard = new Set(told.filter(({ subject }) => begun.has(subject)).map(({ object }) => object))
  const running = new Set([...begun].map((subject) => told.find((one) => one.subject === subject)?.about.split(' ')[0]))
  const lost = told.filter(({ object, about }) => running.has(about.split(' ')[0]) && !heard.has(object))
  return [...new Set(lost.map(({ about }) => about))].toSorted()
}

const all = { ...tradeCases, ...personCases }

/** Systems tell it in this order, each as often as it occurs; the hub dies at these writes. */
async function run(
  name: string,
  order: readonly number[],
  deaths: readonly { readonly after: number; readonly done: boolean }[] = [],
): Promise<{ readonly outcome: object; readonly booked: object; readonly deaths: number }> {
  const one = all[name]
  if (one === undefined) throw new Error(`there is no case ${name}`)
  const hub = await ProcessHub.start(one.policies)
  const occurredAt = one.told.map((_, index) => new Date(hub.hub.time.wall() - (10 - index) * 60_000).toISOString())
  const rest = [...deaths]
  for (const index of order) {
    const death = rest.shift()
    if (death !== undefined) hub.mortal.dieAt(death)
    const [connection, type, data] = one.told[index] ?? one.told[0] ?? []
    if (connection === undefined) throw new Error(`${name} has nothing to tell`)
    await hub.tell(connection, { eventId: `E${index}`, type, occurredAt: occurredAt[index], data })
    await hub.pass(0.2)
  }
  // As long as it takes until another process may ask what became of the work of one that has died.
  await hub.pass(20)
  // Each decision may let others be needed; a hub that dies then leaves work that is asked after just as late.
  await decided(hub)
  await hub.pass(20)
  await decided(hub)
  await hub.pass(20)
  const result = { outcome: await outcome(hub), booked: bookedIn(hub, one), deaths: hub.deaths }
  expect(hub.hub.failures).toEqual([])
  await hub.hub.stop()
  return result
}

describe.each(Object.entries({ ...tradeCases, ...personCases }))('%s', (name, one) => {
  const told = one.told.map((_, index) => index)
  const orders = fc.shuffledSubarray([...told, ...told], { minLength: told.length }).map((order) => {
    const missing = told.filter((index) => !order.includes(index))
    return [...order, ...missing]
  })
  const deaths = fc.array(fc.record({ after: fc.nat(8), done: fc.boolean() }), { maxLength: 3 })

  test('comes to the same end in any order, told any number of times, wherever the hub dies', {
    timeout: 240_000,
  }, async () => {
    const usual = await run(name, told)
    expect(usual.booked).toEqual(one.booked)
    let died = 0
    await fc.assert(
      fc.asyncProperty(orders, deaths, async (order, when) => {
        const found = await run(name, order, when)
        died += found.deaths
        expect(found.outcome).toEqual(usual.outcome)
      }),
      { numRuns: 8, seed: 20_260_401, examples: [[told.toReversed(), []]] },
    )
    expect(died).toBeGreaterThan(1)
  })
})
