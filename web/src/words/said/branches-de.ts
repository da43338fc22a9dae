/** Parts of processes, and why something cannot be wanted of one by hand, in German, by what the hub says in English. */
export const germanBranches: Readonly<Record<string, string>> = {
  'The load.': 'Die Ladung.',
  'The claim.': 'Die Reklamation.',
  'The objection to an invoice, by carrier and number.':
    'Der Einspruch gegen eine Rechnung, nach Frachtführer und Nummer.',
  'Money that is put aside for a carrier of the delivery, by the code of the carrier.':
    'Geld, das für einen Frachtführer der Lieferung zurückgestellt ist, nach dessen Code.',
  'An invoice, by carrier and number.': 'Eine Rechnung, nach Frachtführer und Nummer.',
  'An invoice that its carrier told anew after it was approved, by carrier and number.':
    'Eine Rechnung, die ihr Frachtführer nach der Freigabe neu gemeldet hat, nach Frachtführer und Nummer.',
  'An invoice over several loads, by carrier and number. It is followed under its own number; each load by itself.':
    'Eine Rechnung über mehrere Ladungen, nach Frachtführer und Nummer. Sie wird unter ihrer Nummer verfolgt; jede Ladung für sich.',
  'The order as a whole.': 'Der Auftrag als Ganzes.',
  'A line that stock cannot serve in full, by its number. It waits in the queue of the item.':
    'Eine Position, die der Bestand nicht ganz bedienen kann, nach ihrer Nummer. Sie wartet in der Schlange des Artikels.',
  'A delivery of the order, by its number: what the warehouse does with it.':
    'Eine Lieferung des Auftrags, nach ihrer Nummer: was das Lager mit ihr tut.',
  'A delivery of which the warehouse did not find everything, by its number.':
    'Eine Lieferung, von der das Lager nicht alles fand, nach ihrer Nummer.',
  'The transport of a delivery, by its number, where the hub arranges it (`transportBy: hub`): a carrier is chosen, booked or offered the load, told to come, and taken back where the delivery is withdrawn.':
    'Der Transport einer Lieferung, nach ihrer Nummer, wo der Hub ihn regelt (`transportBy: hub`): Ein Frachtführer wird gewählt, gebucht oder bekommt die Ladung angeboten, wird bestellt und wieder abbestellt, wo die Lieferung zurückgezogen wird.',
  'The order and the supplier’s answer to it.': 'Die Bestellung und die Antwort des Lieferanten darauf.',
  'A ship notice, by its number.': 'Ein Avis, nach seiner Nummer.',
  'A goods receipt, by its number.': 'Ein Wareneingang, nach seiner Nummer.',
  'Goods that a person attached to the order, by the number of their receipt.':
    'Ware, die jemand der Bestellung zugeordnet hat, nach der Nummer ihres Wareneingangs.',
  'The return.': 'Die Retoure.',
  'Units in the same state, by the key of what was found.': 'Stücke im selben Zustand, nach dem Schlüssel des Befunds.',
  'Money before the inspection, where that was promised.': 'Geld vor der Prüfung, wo das zugesagt war.',
  'The invoice.': 'Die Rechnung.',
  'A package that is billed by itself, where the policy says so.':
    'Ein Packstück, das für sich berechnet wird, wo die Regel es sagt.',
  'Asking the carrier for the proof.': 'Die Bitte an den Frachtführer um den Beleg.',
  'it goes by the newest version already': 'er folgt schon der neuesten Fassung',
  'nobody has written how version {missing} becomes {missing2}':
    'niemand hat beschrieben, wie aus Fassung {missing} Fassung {missing2} wird',
  'it is over': 'er ist zu Ende',
  'nothing can be skipped there': 'dort kann nichts übersprungen werden',
  'possible is {skips}': 'möglich ist {skips}',
  'no state': 'keinem Zustand',
  '{branch} is in no state, and nothing can be skipped there':
    '{branch} ist in keinem Zustand, und dort kann nichts übersprungen werden',
  '{branch} is in no state, and possible is {skips}': '{branch} ist in keinem Zustand, und möglich ist {skips}',
  '{branch} is in {state}, and nothing can be skipped there':
    '{branch} ist in „{state}“, und dort kann nichts übersprungen werden',
  '{branch} is in {state}, and possible is {skips}': '{branch} ist in „{state}“, und möglich ist {skips}',
}
