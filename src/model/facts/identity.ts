import type { TSchema } from 'typebox'
import { type Entity, entities } from '../fact.ts'
import { hubId } from '../fields/hub-id.ts'
import { part } from '../fields/record.ts'
import { references } from './parts/reference.ts'

/** Known by numbers of the hub or of a pair of partners, so two of them never turn out to be one. */
const neverMerged: ReadonlySet<string> = new Set<Entity>(['interchange', 'transmission'])

/** Their hub id follows from what they are, so nobody else's number ever stands for them. */
const unnamed: ReadonlySet<string> = new Set<Entity>(['partnership', 'process', 'stock', 'task'])

/** What objects are known by, and which of them turned out to be one: written when messages are matched with objects. */
export const identityFacts: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(entities)
    .filter(([entity]) => !unnamed.has(entity))
    .flatMap(([entity, prefix]): [string, TSchema][] => {
      const name = entity.replaceAll('_', ' ')
      const identified = part(
        'identification',
        `Numbers or names belong to the ${name} from now on. Written by the hub when one comes up that was not known, before what came with it.`,
        { references: references('Those that came up.') },
      )
      const merged = part(
        `${entity}_merge`,
        `The ${name} turned out to be another one that is known under another hub id. Written by the hub when a system that may say so lists the numbers of both together. What still comes for it goes to the other.`,
        { into: hubId('The one that both are from now on.', prefix) },
      )
      return neverMerged.has(entity)
        ? [[`${entity}.identified`, identified]]
        : [
            [`${entity}.identified`, identified],
            [`${entity}.merged`, merged],
          ]
    }),
)
