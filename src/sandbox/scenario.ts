/** How busy a day is, and how unruly its carriers are. Shares are of shipments or of messages. */
export interface Scenario {
  readonly orders: number
  readonly hubScans: readonly [number, number]
  readonly late: number
  readonly duplicate: number
  readonly unknownCode: number
  readonly attempt: number
  readonly damage: number
  readonly refusal: number
  /** Left at the door: nobody signs, and no proof ever comes. */
  readonly unproven: number
}

const ordinary: Scenario = {
  orders: 600,
  hubScans: [1, 3],
  late: 0.05,
  duplicate: 0.03,
  unknownCode: 0.01,
  attempt: 0.06,
  damage: 0.01,
  refusal: 0.02,
  unproven: 0.04,
}

/** The days that can be simulated. */
export const scenarios = {
  'carrier-storm': {
    ...ordinary,
    orders: 400,
    hubScans: [6, 14],
    late: 0.25,
    duplicate: 0.2,
    unknownCode: 0.06,
    attempt: 0.2,
    damage: 0.05,
    unproven: 0.15,
  },
  // A few parcels, so that what partners send stands out.
  'edi-day': { ...ordinary, orders: 10 },
  'ordinary-day': ordinary,
  'peak-day': { ...ordinary, orders: 2000 },
  'quiet-day': { ...ordinary, orders: 200 },
} as const satisfies Readonly<Record<string, Scenario>>

/** The name by which a day is started. */
export type ScenarioName = keyof typeof scenarios
