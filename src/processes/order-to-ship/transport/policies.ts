/** What a tenant may set about transport. */
export const transportPolicies: Readonly<Record<string, string>> = {
  appointmentMinutes: 'Business time that a dock and a carrier may take to answer. Usual: 240.',
  askRates: 'Whether carriers are asked for a price although one is agreed. Usual: false.',
  bookAppointment:
    'For what a time at the dock is asked for: `none`, `freight` (all but parcels) or `all`. Usual: none.',
  carriers:
    'The routing guide: a list of `carrier`, `service`, `mode` (`parcel`, `ltl`, `ftl`), `cost` and `currency`, the preferred one first. With a cost nobody is asked. Without a list any carrier may have it.',
  coverMinutes: 'How long a load may be without a carrier before a person is asked. Usual: 240.',
  dailyPickup: 'Carriers that come every day: a list.',
  dearerPercent: 'How much dearer it may get when it is weighed, in per cent, without a person. Usual: 15.',
  departureMinutes: 'When goods that are booked should have left. Usual: 4320.',
  labelAt: 'When the label of a parcel is made: `pack`, when it is weighed, or `release`. Usual: pack.',
  labelMinutes: 'How long a carrier may take to make a label. Usual: 15.',
  manifest: 'Whether carriers get a list of what they will find. Usual: false.',
  packingMinutes: 'How long a label may wait for the packing. Usual: 4320.',
  ratesMinutes: 'How long carriers may take to say what it costs. Usual: 15.',
  reratePercent: 'By how many per cent the weight may differ before carriers are asked again. Usual: 5.',
  schedulePickup: 'Whether carriers are asked to come. Usual: false.',
  settleMinutes: 'How long it may take until everybody knows that it has left. Usual: 1440.',
  transportBy: 'Who arranges carriers: `hub`, or `others`. Usual: others.',
  withdrawalMinutes: 'How long it may take until what was booked is taken back. Usual: 1440.',
}
