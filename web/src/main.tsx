import '@mantine/core/styles.css'
import './tower.css'
import { createRoot } from 'react-dom/client'
import { Tower } from './tower.tsx'
import { language } from './words/words.ts'

document.documentElement.lang = language()
const place = document.getElementById('tower')
if (place === null) throw new Error('the page has no place for the tower')
createRoot(place).render(<Tower />)
