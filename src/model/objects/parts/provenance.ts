import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { instant } from '../../fields/instant.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** Who said something, how it came, and when. */
export function provenance(meaning: string) {
  return part('provenance', meaning, {
    system: text('Id of the system that said it.', 60),
    messageId: Type.Optional(
      text(
        'Id that the hub gave the message that held it: the way back to its bytes. Absent: the hub concluded it.',
        60,
      ),
    ),
    connection: Type.Optional(text('Id of the connection that it came in by.', 60)),
    adapter: Type.Optional(text('Name and version of the map that read it: `easypost/1`.', 60)),
    receivedAt: instant('When its bytes were on the disk of the hub.'),
    assertedBy: Type.Optional(text('Person or role behind the system, where it names one.', 120)),
    method: Type.Optional(
      code('How it came. Absent: not recorded.', {
        name: 'provenance_method',
        values: {
          api: 'A call to the hub.',
          edi: 'An EDI interchange.',
          file: 'A document in a folder or mailbox, CSV for example.',
          poll: 'The hub asked.',
          manual: 'A person entered it.',
          telematics: 'A device on a vehicle or package.',
          derived: 'The hub concluded it from other facts.',
        },
      }),
    ),
  })
}
