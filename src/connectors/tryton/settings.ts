import { choice, flag, integer, list, type SettingsOf, seconds, secret, text, url } from '../../base/fields.ts'

/** How a Tryton is reached, and what of its habits the hub has to know. */
export const settings = {
  url: url('Address of the database at the Tryton server, with its name at the end.', {
    example: 'https://tryton.example.com/production',
  }),
  user: text('Login of the user that the hub is in Tryton.', { example: 'interline' }),
  password: secret('Password of that user.'),
  company: integer('Id of the company whose documents these are.', { default: 1, min: 1 }),
  system: text('Name of the system in identifiers.', { default: 'tryton' }),
  acknowledgedWarnings: list(
    'Warnings that are answered with yes, each by a part of its name, such as `date_future`; any other one is refused with its words.',
    { default: [] },
  ),
  forceAssignment: flag('Goods that the warehouse has shipped are issued although Tryton has too few of them.', {
    default: false,
  }),
  lots: choice('What becomes of lots and serial numbers, which this connector does not write.', ['refuse', 'ignore'], {
    default: 'refuse',
  }),
  freightBooking: choice(
    'Where the cost of freight goes: an account move of its own, or the cost of the shipment.',
    ['account_move', 'shipment_cost'],
    { default: 'shipment_cost' },
  ),
  freightJournal: text('Code of the journal of freight moves.', { default: 'EXP' }),
  freightExpenseAccount: text('Code of the account that freight is an expense of; needed for account moves.', {
    default: '',
  }),
  freightAccrualAccount: text('Code of the account of freight that is not invoiced yet; needed for account moves.', {
    default: '',
  }),
  packageType: text('Name of the type of packages that tracking numbers are written on.', { default: 'Parcel' }),
  releaseState: choice(
    'State of a customer shipment in which the warehouse may begin with it.',
    ['waiting', 'assigned'],
    { default: 'waiting' },
  ),
  pollSeconds: seconds('Pause between two looks for changes.', { default: 60, min: 1, max: 86_400 }),
  overlapSeconds: seconds('How long a transaction in Tryton may take and still not be overlooked.', {
    default: 300,
    min: 10,
    max: 86_400,
  }),
  timeoutSeconds: seconds('All requests of one posting in total.', { default: 30 }),
} as const

/** The settings of a connection, read. */
export type TrytonSettings = SettingsOf<typeof settings>
