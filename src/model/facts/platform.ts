import { Type } from 'typebox'

const outcome = (description: string) =>
  Type.Object(
    {
      effect: Type.String(),
      command: Type.String(),
      target: Type.String(),
      naturalKey: Type.String(),
      documentReference: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
    },
    { description },
  )

/** Facts about the hub’s own doing. */
export const platformFacts = {
  'effect.applied': outcome('The target did it; its document number is here where it has one.'),
  'effect.parked': outcome('Nobody knows, or it was tried for too long: a person decides.'),
  'effect.refused': outcome('The target said no.'),
  'expectation.missed': Type.Object(
    { timer: Type.String(), due: Type.String(), expected: Type.Optional(Type.Unknown()) },
    { description: 'Something that should have happened by then did not.' },
  ),
  'hub.fold_failed': Type.Object(
    { fact: Type.String(), type: Type.String(), problem: Type.String() },
    { description: 'A fault of the hub: this fact was not folded.' },
  ),
}
