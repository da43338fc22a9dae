import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 214, shipment status of a motor carrier: milestones, appointments, exceptions, proof of delivery. */
export const x214: SetTable = {
  identifier: '214',
  functionalIdentifier: 'QM',
  about: 'A carrier tells what happened to a shipment.',
  versions: x12Versions,
  table: `
    B10 M 1
    L11 O 300
    MAN O 9999
    K1 O 10
    [0100] O 10
      N1 O 1
      N2 O 1
      N3 O 2
      N4 O 1
      G61 O 1
      G62 O 1
      L11 O 10
    [0150] O 12
      MS3 O 1
    [0200] O 999999
      LX O 1
      L11 O 999999 >=005010
      MAN O 999999 >=005010
      Q7 O 10 >=005010
      K1 O 10 >=005010
      AT5 O 10 >=005010
      AT8 O 10 >=005010
      [0205] O 10
        AT7 O 1
        MS1 O 1
        MS2 O 1 <005010
        MS2 O 2 >=005010
        K1 O 1 >=005010
        M7 O 1 >=005010
      [0206] O 10 >=005010
        N1 O 1
        N2 O 1
        N3 O 2
        N4 O 1
        G62 O 1
        L11 O 10
      [0207] O 999999 >=005010
        OID O 1
        SDQ O 10
      L11 O 10
      MAN O 9999
      Q7 O 10
      K1 O 10
      AT5 O 10
      AT8 O 10
      [0210] O 999999
        CD3 O 1
        L11 O 20
        [0215] O 10
          AT7 O 1
          MS1 O 1
          MS2 O 1
        NM1 O 1
        Q7 O 10
        AT8 O 10
        MAN O 9999
        [0220] O 10
          N1 O 1
          N2 O 1
          N3 O 2
          N4 O 1
          L11 O 10
      [0230] O 999999
        PRF O 1
        [0231] O 10
          N1 O 1
          N2 O 1
          N3 O 2
          N4 O 1
          L11 O 10
        [0233] O 999999
          CD3 O 1
          L11 O 20
          [0240] O 10
            AT7 O 1
            MS1 O 1
            MS2 O 1
            MAN O 9999
      [0250] O 999999
        SPO O 1
        SDQ O 10
      [0260] O 999999
        EFI O 1
        BIN O 1
  `,
}
