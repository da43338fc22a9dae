/** What is wrong with a request, and when the hub cannot take one, in German, by what the hub says in English. */
export const germanRequests: Readonly<Record<string, string>> = {
  'No valid key': 'Kein gültiger Schlüssel',
  'The request carries no valid API key, token or session.':
    'Die Anfrage trägt keinen gültigen API-Schlüssel, kein Token und keine Sitzung.',
  'Send a key or a token as "Authorization: Bearer …"; create a key with "interline key create". A token that is bound needs its certificate.':
    'Senden Sie einen Schlüssel oder ein Token als „Authorization: Bearer …“; „interline key create“ legt einen Schlüssel an. Ein gebundenes Token braucht sein Zertifikat.',
  'Too many items': 'Zu viele Einträge',
  'The batch has {items} or more items; {itemsMax} are the limit.':
    'Der Stapel hat {items} oder mehr Einträge; {itemsMax} sind die Grenze.',
  'Send smaller batches.': 'Senden Sie kleinere Stapel.',
  'Body not readable': 'Inhalt nicht lesbar',
  'The body cannot be read: {problem}.': 'Der Inhalt lässt sich nicht lesen: {problem}.',
  'Send JSON in UTF-8 with Content-Type: application/json.':
    'Senden Sie JSON in UTF-8 mit Content-Type: application/json.',
  'Body too large': 'Inhalt zu groß',
  'The body is larger than {bytesMax} bytes.': 'Der Inhalt ist größer als {bytesMax} Bytes.',
  'Split the document, or raise the limit of the connection below the hard limit.':
    'Teilen Sie das Dokument, oder erhöhen Sie die Grenze der Verbindung bis unter die feste Grenze.',
  'Content coding not supported': 'Inhaltskodierung nicht unterstützt',
  'The content coding {coding} is not read; identity and gzip are.':
    'Die Inhaltskodierung {coding} wird nicht gelesen; identity und gzip werden es.',
  'Send the body plain or with Content-Encoding: gzip.':
    'Senden Sie den Inhalt unverpackt oder mit Content-Encoding: gzip.',
  'There is no connection {connection} that accepts input.':
    'Eine Verbindung {connection}, die Eingaben annimmt, gibt es nicht.',
  'Content type not read here': 'Inhaltstyp wird hier nicht gelesen',
  'The content type {type} is not read here; {expected} is.':
    'Der Inhaltstyp {type} wird hier nicht gelesen, sondern {expected}.',
  'Send the content type that the documentation of the route names.':
    'Senden Sie den Inhaltstyp, den die Dokumentation der Adresse nennt.',
  'Cursor of another query': 'Fortsetzung einer anderen Abfrage',
  'The cursor does not belong to this query.': 'Die Fortsetzung gehört nicht zu dieser Abfrage.',
  'Start again without a cursor and keep the filters while paging.':
    'Beginnen Sie die Liste von vorn, und lassen Sie die Filter beim Blättern gleich.',
  'Decision not allowed now': 'Entscheidung jetzt nicht erlaubt',
  'This cannot be done in the state {state}.': 'Im Zustand „{state}“ geht das nicht.',
  'Read the object again; somebody or the hub has moved it on.':
    'Lesen Sie das Objekt neu; jemand oder der Hub hat es weitergebracht.',
  'Disk nearly full': 'Platte fast voll',
  'The volume of the database is below its watermark; nothing new is taken.':
    'Auf dem Datenträger der Datenbank ist zu wenig frei; Neues wird nicht angenommen.',
  'Free space, or delete the ballast file in the data directory; intake opens by itself.':
    'Schaffen Sie Platz, oder löschen Sie die Ballastdatei im Datenverzeichnis; die Annahme öffnet sich von selbst.',
  'Expectation not understood': 'Erwartung nicht verstanden',
  'The expectation {expectation} cannot be met; 100-continue can.':
    'Die Erwartung {expectation} lässt sich nicht erfüllen; 100-continue schon.',
  'Leave the header Expect out, or send 100-continue.': 'Lassen Sie den Kopf Expect weg, oder senden Sie 100-continue.',
  'Files are being written already': 'Es werden schon Dateien geschrieben',
  'At most {most} lists are written as files for one client at once.':
    'Höchstens {most} Listen werden für einen Client gleichzeitig als Datei geschrieben.',
  'Wait for the files that are under way, or filter the list.':
    'Warten Sie auf die Dateien, die unterwegs sind, oder filtern Sie die Liste.',
  'Headers too large': 'Kopfzeilen zu groß',
  'The headers are larger than {bytesMax} bytes or more than are read.':
    'Die Kopfzeilen sind größer als {bytesMax} Bytes oder mehr, als gelesen werden.',
  'Send fewer or shorter headers; what belongs to the message belongs into the body.':
    'Senden Sie weniger oder kürzere Kopfzeilen; was zur Nachricht gehört, gehört in den Inhalt.',
  'Hub is at its limit': 'Der Hub ist an seiner Grenze',
  'More is waiting than the hub can hold; nothing was stored.':
    'Es wartet mehr, als der Hub halten kann; nichts wurde gespeichert.',
  'Send it again after the time in Retry-After.': 'Versuchen Sie es nach der genannten Zeit noch einmal.',
  'Hub is stopping': 'Der Hub hält an',
  'The hub is draining and takes nothing new.': 'Der Hub arbeitet zu Ende und nimmt nichts Neues an.',
  'Send it again in a few seconds; nothing was stored.':
    'Versuchen Sie es in einigen Sekunden noch einmal; nichts wurde gespeichert.',
  'Outcome not known': 'Ausgang nicht bekannt',
  'The database did not say whether the input was stored.':
    'Die Datenbank hat nicht gesagt, ob die Eingabe gespeichert wurde.',
  'Send the same input again: if it was stored, the answer says so, and nothing is doubled.':
    'Senden Sie dasselbe noch einmal: Wurde es gespeichert, sagt es die Antwort, und nichts geschieht doppelt.',
  'Idempotency-Key required': 'Idempotency-Key nötig',
  'The request has effects and carries no Idempotency-Key.':
    'Die Anfrage bewirkt etwas und trägt keinen Idempotency-Key.',
  'Send a header Idempotency-Key with a value of your own, and the same one when you repeat the request.':
    'Senden Sie einen Kopf Idempotency-Key mit einem eigenen Wert, und denselben, wenn Sie die Anfrage wiederholen.',
  'Idempotency-Key of another request': 'Idempotency-Key einer anderen Anfrage',
  'The key was used for another request.': 'Der Schlüssel wurde für eine andere Anfrage verwendet.',
  'Use a new key for a new request.': 'Verwenden Sie für eine neue Anfrage einen neuen Schlüssel.',
  'First request still running': 'Die erste Anfrage läuft noch',
  'The first request with this key is still running.': 'Die erste Anfrage mit diesem Schlüssel läuft noch.',
  'Repeat the request in a few seconds with the same key.':
    'Wiederholen Sie die Anfrage in einigen Sekunden mit demselben Schlüssel.',
  'Not possible with this job now': 'Mit diesem Auftrag jetzt nicht möglich',
  'The job is {state}: it cannot be asked to {verb}.': 'Der Auftrag ist „{state}“: „{verb}“ geht nicht.',
  'Read the job; "allowed" says what can be done with it.':
    'Lesen Sie den Auftrag; dort steht, was mit ihm möglich ist.',
  'Method not allowed': 'Methode nicht erlaubt',
  '{method} is not offered here; {allowed} is.': '{method} gibt es hier nicht, sondern {allowed}.',
  'Use the method named in Allow.': 'Verwenden Sie die in Allow genannte Methode.',
  'No such representation': 'Keine solche Darstellung',
  'The answer has the media type {offered}, which Accept rules out.':
    'Die Antwort hat den Typ {offered}, den Accept ausschließt.',
  'Ask for the media type that is offered, or leave the header Accept out.':
    'Fragen Sie nach dem angebotenen Typ, oder lassen Sie den Kopf Accept weg.',
  'Not found': 'Nicht gefunden',
  'There is no {what} here.': 'Das gibt es hier nicht: {what}.',
  'Check the identifier; objects of other tenants are not shown.':
    'Prüfen Sie die Kennung; Objekte anderer Mandanten werden nicht gezeigt.',
  'Target cannot do this': 'Das Ziel kann das nicht',
  'The connector {connector} has no operation for {command}.': 'Der Konnektor {connector} kann „{command}“ nicht.',
  'Route the command to a connection whose connector offers it.':
    'Leiten Sie den Befehl zu einer Verbindung, deren Konnektor ihn anbietet.',
  'No such parameter': 'Kein solcher Parameter',
  'There is no query parameter {parameters} here; known are {known}.':
    'Einen Parameter {parameters} gibt es hier nicht; bekannt sind {known}.',
  'Correct or leave out the parameter: one that is not understood would change the answer silently.':
    'Berichtigen Sie den Parameter oder lassen Sie ihn weg: Ein nicht verstandener würde die Antwort unbemerkt ändern.',
  'Quota exceeded': 'Kontingent erschöpft',
  'The quota {policy} is used up for {seconds} seconds.':
    'Das Kontingent {policy} ist für {seconds} Sekunden erschöpft.',
  'Wait for the time in Retry-After; ask for a higher quota if this happens in normal use.':
    'Warten Sie die genannte Zeit; bitten Sie um ein höheres Kontingent, wenn das im üblichen Betrieb geschieht.',
  'Too many quotas': 'Zu viele Kontingente',
  'There are as many quotas of single clients as there may be: {most}.':
    'Es gibt so viele Kontingente einzelner Clients, wie es geben darf: {most}.',
  'Remove those of clients that are gone, or change what everybody has with INTERLINE_CLIENT_REQUESTS_PER_SECOND.':
    'Entfernen Sie die von Clients, die es nicht mehr gibt, oder ändern Sie mit INTERLINE_CLIENT_REQUESTS_PER_SECOND, was alle haben.',
  'Request not valid': 'Anfrage nicht gültig',
  'Not valid: {first}': 'Nicht gültig: {first}',
  '{count} violations; the first: {first}': '{count} Verstöße; der erste: {first}',
  'Correct the members named in errors.': 'Berichtigen Sie die genannten Angaben.',
  'Of the whole hub': 'Vom ganzen Hub',
  'This is of the whole hub, and is shown to the tenant that runs it.':
    'Das betrifft den ganzen Hub und wird dem Mandanten gezeigt, der ihn betreibt.',
  'Ask whoever runs the hub. What is of your own company is in /v1/overview and /v1/checks.':
    'Fragen Sie, wer den Hub betreibt. Was Ihr eigenes Unternehmen betrifft, steht im Überblick.',
  'Not offered to partners': 'Partnern nicht angeboten',
  'Clients of partners may not call this.': 'Partner dürfen das nicht aufrufen.',
  'Ask with a client or key of the company itself; the guide to HTTP lists what partners may call.':
    'Fragen Sie mit einem Client oder Schlüssel des Unternehmens selbst; die Anleitung zu HTTP sagt, was Partner aufrufen dürfen.',
  'Mark in place of a personal value': 'Platzhalter statt eines persönlichen Werts',
  'The body holds *** where a name, a street, another personal value or a free text belongs.':
    'Der Inhalt enthält *** statt eines Namens, einer Straße, eines anderen persönlichen Werts oder freien Texts.',
  'You are shown marks because you have no personal:read. Leave these members out, or write as somebody who has it.':
    'Sie sehen Platzhalter, weil Ihnen personal:read fehlt. Lassen Sie diese Angaben weg, oder schreiben Sie als jemand, der es hat.',
  'Row of another tenant': 'Zeile eines anderen Mandanten',
  'The database refused to write a row that is not of the tenant that asked.':
    'Die Datenbank hat abgelehnt, eine Zeile zu schreiben, die nicht vom fragenden Mandanten ist.',
  'Nothing was written. The hub asked for what it should not have asked for: report it with the trace id.':
    'Nichts wurde geschrieben. Der Hub hat verlangt, was er nicht verlangen durfte: Melden Sie es mit der Nummer der Spur.',
  'Key lacks a scope': 'Dem Schlüssel fehlt ein Recht',
  'The key does not have the scope {scope}.': 'Das Recht {scope} fehlt.',
  'Create a key with that scope, or use one that has it.':
    'Legen Sie einen Schlüssel mit diesem Recht an, oder verwenden Sie einen, der es hat.',
  'Not an HTTP request': 'Keine HTTP-Anfrage',
  'The request cannot be read: {problem}.': 'Die Anfrage lässt sich nicht lesen: {problem}.',
  'Compare the request with HTTP/1.1; a proxy between may have changed it.':
    'Vergleichen Sie die Anfrage mit HTTP/1.1; ein Proxy dazwischen kann sie verändert haben.',
  'Request came too slowly': 'Anfrage kam zu langsam',
  'The request did not arrive whole within its time ({seconds} s, then a kilobyte a second).':
    'Die Anfrage kam in ihrer Zeit nicht ganz an ({seconds} s, dann ein Kilobyte je Sekunde).',
  'Send it again over a better link; nothing was stored.':
    'Senden Sie sie über eine bessere Leitung noch einmal; nichts wurde gespeichert.',
  'Signature does not fit': 'Signatur passt nicht',
  'The signature was not accepted: {problem}.': 'Die Signatur wurde nicht angenommen: {problem}.',
  'Compare the secret of the connection with that of the sender; check that nothing between them changes the body.':
    'Vergleichen Sie das Geheimnis der Verbindung mit dem des Senders; prüfen Sie, dass nichts dazwischen den Inhalt ändert.',
  'No room for one more stream': 'Kein Platz für einen weiteren Strom',
  'This instance serves as many live streams as it may, or is about to stop.':
    'Diese Instanz bedient so viele laufende Ströme, wie sie darf, oder hält gerade an.',
  'Come back after the time in Retry-After with the same Last-Event-ID; nothing is lost meanwhile.':
    'Kommen Sie nach der genannten Zeit mit derselben Last-Event-ID wieder; bis dahin geht nichts verloren.',
  'Condition not readable': 'Bedingung nicht lesbar',
  'The condition of the alert rule cannot be used: {problem}.':
    'Die Bedingung der Alarmregel ist nicht verwendbar: {problem}.',
  'Write it in CEL over value, asked, share and state, such as value > 10 or state == "red", so that it gives true or false.':
    'Schreiben Sie sie in CEL über value, asked, share und state, etwa value > 10 oder state == "red", sodass sie wahr oder falsch ergibt.',
  'Too many alert rules': 'Zu viele Alarmregeln',
  'There are as many alert rules as there may be: 200.': 'Es gibt so viele Alarmregeln, wie es geben darf: 200.',
  'Remove rules that nobody needs.': 'Entfernen Sie Regeln, die niemand braucht.',
  'URL too long': 'Adresse zu lang',
  'The URL or a part of it is longer than {charactersMax} characters.':
    'Die Adresse oder ein Teil davon ist länger als {charactersMax} Zeichen.',
  'Shorten identifiers and filters.': 'Kürzen Sie Kennungen und Filter.',
  'If-Match required': 'If-Match nötig',
  'The request changes a resource without saying which version it saw.':
    'Die Anfrage ändert etwas, ohne zu sagen, welche Fassung sie gesehen hat.',
  'Send the ETag that you read in If-Match.': 'Senden Sie den gelesenen ETag in If-Match.',
  'Changed meanwhile': 'Inzwischen geändert',
  'The current version is {version}.': 'Die jetzige Fassung ist {version}.',
  'Read the resource again, decide again, and send its new ETag in If-Match.':
    'Laden Sie neu, entscheiden Sie noch einmal, und senden Sie es dann.',
  'Too many views': 'Zu viele Ansichten',
  'Nobody keeps more than {most} views.': 'Niemand behält mehr als {most} Ansichten.',
  'Give up one that is not used any more.': 'Geben Sie eine auf, die nicht mehr gebraucht wird.',
  'Webhook registered before': 'Webhook schon angemeldet',
  '{connection} was told to call {url} longer ago than postings are kept.':
    '{connection} wurde vor längerer Zeit, als Buchungen aufbewahrt werden, gesagt, {url} aufzurufen.',
  'Look at the list of webhooks at the carrier; to have it told once more, name another URL.':
    'Sehen Sie beim Frachtführer die Liste der Webhooks an; soll es noch einmal gesagt werden, nennen Sie eine andere Adresse.',
}
