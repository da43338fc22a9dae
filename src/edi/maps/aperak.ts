import { loops, type Rows, value } from '../map/rows.ts'
import { parties, periods, referenceGroups, texts } from './edifact-parts.ts'

/** What the business says of a message that was well-formed: RFF names the document, ERC what is wrong with it. */
export const mapAperak: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  response: value('BGM/4'),
  dates: periods(),
  references: referenceGroups(),
  parties: parties(),
  errors: loops('ERC', { code: value('ERC/1.1'), texts: texts() }),
}
