import { defineErrors } from './row.ts'

/** What can be wrong with the files that declare partners and connections. Each problem names file and line beside its message. */
export const manifestErrors = defineErrors({
  MANIFEST_CERTIFICATE_EXPIRED: {
    title: 'Certificate expired',
    message: ({ certificate, day }) => `${certificate} expired on ${day}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Ask its owner for the new certificate, put its file beside the manifest, and take the old one out.',
  },
  MANIFEST_CERTIFICATE_INVALID: {
    title: 'Certificate or key not usable',
    message: ({ problem }) => `${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Compare the file with what its owner sent; a key and its certificate must belong together.',
  },
  MANIFEST_DUPLICATE: {
    title: 'Declared twice',
    message: ({ what, first }) => `${what} is declared already, in ${first}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Keep one of the two declarations, or give one of them another name.',
  },
  MANIFEST_FILE_MISSING: {
    title: 'File of a manifest not found',
    message: ({ file }) => `There is no file ${file}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Put certificates and samples beside the manifest, and private keys into the secrets directory of the hub.',
  },
  MANIFEST_FOLDER_UNREADABLE: {
    title: 'Folder of manifests not readable',
    message: ({ path, problem }) => `${path} cannot be read: ${problem}.`,
    flow: 'refuse',
    status: 400,
    hint: 'Name the folder that holds the manifests, such as network/.',
  },
  MANIFEST_KEY_MISSING: {
    title: 'Something is missing in a manifest',
    message: ({ key, what }) => `${key} is missing: ${what}`,
    flow: 'refuse',
    status: 422,
    hint: 'Add it; the page of manifests lists every key with an example.',
  },
  MANIFEST_KEY_UNKNOWN: {
    title: 'Key of a manifest not known',
    message: ({ key, known }) => `There is no ${key} here; known are ${known}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the spelling, or remove the line: what is not understood is never ignored.',
  },
  MANIFEST_OVERLAY_INVALID: {
    title: 'Overlay not usable',
    message: ({ problem }) => `${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Compare the overlay with the grammar of its set; two overlays of one level must not contradict each other.',
  },
  MANIFEST_REFERENCE_UNKNOWN: {
    title: 'Manifest refers to nothing',
    message: ({ what, name, known }) => `There is no ${what} ${name}; known are ${known}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the name, or declare what it refers to in the same network.',
  },
  MANIFEST_SAMPLE_FAILED: {
    title: 'Sample does not give the expected verdicts',
    message: ({ sample, problem }) => `${sample}: ${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the overlay, or the list of verdicts if the sample was judged rightly; interline edi explain shows the sample.',
  },
  MANIFEST_SECRET_MISSING: {
    title: 'Secret not found',
    message: ({ reference }) => `The hub has no ${reference}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Set the variable INTERLINE_SECRET_ with that name, or put the file into the secrets directory, on every instance; then apply again.',
  },
  MANIFEST_SECRET_SHOWN: {
    title: 'Secret stands in a manifest',
    message: ({ key }) =>
      `${key} must refer to a secret, as {env: NAME} or {file: name}; its value must not stand here.`,
    flow: 'refuse',
    status: 422,
    hint: 'Put the value where the hub finds it, refer to it, and exchange the secret: whoever sees the file knows it.',
  },
  MANIFEST_SHOPS_ALIKE: {
    title: 'Two shops with the same numbers',
    message: ({ shop, other, orderPrefix }) =>
      `Orders of ${shop} and ${other} have the same numbers in the hub: both begin with ${orderPrefix === '' ? 'no prefix' : orderPrefix}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Give the newer shop an orderPrefix of its own before its first order; where the two never use the same number, say ownOrderNumbers: true.',
  },
  MANIFEST_TOO_LARGE: {
    title: 'Network declaration too large',
    message: ({ what, most }) => `${what}; at most ${most} are possible.`,
    flow: 'refuse',
    status: 422,
    hint: 'Leave out what no manifest refers to, or apply the network in several parts with --source.',
  },
  MANIFEST_UNREADABLE: {
    title: 'Manifest is neither YAML nor JSON',
    message: ({ problem }) => `The file cannot be read: ${problem}.`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the line; aliases, tags and keys that come twice are not allowed.',
  },
  MANIFEST_VALUE_INVALID: {
    title: 'Value of a manifest does not fit',
    message: ({ key, problem }) => `${key}: ${problem}`,
    flow: 'refuse',
    status: 422,
    hint: 'Correct the value; the page of manifests says what each key takes.',
  },
})
