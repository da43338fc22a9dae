import { type TSchema, Type } from 'typebox'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { decimal } from '../fields/decimal.ts'
import { flag } from '../fields/flag.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'

const about = {
  process: text('Id of the process: carrier-reassignment.'),
  key: text('What the instance is about, by the key that the process has.'),
}
const branch = text(
  'Which part of it: main, or the name of a branch, with its key behind a slash where there are several.',
)
const by = text('Person or key that said so.')
const reason = freeText(text('Why, in words of the person.'))
const step = {
  ...about,
  branch,
  to: text('State that it is in now.'),
}

/** Facts about processes under way. The subject is the instance. */
export const processFacts: Readonly<Record<string, TSchema>> = {
  'order.line_substituted': part(
    'substituted_line',
    'What a warehouse did not find of a line is shipped otherwise: as another item, from another place, or later. Written by the hub when stock is held for it and the rest has left; the subject is the order.',
    {
      orderNumber: text('The order of which the line is, as the system numbers it that owns it.'),
      channel: Type.Optional(text('Where it was ordered. Absent: nobody said.')),
      lineNo: text('Number of the line.'),
      how: code('What is shipped instead.', {
        name: 'instead',
        values: {
          substitute: 'Another item.',
          other_node: 'The same item, from another place.',
          later: 'The same item, when stock has it.',
        },
      }),
      missing: record('What was not found.', {
        sku: text('Item number.'),
        quantity: decimal('How much.'),
        uom: text('In which unit.'),
      }),
      instead: record('What is shipped.', {
        sku: text('Item number.'),
        quantity: decimal('How much.'),
        uom: text('In which unit.'),
        location: Type.Optional(text('From where. Absent: from wherever stock is.')),
      }),
      deliveryNumber: text('Delivery that it was missing in.'),
    },
  ),
  'order.promise_changed': part(
    'promised_line',
    'A line that stock cannot serve yet is expected at another time. Written by the hub when receipts that are confirmed say so; the subject is the order.',
    {
      lineNo: text('Number of the line.'),
      expectedAt: instant('When stock for it is expected.'),
    },
  ),
  'process.command_refused': part(
    'refused_command',
    'Somebody wanted something of a process that it cannot do where it is. Written by the hub instead of following it.',
    {
      ...about,
      branch,
      action: text('What was wanted: cancel or skip.'),
      by,
      reason: text('Why not, as a code of the process.'),
    },
  ),
  'process.effect_wanted': part(
    'wanted_effect',
    'A process asks an outside system to do something. Written by the hub once for each business key; the ledger sends it to whoever the routes name.',
    {
      ...about,
      branch,
      effect: text('What it is called in the instance: name of the effect and business key.'),
      command: text('What is asked for: tender_shipment, withdraw_tender.'),
      businessKey: text('What makes it this one and no other, in the words of the business.'),
      queue: text('The family of documents that must arrive in order.'),
      priority: count('How urgent it is: 1 is the most urgent.'),
      payload: Type.Unknown({ description: 'What the target is told.' }),
      object: Type.Optional(text('Hub id of the object that it is about. Absent: the process as a whole.')),
      target: Type.Optional(text('Connection of the only system that it is for. Absent: all that the routes name.')),
    },
  ),
  'process.ended': part(
    'ended_process',
    'Nothing more is awaited. Written by the hub when every branch is in a final state.',
    {
      ...about,
      state: text('Final state of the branch main.'),
    },
  ),
  'process.migrated': part(
    'migrated_process',
    'A process goes on by another version of its definition. Written by the hub when a person says so.',
    {
      ...about,
      version: count('The version from now on.'),
      by,
      reason,
    },
  ),
  'process.moved': part(
    'process_step',
    'A branch of a process is in another state. Written by the hub with each step.',
    {
      ...step,
      from: Type.Union([Type.String(), Type.Null()], { description: 'State that it was in. null: the branch begins.' }),
      because: text('What moved it: type of a fact, or timer, task or effect with its name, or who wanted it.'),
    },
  ),
  'process.skipped': part(
    'skipped_step',
    'A person sent a process to another state by hand. Written by the hub before the step.',
    { ...step, by, reason },
  ),
  'process.substitutes_wanted': part(
    'wanted_substitutes',
    'A process asks master data what may be sent instead of goods that are missing. Written by the hub; the answer is on the log, too, so that a replay finds the same.',
    {
      process: about.process,
      key: about.key,
      question: text('Name that the answer carries.'),
      missing: several(
        'What is missing.',
        record('One line.', {
          lineNo: text('Number of the line.'),
          sku: text('Item number.'),
          quantity: decimal('How much.'),
          uom: text('In which unit.'),
          at: instant('When it counts.'),
          customer: Type.Optional(text('Who ordered. Absent: nobody said.')),
          channel: Type.Optional(text('Where it was ordered. Absent: nobody said.')),
          isAllowed: Type.Optional(flag('What the order says about it. Absent: nothing.')),
        }),
      ),
    },
  ),
  'process.started': part('started_process', 'A process began. Written by the hub with the fact that begins it.', {
    ...about,
    version: count('Version of the definition that it goes by.'),
  }),
}
