/** Why somebody is not let in, or may not change what others may, in German, by what the hub says in English; braces stand for what was found. */
export const germanAccess: Readonly<Record<string, string>> = {
  'Somebody was faster': 'Jemand war schneller',
  'The certificate is {state} by now.': 'Das Zertifikat ist inzwischen: {state}.',
  'Look at it again; what is refused or withdrawn is uploaded anew.':
    'Sehen Sie es noch einmal an; was abgelehnt oder zurückgezogen ist, wird neu hochgeladen.',
  'Certificate cannot be used': 'Zertifikat nicht verwendbar',
  'The certificate is not taken: {problem}.': 'Das Zertifikat wird nicht angenommen: {problem}.',
  'Upload the certificate that comes next, in PEM, DER or P7B, with the certificates of those who issued it behind it.':
    'Laden Sie das nächste Zertifikat hoch, als PEM, DER oder P7B, dahinter die Zertifikate der Aussteller.',
  'This is a private key': 'Das ist ein privater Schlüssel',
  'The file holds a private key. It was refused, and nothing of it was stored.':
    'Die Datei enthält einen privaten Schlüssel. Sie wurde abgelehnt, und nichts davon wurde gespeichert.',
  'A private key that has left your system is no secret any more: make a new one, and upload its certificate alone.':
    'Ein privater Schlüssel, der Ihr System verlassen hat, ist kein Geheimnis mehr: Erzeugen Sie einen neuen, und laden Sie nur dessen Zertifikat hoch.',
  'Certificate is known': 'Zertifikat ist bekannt',
  'The certificate {fingerprint} waits or counts here already.':
    'Das Zertifikat {fingerprint} wartet oder gilt hier schon.',
  'Nothing has to be done for this one. Upload the one that comes after it.':
    'Für dieses ist nichts zu tun. Laden Sie das hoch, das danach kommt.',
  'Client cannot be like that': 'So kann ein Client nicht sein',
  'The client cannot be made or changed: {problem}.': 'Der Client lässt sich nicht anlegen oder ändern: {problem}.',
  'The guide to access lists what each way to prove an identity needs.':
    'Die Anleitung zum Zugang sagt, was jede Art des Nachweises braucht.',
  'Key cannot be like that': 'So kann ein Schlüssel nicht sein',
  'The key cannot be made: {problem}.': 'Der Schlüssel lässt sich nicht anlegen: {problem}.',
  'GET /v1/partners lists the partners that are declared.': 'GET /v1/partners listet die erklärten Partner.',
  'The reason says who it is': 'Der Grund verrät, wer es ist',
  'The reason stands in the audit log for good, and it names the person.':
    'Der Grund steht für immer im Protokoll, und er nennt die Person.',
  'Write the number of the request instead.': 'Schreiben Sie stattdessen die Nummer des Antrags.',
  'The erasure did not come to an end': 'Die Löschung kam nicht zu Ende',
  'Something about the person was written again and again while it was erased.':
    'Während gelöscht wurde, kam immer wieder Neues über die Person hinzu.',
  'Find out which system keeps sending it, pause that connection, and erase again.':
    'Finden Sie heraus, welches System es sendet, halten Sie diese Verbindung an, und löschen Sie noch einmal.',
  'Several people': 'Mehrere Personen',
  'This leads to {people} different people.': 'Das führt zu {people} verschiedenen Personen.',
  'Ask for one of them by e-mail address, by phone number, or by name and postal code: nobody is told of somebody else.':
    'Fragen Sie nach einer davon mit E-Mail-Adresse, Telefonnummer oder Name und Postleitzahl: Niemand erfährt etwas über andere.',
  'Still needed': 'Wird noch gebraucht',
  '{unsent} postings that name the person have not left yet, and {processes} processes that know them go on.':
    '{unsent} Buchungen, die die Person nennen, sind noch nicht hinaus, und {processes} Prozesse, die sie kennen, laufen noch.',
  'Wait until they are done or call them off; or say evenInUse: then they go on without knowing who it is.':
    'Warten Sie, bis sie fertig sind, oder sagen Sie sie ab; oder sagen Sie evenInUse: Dann laufen sie weiter, ohne zu wissen, wer es ist.',
  'Person cannot be like that': 'So kann eine Person nicht sein',
  'The person cannot be invited or changed: {problem}.': 'Die Person lässt sich nicht einladen oder ändern: {problem}.',
  'GET /v1/partners lists the partners that are declared, GET /v1/roles the roles.':
    'GET /v1/partners listet die erklärten Partner, GET /v1/roles die Rollen.',
  'Request of another site': 'Anfrage einer anderen Seite',
  'A change was asked for with a session, but not by the pages of this hub.':
    'Eine Änderung wurde mit einer Sitzung verlangt, aber nicht von den Seiten dieses Hubs.',
  'Use an API key for programs. Behind a proxy, let it pass Host and Origin on, or set INTERLINE_PUBLIC_URL.':
    'Programme verwenden einen API-Schlüssel. Ein Proxy muss Host und Origin weitergeben, oder setzen Sie INTERLINE_PUBLIC_URL.',
  'Address is taken': 'Adresse ist vergeben',
  'Somebody with the address {email} exists already.': 'Jemanden mit der Adresse {email} gibt es schon.',
  'Change the person that exists, or send them a new link.':
    'Ändern Sie die vorhandene Person, oder senden Sie ihr einen neuen Link.',
  'Not signed in at the identity provider': 'Beim Identitätsanbieter nicht angemeldet',
  '{provider} has not let you in: {reason}.': '{provider} hat Sie nicht eingelassen: {reason}.',
  'Begin again. If it says the same, ask whoever runs the identity provider.':
    'Beginnen Sie neu. Bleibt es dabei, fragen Sie, wer den Identitätsanbieter betreibt.',
  'Address is not proven': 'Adresse ist nicht bestätigt',
  '{provider} does not say that your e-mail address was proven to be yours ({claim}).':
    '{provider} sagt nicht, dass Ihre E-Mail-Adresse als Ihre bestätigt ist ({claim}).',
  'Confirm your address there. Where the provider says it by another claim, an administrator sets verifiedClaim.':
    'Bestätigen Sie dort Ihre Adresse. Sagt der Anbieter es mit einem anderen Merkmal, setzt ein Administrator verifiedClaim.',
  'Another account with this address': 'Ein anderes Konto mit dieser Adresse',
  'Your address belongs to somebody whom {provider} knows by another account.':
    'Ihre Adresse gehört jemandem, den {provider} unter einem anderen Konto kennt.',
  'An administrator lets go of the old account with "interline person unlink EMAIL", if it is the same person.':
    'Ist es dieselbe Person, löst ein Administrator das alte Konto mit „interline person unlink EMAIL“.',
  'Identity provider does not answer': 'Identitätsanbieter antwortet nicht',
  '{provider} cannot be reached, or does not answer as it should: {reason}.':
    '{provider} ist nicht erreichbar oder antwortet nicht, wie er soll: {reason}.',
  'Try again in a moment. Who has a password for emergencies can sign in with it.':
    'Versuchen Sie es gleich noch einmal. Wer ein Passwort für Notfälle hat, kann sich damit anmelden.',
  'No such identity provider': 'Diesen Identitätsanbieter gibt es nicht',
  'There is no identity provider with this name.': 'Einen Identitätsanbieter dieses Namens gibt es nicht.',
  'Go to the sign-in screen: it lists those that there are.': 'Gehen Sie zur Anmeldung: Dort stehen die vorhandenen.',
  'Nobody has invited you': 'Niemand hat Sie eingeladen',
  '{provider} has vouched for you, but you are nobody who may come in here.':
    '{provider} hat sich für Sie verbürgt, aber hier hat Sie niemand eingelassen.',
  'Ask an administrator of the hub to invite you with the address that you have there.':
    'Bitten Sie einen Administrator des Hubs, Sie mit der Adresse einzuladen, die Sie dort haben.',
  'Identity is not proven': 'Identität ist nicht belegt',
  'What came back from {provider} does not prove who you are: {reason}.':
    'Was von {provider} zurückkam, belegt nicht, wer Sie sind: {reason}.',
  'Begin again from the sign-in screen. If it happens again, an administrator compares the declaration with the provider.':
    'Beginnen Sie bei der Anmeldung neu. Bleibt es so, vergleicht ein Administrator die Erklärung mit dem Anbieter.',
  'Last administrator': 'Letzter Administrator',
  'This is the last administrator; nobody could manage access any more.':
    'Das ist der letzte Administrator; niemand könnte mehr den Zugang verwalten.',
  'Make somebody else administrator first.': 'Machen Sie zuerst jemand anderen zum Administrator.',
  'Passwords do not count here': 'Passwörter gelten hier nicht',
  'Your organisation has people sign in with its identity provider, not with a password.':
    'Ihre Organisation lässt alle über ihren Identitätsanbieter anmelden, nicht mit einem Passwort.',
  'Choose the identity provider on the sign-in screen.': 'Wählen Sie bei der Anmeldung den Identitätsanbieter.',
  'Password too easy to guess': 'Passwort zu leicht zu erraten',
  'The password is too easy to guess: {problem}.': 'Das Passwort ist zu leicht zu erraten: {problem}.',
  'Take at least 12 characters that nobody can derive from you: a few random words do well.':
    'Nehmen Sie mindestens 12 Zeichen, die niemand aus Ihnen ableiten kann: Ein paar zufällige Wörter genügen.',
  'Too many sign in at once': 'Zu viele melden sich gleichzeitig an',
  'More people sign in at this moment than the hub checks at once.':
    'Gerade melden sich mehr Menschen an, als der Hub gleichzeitig prüft.',
  'Try again in a second.': 'Versuchen Sie es in einer Sekunde noch einmal.',
  'There is a second factor already': 'Es gibt schon einen zweiten Faktor',
  'Codes are asked for already.': 'Codes werden schon verlangt.',
  'Have an administrator remove it with "interline person reset EMAIL", and set it up again.':
    'Lassen Sie ihn von einem Administrator mit „interline person reset EMAIL“ entfernen, und richten Sie ihn neu ein.',
  'Code is wrong': 'Code ist falsch',
  'The code is wrong, is over, or was used before.': 'Der Code ist falsch, abgelaufen oder schon verwendet.',
  'Wait for the next code of the app, and check that the clock of the device is right. Or use a recovery code.':
    'Warten Sie auf den nächsten Code der App, und prüfen Sie die Uhr des Geräts. Oder verwenden Sie einen Ersatzcode.',
  'Code is missing': 'Code fehlt',
  'Besides the password, a code of the app is needed.': 'Neben dem Passwort wird ein Code der App gebraucht.',
  'Send the six digits that the app shows, or a recovery code, as "code".':
    'Geben Sie die sechs Ziffern der App ein, oder einen Ersatzcode.',
  'Sign in again first': 'Melden Sie sich erst neu an',
  'This needs the password, or a sign-in by an identity provider within the last ten minutes.':
    'Das braucht das Passwort, oder eine Anmeldung über einen Identitätsanbieter in den letzten zehn Minuten.',
  'Sign out, sign in again, and repeat it.': 'Melden Sie sich ab und wieder an, und wiederholen Sie es.',
  'Not signed in': 'Nicht angemeldet',
  'Address and password do not belong together.': 'Adresse und Passwort gehören nicht zusammen.',
  'Check both. An administrator can make a new link with "interline person link EMAIL".':
    'Prüfen Sie beides. Ein Administrator kann mit „interline person link EMAIL“ einen neuen Link machen.',
  'Sign-in was not begun here': 'Anmeldung wurde nicht hier begonnen',
  'This sign-in was begun in another browser, too long ago, or was finished already.':
    'Diese Anmeldung wurde in einem anderen Browser begonnen, vor zu langer Zeit, oder ist schon abgeschlossen.',
  'Begin again from the sign-in screen.': 'Beginnen Sie bei der Anmeldung neu.',
  'Too many attempts': 'Zu viele Versuche',
  'There were too many attempts to sign in; the next one counts in {seconds} s.':
    'Es gab zu viele Anmeldeversuche; der nächste zählt in {seconds} s.',
  'Wait. The account is not locked: others sign in to it as ever.':
    'Warten Sie. Das Konto ist nicht gesperrt: Andere melden sich an wie immer.',
  'Link does not lead anywhere': 'Link führt nirgendwohin',
  'The link was used before, is too old, or was never made.':
    'Der Link wurde schon verwendet, ist zu alt, oder es gab ihn nie.',
  'Start the hub again for the first administrator, or have an administrator make a link with "interline person link EMAIL".':
    'Starten Sie den Hub für den ersten Administrator neu, oder lassen Sie einen Administrator mit „interline person link EMAIL“ einen Link machen.',
}
