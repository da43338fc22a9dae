import { plain, say } from '../words/words.ts'

const hubId = /^[a-z]{3}_[0-9A-Za-z]+$/

/**
 * What people call an object: its number. One without a number says so, with the end of its id, which tells it from others without one;
 * a process has the number of what it is about, and says that it is the process of it.
 */
export function called(number: string | undefined, id: string): string {
  if (number !== undefined && number !== '') return id.startsWith('prc_') ? `${plain('process')} ${number}` : number
  return hubId.test(id) ? say('object.unnumbered', { end: id.slice(-4) }) : id
}
