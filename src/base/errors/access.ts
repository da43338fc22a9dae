import { defineErrors } from './row.ts'

/** What can be wrong with somebody who signs in, and with what they may do. */
export const accessErrors = defineErrors({
  CLIENT_INVALID: {
    title: 'Client cannot be like that',
    message: ({ problem }) => `The client cannot be made or changed: ${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'The guide to access lists what each way to prove an identity needs.',
  },
  CROSS_SITE_REFUSED: {
    title: 'Request of another site',
    message: () => 'A change was asked for with a session, but not by the pages of this hub.',
    flow: 'refuse',
    status: 403,
    hint: 'Use an API key for programs. Behind a proxy, let it pass Host and Origin on, or set INTERLINE_PUBLIC_URL.',
  },
  EMAIL_TAKEN: {
    title: 'Address is taken',
    message: ({ email }) => `Somebody with the address ${email} exists already.`,
    flow: 'refuse',
    status: 409,
    hint: 'Change the person that exists, or send them a new link.',
  },
  LAST_ADMINISTRATOR: {
    title: 'Last administrator',
    message: () => 'This is the last administrator; nobody could manage access any more.',
    flow: 'refuse',
    status: 409,
    hint: 'Make somebody else administrator first.',
  },
  PASSWORD_WEAK: {
    title: 'Password too easy to guess',
    message: ({ problem }) => `The password is too easy to guess: ${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Take at least 12 characters that nobody can derive from you: a few random words do well.',
  },
  PEOPLE_BUSY: {
    title: 'Too many sign in at once',
    message: () => 'More people sign in at this moment than the hub checks at once.',
    flow: 'retry',
    status: 503,
    hint: 'Try again in a second.',
  },
  SECOND_FACTOR_PRESENT: {
    title: 'There is a second factor already',
    message: () => 'Codes are asked for already.',
    flow: 'refuse',
    status: 409,
    hint: 'Have an administrator remove it with "interline person reset EMAIL", and set it up again.',
  },
  SECOND_FACTOR_REFUSED: {
    title: 'Code is wrong',
    message: () => 'The code is wrong, is over, or was used before.',
    flow: 'refuse',
    status: 401,
    hint: 'Wait for the next code of the app, and check that the clock of the device is right. Or use a recovery code.',
  },
  SECOND_FACTOR_REQUIRED: {
    title: 'Code is missing',
    message: () => 'Besides the password, a code of the app is needed.',
    flow: 'refuse',
    status: 401,
    hint: 'Send the six digits that the app shows, or a recovery code, as "code".',
  },
  SIGN_IN_REFUSED: {
    title: 'Not signed in',
    message: () => 'Address and password do not belong together.',
    flow: 'refuse',
    status: 401,
    hint: 'Check both. An administrator can make a new link with "interline person link EMAIL".',
  },
  SIGN_IN_TOO_OFTEN: {
    title: 'Too many attempts',
    message: ({ seconds }) => `There were too many attempts to sign in; the next one counts in ${seconds} s.`,
    flow: 'refuse',
    status: 429,
    hint: 'Wait. The account is not locked: others sign in to it as ever.',
  },
  WELCOME_INVALID: {
    title: 'Link does not lead anywhere',
    message: () => 'The link was used before, is too old, or was never made.',
    flow: 'refuse',
    status: 410,
    hint: 'Start the hub again for the first administrator, or have an administrator make a link with "interline person link EMAIL".',
  },
})
