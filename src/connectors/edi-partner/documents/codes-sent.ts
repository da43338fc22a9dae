/**
 * What we call a status in a 214 (element 1650) and in an IFTSTA up to D.00B (9011). The reverse of the tables that read them, where a
 * status has one name; what is not here is not told.
 */
export const sentStatuses: Readonly<Record<string, { readonly x12?: string; readonly edifact?: string }>> = {
  arrived_at_delivery: { x12: 'X1' },
  arrived_at_destination_facility: { x12: 'AV' },
  arrived_at_facility: { x12: 'X4', edifact: '40' },
  arrived_at_pickup: { x12: 'X3' },
  border_crossed: { edifact: '16' },
  cancelled: { x12: 'CA', edifact: '7' },
  customs_hold: { x12: 'PR', edifact: '17' },
  customs_released: { edifact: '10' },
  customs_started: { x12: 'K1', edifact: '46' },
  damaged: { x12: 'A9', edifact: '18' },
  delayed: { x12: 'SD', edifact: '20' },
  delivered: { x12: 'D1', edifact: '21' },
  delivery_attempted: { x12: 'AH', edifact: '23' },
  departed_delivery: { x12: 'CD' },
  departed_facility: { x12: 'P1' },
  departed_origin: { x12: 'AF', edifact: '27' },
  discharged: { edifact: '26' },
  eta_updated: { x12: 'AG' },
  gate_in: { x12: 'I1' },
  gate_out: { x12: 'OA' },
  handed_over: { x12: 'J1', edifact: '100' },
  in_transit: { x12: 'X6', edifact: '31' },
  loaded: { x12: 'CP', edifact: '15' },
  loading_started: { x12: 'L1' },
  lost: { edifact: '49' },
  missing: { x12: 'OO', edifact: '36' },
  partially_delivered: { edifact: '73' },
  picked_up: { x12: 'AF', edifact: '13' },
  pod_received: { edifact: '72' },
  received_from_carrier: { x12: 'R1', edifact: '43' },
  redirected: { x12: 'AI', edifact: '75' },
  refused: { x12: 'A7', edifact: '77' },
  returned: { x12: 'A3', edifact: '80' },
  stored_in_transit: { x12: 'BC', edifact: '91' },
  transport_arrived: { x12: 'AR', edifact: '1' },
  transport_departed: { x12: 'RL', edifact: '24' },
  unloaded: { x12: 'D1' },
}

/** Statuses that only say when something is planned: element 1652. */
export const sentAppointments: Readonly<Record<string, string>> = { delivery_scheduled: 'AB', pickup_scheduled: 'AA' }

/** Element 1651 for trouble that one of its values says neither more nor less than; of other trouble the status alone speaks. */
export const sentReasons: Readonly<Record<string, string>> = {
  accident: 'AF',
  address_problem: 'A2',
  customs_hold: 'BD',
  delivery_attempt_failed: 'A1',
  documentation: 'BC',
  facility_problem: 'B8',
  lost_suspected: 'A5',
  mechanical: 'AI',
  misrouted: 'AA',
  missed_cutoff: 'AW',
  overweight: 'BQ',
  payment_required: 'B4',
  recipient_unavailable: 'AQ',
  refused: 'BS',
  road_conditions: 'BE',
  shortage: 'S1',
  weather: 'AO',
}
