/** X12 004010 segments of 997; 999 came with 005010. */
export const acknowledgementSegments = `
  AK1 479! 28!
  AK2 143! 329!
  AK3 721! 719! 447 720
  AK4 C030! 725 723! 724
  AK5 717! 718 718 718 718 718
  AK9 715! 97! 123! 2! 716 716 716 716 716
`

/** Composites: a unit of measurement, a reference, and where in a segment something is wrong. */
export const composites004010 = `
  C001 355! 1018 649 355 1018 649 355 1018 649 355 1018 649 355 1018 649
  C030 722! 1528
  C040 128! 127! 128 127 128 127 | P0304 P0506
`
