import { isReport } from '../../model/fact.ts'
import { factSchemas } from '../../model/facts/all.ts'
import { topicNames } from '../stream/topics.ts'

/** A fact as subscribers get it, without its data. */
export const envelope = {
  type: 'object',
  required: ['specversion', 'id', 'type', 'source', 'subject', 'time', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', description: 'Unique within source; a redelivery keeps it.' },
    type: { type: 'string' },
    source: { type: 'string' },
    subject: { type: 'string', description: 'Hub id of the object.' },
    time: { type: 'string', format: 'date-time', description: 'When the hub recorded it.' },
    effectivetime: { type: 'string', format: 'date-time', description: 'When it happened.' },
    datacontenttype: { const: 'application/json' },
    dataschema: { type: 'string' },
    tenantid: { type: 'string' },
    correlationid: { type: 'string' },
    causationid: { type: 'string' },
    partitionkey: { type: 'string' },
    sequence: { type: 'string', description: 'Position in the log: larger is later for one object.' },
    idempotencykey: { type: 'string' },
    replay: { type: 'boolean' },
    deprecated: { type: 'boolean', description: 'This type of event ends.' },
    deprecationfrom: { type: 'string', format: 'date-time', description: 'Nobody should begin to use it.' },
    deprecationsunset: { type: 'string', format: 'date-time', description: 'It is not sent any more.' },
    deprecationmigration: { type: 'string', description: 'What is to be used instead.' },
    traceparent: { type: 'string', description: 'Start of the trace that led here, W3C Trace Context.' },
    data: { type: 'object', description: 'What happened; its schema is that of the type.' },
  },
}

/** The events that subscribers are sent, AsyncAPI 3.1, from our point of view (`send`). */
export function asyncapi(about: { readonly version: string }): Record<string, unknown> {
  const types = Object.keys(factSchemas).filter((type) => !isReport(type))
  const name = (type: string): string => type.replaceAll(/[._](\w)/g, (_, letter: string) => letter.toUpperCase())
  return {
    asyncapi: '3.1.0',
    info: { title: 'Interline events', version: about.version, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      liveStream,
      ...Object.fromEntries(
        types.map((type) => [
          name(type),
          { address: type, messages: { [name(type)]: { $ref: `#/components/messages/${name(type)}` } } },
        ]),
      ),
    },
    operations: {
      sendLiveStream: { action: 'send', channel: { $ref: '#/channels/liveStream' } },
      ...Object.fromEntries(
        types.map((type) => [
          `send${name(type)[0]?.toUpperCase()}${name(type).slice(1)}`,
          { action: 'send', channel: { $ref: `#/channels/${name(type)}` } },
        ]),
      ),
    },
    components: {
      messages: Object.fromEntries(
        types.map((type) => [
          name(type),
          {
            name: type,
            description: described(type).description,
            contentType: 'application/cloudevents+json',
            correlationId: { location: '$message.payload#/correlationid' },
            payload: {
              allOf: [
                { $ref: '#/components/schemas/Envelope' },
                {
                  type: 'object',
                  properties: { type: { const: type }, data: { $ref: `#/components/schemas/${shapeOf(type)}` } },
                },
              ],
            },
          },
        ]),
      ),
      schemas: {
        Envelope: envelope,
        // Many facts share a shape. What the fact means is told by its message, so the shape stands here once, without it.
        ...Object.fromEntries(types.map((type) => [shapeOf(type), { ...factSchemas[type], description: undefined }])),
      },
    },
  }
}

/** Server-sent events: that something happened, for who then reads it where it is guarded. */
const liveStream = {
  address: '/v1/stream',
  description: `GET with Accept: text/event-stream and ?topics=…, of ${topicNames.join(', ')}. Goes on after Last-Event-ID.`,
  messages: {
    fact: {
      name: 'fact',
      contentType: 'application/json',
      description: 'With detail=facts. The event is named after the topic.',
      payload: {
        type: 'object',
        required: ['topic', 'type', 'subject', 'fact', 'time'],
        properties: {
          topic: { type: 'string' },
          type: { type: 'string', description: 'Of the fact.' },
          subject: { type: 'string', description: 'Hub id of the object.' },
          fact: { type: 'string', description: 'Id of the fact, the same whenever it is told.' },
          time: { type: 'string', format: 'date-time' },
        },
      },
    },
    changes: {
      name: 'changes',
      contentType: 'application/json',
      description: 'With detail=changes: at most two a second for each topic.',
      payload: {
        type: 'object',
        required: ['topic', 'changed', 'subjects'],
        properties: {
          topic: { type: 'string' },
          changed: { type: 'integer', description: 'How many objects changed.' },
          subjects: { type: 'array', items: { type: 'string' }, description: 'Hub ids of the first 50.' },
        },
      },
    },
    counts: {
      name: 'counts',
      contentType: 'application/json',
      description: 'How many rows of a list without facts are in which state.',
      payload: {
        type: 'object',
        required: ['topic', 'counts'],
        properties: {
          topic: { type: 'string' },
          counts: { type: 'object', additionalProperties: { type: 'integer' } },
        },
      },
    },
    reset: {
      name: 'reset',
      contentType: 'application/json',
      description: 'The id was too old or unknown: read everything again.',
      payload: { type: 'object', properties: { reason: { type: 'string' } } },
    },
  },
}

/** The name of what stands in the data of a fact. */
function shapeOf(type: string): string {
  return described(type).title ?? type
}

function described(type: string): { readonly title?: string; readonly description?: string } {
  return factSchemas[type] as { readonly title?: string; readonly description?: string }
}
