import { Type } from 'typebox'
import { freeText } from '../fields/personal.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

const outcome = (description: string) =>
  part('effect_outcome', description, {
    effect: text('Hub id of the row in the ledger of effects.'),
    command: text('What was asked for: post_goods_issue, release_invoice.'),
    target: text('Id of the system that was asked.'),
    naturalKey: text(
      'The business intent as one text: two effects with the same one would be the same thing done twice.',
    ),
    documentReference: Type.Optional(
      text('Number of the document that the system made of it. Absent: it made none, or did not say.'),
    ),
    answer: Type.Optional(
      Type.Unknown({
        description:
          'What the system answered for the process that asked: rates, numbers. Absent: no more than that it is done.',
      }),
    ),
    reason: Type.Optional(
      freeText(text('Why it came out like this, in the words of the system or the hub. Absent: nothing to explain.')),
    ),
  })

/** Facts about the hub’s own doing. */
export const platformFacts = {
  'effect.applied': outcome(
    'Another system did what was asked. Written by the hub when it answers so, when it is found there on looking, or when a person says so.',
  ),
  'effect.parked': outcome(
    'Nobody knows whether it was done, or it was tried for too long: a person decides. Written by the hub when it cannot find out, or its tries are used up.',
  ),
  'effect.refused': outcome('Another system said no, and would again. Written by the hub when it answers so.'),
  'expectation.missed': part(
    'missed_expectation',
    'Something that should have happened by then has not. Written by the hub when a timer of the object runs out.',
    {
      timer: text('Name of the timer, which is that of the exception that opens: tracking_stale, missing_pod.'),
      due: text('When it should have happened at the latest, RFC 3339.'),
      expected: Type.Optional(
        Type.Unknown({
          description: 'What was awaited, as whoever set the timer described it. Absent: the name says it all.',
        }),
      ),
    },
  ),
  'hub.fold_failed': part(
    'failed_fold',
    'A fault of the hub: a fact could not be worked into its object, which stays as it was. Written by the hub so that a rebuild after the repair finds the place.',
    {
      fact: text('Id of the fact that could not be worked in.'),
      type: text('What kind of fact it is.'),
      problem: text('Name and text of the programming error, the first 200 characters.'),
    },
  ),
}
