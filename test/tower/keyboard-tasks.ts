/** Where the main task of a screen is done without a pointer: the file in this folder, and the name of the test as it is written there. */
export type KeyboardTask = readonly [file: string, test: string]

const here = 'keyboard.e2e.test.ts'
const row: KeyboardTask = [here, 'a row of %s is found in the menu, chosen with j and opened with Enter']

/** Every screen by its address. */
export const keyboardTasks: Readonly<Record<string, KeyboardTask>> = {
  '/': [
    'checks.e2e.test.ts',
    'a question opens by keyboard: why, who acts, its past as line and table, and what is behind it',
  ],
  '/checks/$id': [
    'checks.e2e.test.ts',
    'a question opens by keyboard: why, who acts, its past as line and table, and what is behind it',
  ],
  '/search': [here, 'any number leads with Ctrl K to whatever has it'],
  '/exceptions': [
    'exceptions.e2e.test.ts',
    'is worked through by keyboard: several are selected, taken at once, and known with a note',
  ],
  '/alerts': ['alerts.e2e.test.ts', 'are made by keyboard, fire, and are shown with what nobody hears'],
  '/slas': [
    'slas.e2e.test.ts',
    'open by keyboard: the running period, earlier ones as line and table, and what missed',
  ],
  '/slas/$id': [
    'slas.e2e.test.ts',
    'open by keyboard: the running period, earlier ones as line and table, and what missed',
  ],
  '/tasks': ['tasks.e2e.test.ts', 'is taken and written down at by keyboard'],
  '/tasks/$id': [
    'tasks.e2e.test.ts',
    'is decided by keyboard with what belongs to it, in the form that it has to have',
  ],
  '/parked': [
    'messages.e2e.test.ts',
    'what waits is one line for a cause; nothing leaves before it is seen what that would do',
  ],
  '/shipments': row,
  '/shipments/$id': [here, 'a shipment is shown as it was at another moment with the arrows'],
  '/map': [here, 'the map is filtered, and a shipment of it opened, in the table beside it'],
  '/jobs': [
    'jobs.e2e.test.ts',
    'a replay is looked at first, started with a reason, paused, resumed and cancelled, by keyboard alone',
  ],
  '/inventory': [here, 'stock is found by its item with the key for filters, and what is not there is said'],
  '/reconciliations': [
    'truth.e2e.test.ts',
    'a comparison begins by keyboard, says what differs and why, and shows the lines behind our figure',
  ],
  '/reconciliations/$id': [
    'truth.e2e.test.ts',
    'a comparison begins by keyboard, says what differs and why, and shows the lines behind our figure',
  ],
  '/master-data': ['truth.e2e.test.ts', 'a code that holds a message up is translated, and what waited goes on'],
  '/subscriptions': [
    'subscriptions.e2e.test.ts',
    'nobody yet: the list says so; then what could not be delivered is seen with its attempts',
  ],
  '/subscriptions/$id': [
    'subscriptions.e2e.test.ts',
    'it is paused and goes on, gets a new secret that is shown once, and what failed is asked for again, by keyboard',
  ],
  '/system': ['system.e2e.test.ts', 'shows instances, partitions, database and settings, by keyboard'],
  '/flow': [
    'flow.e2e.test.ts',
    'a connection is paused with a reason, keeps what comes, and goes on, by keyboard alone',
  ],
  '/processes': row,
  '/processes/$id': [
    'processes.e2e.test.ts',
    'the page draws the statechart with the state of now, and says the same as a list by keyboard',
  ],
  '/effects': row,
  '/effects/$id': row,
  '/messages': [
    'messages.e2e.test.ts',
    'all that arrived is listed by keyboard, the newest first; the filters are in the address',
  ],
  '/messages/$id': [
    'messages.e2e.test.ts',
    'a copy is corrected in its place by keyboard; the original stays as it came',
  ],
  '/partners': [
    'portal.e2e.test.ts',
    'staff see all partners, who is late in red, and open one; its person is invited by keyboard',
  ],
  '/partners/$id': [
    'portal.e2e.test.ts',
    'staff see all partners, who is late in red, and open one; its person is invited by keyboard',
  ],
  '/account': ['access.e2e.test.ts', 'who needs a second factor is led to it, sets it up by keyboard, and may go on'],
  '/access': ['access.e2e.test.ts', 'a key is made by keyboard alone; its text is shown once'],
  '/people': [here, 'somebody is invited, and the link is shown'],
  '/contracts': ['contracts.e2e.test.ts', 'are found by keyboard, with who would notice, and deprecated with a reason'],
  '/contracts/$id': [
    'contracts.e2e.test.ts',
    'are found by keyboard, with who would notice, and deprecated with a reason',
  ],
  '/catalogue': [
    'contracts.e2e.test.ts',
    'the catalogue shows by keyboard what a service offers, and leads to its contracts',
  ],
  '/privacy': ['privacy.e2e.test.ts', 'is looked at, written to a file and erased by keyboard, and the list says so'],
  '/audit': [
    'audit.e2e.test.ts',
    'shows by keyboard who did what, from what to what, and nothing that was written is more than text',
  ],
  '/sign-in': [here, 'who signs out comes back in'],
  '/welcome': ['tower.e2e.test.ts', 'the first administrator follows the link of the terminal, by keyboard alone'],
  ...Object.fromEntries(
    ['orders', 'deliveries', 'receipts', 'returns', 'invoices', 'freight-invoices', 'appointments'].flatMap((kind) => [
      [`/${kind}`, row],
      [`/${kind}/$id`, row],
    ]),
  ),
}
