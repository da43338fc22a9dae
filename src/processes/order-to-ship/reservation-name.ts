/** What a line is held in stock under. */
export interface ReservationName {
  /** How often the order had given its stock back before: what is given back is gone for good, and asked for under another name. */
  readonly round: number
  readonly lineNo: string
}

/** The name of a reservation: order, round and line. Stock takes no longer one than 100 characters, so a long order loses its beginning. */
export function reservationName(order: string, { round, lineNo }: ReservationName): string {
  return `${order}${round === 0 ? '' : `~${round}`}/${lineNo}`.slice(-100)
}

/**
 * Round and line in the name of a reservation of this order. What it could be by its form alone is not enough: the number of an order may end
 * like a round, and that of a line may have a slash.
 */
export function readReservation(order: string, name: string): ReservationName {
  const lineNo = name.startsWith(`${order}/`) ? name.slice(order.length + 1) : name.slice(name.lastIndexOf('/') + 1)
  if (reservationName(order, { round: 0, lineNo }) === name) return { round: 0, lineNo }
  const [, said = '0', line = lineNo] =
    /~(\d+)\/(.*)$/.exec(name.startsWith(`${order}~`) ? name.slice(order.length) : name) ?? []
  const found = { round: Number(said), lineNo: line }
  return reservationName(order, found) === name ? found : { round: 0, lineNo }
}

/** Each revision of an order has room for so many wishes of its own: a line that is asked for anew must not use up the next revision's number. */
const wishes = 1000

/**
 * Number of the first wish of a revision of an order, as stock counts them. One that is so high already stays as it is. Until version 7 the
 * revision itself was the number.
 */
export function wishOf(revision: number): number {
  return revision < wishes ? revision * wishes : revision
}

/** The next wish of the same revision; undefined where it has had too many: then only a person helps. */
export function wishAfter(wish: number, revision: number): number | undefined {
  const first = wishOf(revision)
  const next = Math.max(wish, first) + 1
  return next < first + wishes ? next : undefined
}
