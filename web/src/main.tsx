import '@mantine/core/styles.css'
import './tower.css'
import { createRoot } from 'react-dom/client'
import { Tower } from './tower.tsx'
import { learnCodes } from './words/spoken-codes.ts'
import { language } from './words/words.ts'

document.documentElement.lang = language()
const place = document.getElementById('tower')
if (place === null) throw new Error('the page has no place for the tower')
const root = createRoot(place)
const draw = (): void => root.render(<Tower />)
// Without them the page still works, with codes in English.
learnCodes(language()).then(draw, draw)
