/** How firm a reservation is. */
export const reservationKinds = {
  name: 'reservation_kind',
  values: {
    soft: 'Promised, and no warehouse has begun: counted as reserved.',
    hard: 'A warehouse works on it or may: counted as allocated.',
  },
}
