import { architecturePlants } from './architecture-plants.ts'
import { compilerPlants } from './compiler-plants.ts'
import type { Plant } from './plant.ts'
import { tidyPlants } from './tidy-plants.ts'

/** Every guard of the house has at least one. */
export const plants: readonly Plant[] = [...compilerPlants, ...architecturePlants, ...tidyPlants]
