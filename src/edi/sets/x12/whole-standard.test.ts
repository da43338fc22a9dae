import { expect, test } from 'vitest'
import { readSets, x12File } from '../../../../test/edi/sets.ts'

function problems(version: string, lines: string): readonly string[] {
  const [read] = readSets(x12File(version, lines))
  return (read?.report.verdicts ?? [])
    .filter(({ level }) => level === 2)
    .map(({ code, segmentTag }) => `${code} ${segmentTag}`)
}

/** What the standard allows and partners use, set by set; none of it may be refused. */
test.each([
  [
    '990 with what the carrier asks for, and why he declines',
    '004010',
    `
    ST*990*0001
    B1*MRDN*80004711*20260302*D
    N9*CN*55120
    L9*400*1450
    L9*FUE*210.5
    V9*CLD****RENO*NV**A31
    K1*NO TRACTOR BEFORE THURSDAY
    S5*1*LD
    G62*69*20260305*U*0800*PT
    K1*DOCK 4 ONLY`,
  ],
  [
    '990 with the references of 005010',
    '005010',
    `
    ST*990*0001
    B1*MRDN*80004711*20260302*A
    L11*55120*CN`,
  ],
  [
    '210 with the references and orders of 005010',
    '005010',
    `
    ST*210*0001
    B3**INV-7*80004711*PP**20260302*125000****MRDN
    C3*USD
    L11*BOL-9*BM
    N1*BT*HARBOR GOODS
    L11*4711*CR
    OID*80004711*PO-9*LINE 1*EA*12
    LX*1
    L11*55120*CN
    L5*1*MUGS
    L0*1***410*G***3*CTN**L
    L1*1*125000*FR*125000
    OID*80004711*PO-9
    L3*410*G***125000`,
  ],
  [
    '210 with what was done with each carton',
    '004010',
    `
    ST*210*0001
    B3**INV-7*80004711*PP**20260302*125000****MRDN
    LX*1
    L1*1*125000*FR*125000
    N1*CN*HARBOR GOODS
    CD3*G*12
    N9*BM*BOL-9
    H6*LG
    L9*LFT*25
    SPO*PO-9`,
  ],
  [
    '945 with more cartons in a group than ten, dates before quantities and no group at all',
    '004010',
    `
    ST*945*0001
    W06*N*80004711*20260302*SHP-1
    N1*WH*NORTH DEPOT*92*DEPOT-N
    W27*M*MRDN
    LX*1
    ${Array.from({ length: 12 }, (_, index) => `MAN*CP*1Z${index}`).join('\n')}
    W12*CC*12*12*0*EA**SK*MUG-BLUE
    N9*LT*L-77
    G62*36*20271231
    QTY*39*12*EA
    MEA*CT*SQ*12*EA
    R4*L*CI*RENO
    N1*MF*THE POTTERY
    LS*LX
    LX*1
    N9*SE*S-1
    LE*LX
    W03*12`,
  ],
  [
    '945 of a delivery of which only the charges are told',
    '004010',
    `
    ST*945*0001
    W06*N*80004711*20260302*SHP-1
    N1*WH*NORTH DEPOT*92*DEPOT-N
    W27*M*MRDN
    G72*504*ZZ******75`,
  ],
  [
    '940 with notes before packing, places and serial numbers',
    '004010',
    `
    ST*940*0001
    W05*N*80004711*PO-9
    N1*WH*NORTH DEPOT*92*DEPOT-N
    LX*1
    N1*Z7*STORE 9*92*0009
    G62*10*20260303
    W01*12*EA**SK*MUG-BLUE
    G69*BLUE MUG
    N9*LI*1
    NTE*WHI*KEEP UPRIGHT
    W20*4*1*EA
    W20*12*1*EA
    QTY*01*12*EA
    N1*MF*THE POTTERY
    LS*LX
    LX*1
    N9*SE*S-1
    LE*LX
    W76*12`,
  ],
  [
    '850 of 005010 with paragraphs where 004010 had messages',
    '005010',
    `
    ST*850*0001
    BEG*00*SA*PO-9**20260302
    N9*ZZ*TERMS
    MTX**ALL GOODS ARE TAKEN UNDER OUR TERMS
    N1*ST*HARBOR GOODS*92*0009
    PO1*1*12*EA*4.5**SK*MUG-BLUE
    N9*ZZ*LABEL
    MTX**PRICE TICKET ON EACH`,
  ],
  [
    '850 with amounts in its heading, and messages and carriers on its lines',
    '004010',
    `
    ST*850*0001
    BEG*00*SA*PO-9**20260302
    TC2*A*9404
    LDT*AF*5*DA
    AMT*TT*54
    REF*CT*C-1
    N1*ST*HARBOR GOODS*92*0009
    PO1*1*12*EA*4.5**SK*MUG-BLUE
    CTP**RES*9.99
    TD5**2*MRDN
    MAN*UC*00001
    MSG*PRICE TICKET ON EACH
    CTB*OR
    QTY*38*12*EA
    SCH*12*EA***010*20260309
    N1*BY*STORE 9*92*0009
    QTY*38*12*EA
    SLN*1**I*12*EA*4.5
    CTP**RES*9.99
    N9*ZZ*LABEL
    MSG*BLUE LABEL
    AMT*1*54
    CTT*1`,
  ],
  [
    '855 with the carrier of a line before its answer',
    '004010',
    `
    ST*855*0001
    BAK*00*AC*PO-9*20260302
    N1*ST*HARBOR GOODS*92*0009
    MSG*DOCK 4
    PO1*1*12*EA*4.5**SK*MUG-BLUE
    DTM*067*20260309
    TD5**2*MRDN
    ACK*IA*12*EA*067*20260309
    SLN*1**I*12*EA
    ACK*IA*12*EA
    CTT*1`,
  ],
  [
    '856 with dangerous goods, loads and hazard contacts',
    '004010',
    `
    ST*856*0001
    BSN*00*SHP-1*20260302*0815
    HL*1**S
    TD1*CTN25*3
    LH1*EA*3*UN1950
    LH2*2.1
    LH3*AEROSOLS*D
    LHR*04
    CLD*3*4*CTN25*4
    REF*LS*S-1
    MAN*GM*00106141410000000011
    YNQ**Y
    HL*2*1*I
    LIN*1*SK*SPRAY
    SN1*1*12*EA
    ETD*ZZ*AE
    GF***C-1
    CTT*2`,
  ],
  [
    '810 with where it went, and answers to questions',
    '004010',
    `
    ST*810*0001
    BIG*20260302*INV-9*20260220*PO-9
    YNQ**Y
    N1*ST*HARBOR GOODS*92*0009
    BAL*M*PB*100
    N9*ZZ*ONE
    MSG*FIRST
    N9*ZZ*TWO
    MSG*SECOND
    V1**EVER BRIGHT
    R4*L*UN*NLRTM
    FA1*DF
    FA2*18*900
    IT1*1*12*EA*4.5**SK*MUG-BLUE
    CRC*ZZ*Y*AA
    SLN*1**I*12*EA
    TC2*A*9404
    TDS*5400`,
  ],
  [
    '861 with parts of a line after its references',
    '004010',
    `
    ST*861*0001
    BRA*RCV-31*20260311*00*1*0930
    DTM*050*20260311
    MEA*WT*G*120*LB
    RCD*1*12*EA
    LIN*1*SK*MUG-BLUE
    PID*F****BLUE MUG
    REF*LT*L-77
    MAN*GM*00106141410000000011
    SLN*1**I*12*EA
    PID*F****HANDLE
    CTT*1`,
  ],
  [
    '180 with codes, amounts and units by their numbers',
    '004010',
    `
    ST*180*0001
    BGN*13*RET-9*20260302
    PKG*F****BOX
    NTE*GEN*CALL FIRST
    N1*SF*STORE 9*92*0009
    LM*ZZ
    LQ*RET*A
    BLI*SK*MUG-BLUE*2*EA
    PID*F****BLUE MUG
    AMT*1*9
    NTE*GEN*HANDLE BROKEN
    PRF*PO-9
    DTM*011*20260220
    N1*ST*NORTH DEPOT*92*DEPOT-N
    QTY*76*2*EA
    AMT*1*9
    LX*1
    N9*SE*S-1
    FA1*DF
    FA2*18*900`,
  ],
  [
    '214 of 005010 with references before statuses, and parties and orders after them',
    '005010',
    `
    ST*214*0001
    B10*55120*80004711*MRDN
    MS3*MRDN*B
    LX*1
    L11*BOL-9*BM
    AT8*G*L*410*3
    AT7*X1*NS***20260302*0815*ET
    MS1*RENO*NV*US
    MS2*MRDN*4711
    N1*CN*HARBOR GOODS
    G62*86*20260302
    OID**PO-9`,
  ],
  [
    '204 with dates of an order, and 211 with three contacts',
    '004010',
    `
    ST*204*0001
    B2**MRDN**80004711**PP
    B2A*00
    S5*1*LD
    OID*80004711*PO-9
    G62*10*20260303
    G62*38*20260304
    S5*2*UL`,
  ],
])('%s', (_, version, lines) => {
  expect(problems(version, lines)).toEqual([])
})
