import { wording } from '../words/words.ts'

/** What the door says of identity providers. */
export const say = wording({
  en: {
    with: 'Sign in with {provider}',
    providers: 'Ways to sign in',
    password: 'Sign in with a password',
    IDENTITY_DENIED: 'The identity provider has not let you in. Begin again, or ask whoever runs it.',
    IDENTITY_EMAIL_UNPROVEN:
      'The identity provider does not say that your e-mail address was proven to be yours. Confirm it there.',
    IDENTITY_OTHER:
      'Your address belongs to somebody whom the identity provider knows by another account. Ask an administrator.',
    IDENTITY_PROVIDER_AWAY: 'The identity provider does not answer now. Try again in a moment.',
    IDENTITY_PROVIDER_UNKNOWN: 'There is no such identity provider.',
    IDENTITY_UNKNOWN: 'You are known there, but nobody has invited you here. Ask an administrator.',
    IDENTITY_UNPROVEN: 'What came back does not prove who you are. Begin again.',
    SIGN_IN_STALE: 'This sign-in was begun in another browser, too long ago, or was finished already. Begin again.',
    SIGN_IN_TOO_OFTEN: 'There were too many attempts. Wait a moment.',
    other: 'Signing in did not work ({code}). Begin again.',
  },
  de: {
    with: 'Mit {provider} anmelden',
    providers: 'Wege der Anmeldung',
    password: 'Mit einem Passwort anmelden',
    IDENTITY_DENIED:
      'Der Identitätsanbieter hat Sie nicht eingelassen. Beginnen Sie neu, oder fragen Sie, wer ihn betreibt.',
    IDENTITY_EMAIL_UNPROVEN:
      'Der Identitätsanbieter sagt nicht, dass Ihre E-Mail-Adresse nachweislich Ihre ist. Bestätigen Sie sie dort.',
    IDENTITY_OTHER:
      'Ihre Adresse gehört jemandem, den der Identitätsanbieter unter einem anderen Konto kennt. Fragen Sie die Administration.',
    IDENTITY_PROVIDER_AWAY: 'Der Identitätsanbieter antwortet gerade nicht. Versuchen Sie es gleich noch einmal.',
    IDENTITY_PROVIDER_UNKNOWN: 'Diesen Identitätsanbieter gibt es nicht.',
    IDENTITY_UNKNOWN: 'Dort sind Sie bekannt, aber hier hat Sie niemand eingeladen. Fragen Sie die Administration.',
    IDENTITY_UNPROVEN: 'Was zurückkam, beweist nicht, wer Sie sind. Beginnen Sie neu.',
    SIGN_IN_STALE:
      'Diese Anmeldung begann in einem anderen Browser, vor zu langer Zeit, oder ist schon beendet. Beginnen Sie neu.',
    SIGN_IN_TOO_OFTEN: 'Das waren zu viele Versuche. Warten Sie einen Augenblick.',
    other: 'Die Anmeldung ging nicht ({code}). Beginnen Sie neu.',
  },
})
