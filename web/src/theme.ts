import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Modal } from '@mantine/core'
import { say } from './words/words.ts'

const harbor: MantineColorsTuple = [
  ...(['#eef7fb', '#dcecf3', '#b5d8e7', '#8ac3da', '#67b1d0', '#51a6ca'] as const),
  ...(['#3d8fb4', '#0b6284', '#0b4f6c', '#063a51'] as const),
]

/** Colours that are read by everybody: WCAG AA on both grounds, which the component library does not promise by itself. */
export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { harbor },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  defaultRadius: 'sm',
  focusRing: 'auto',
  components: {
    // What locks the page behind a dialog adds a style sheet without our nonce, which the browser refuses.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, closeButtonProps: { 'aria-label': say('common.close') } },
    }),
  },
})

/** Names for the colours of a status, light and dark. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4b5560',
    '--mantine-color-placeholder': '#5c6670',
    '--tone-good': '#0b5d2e',
    '--tone-good-ground': '#e3f5ea',
    '--tone-warn': '#744300',
    '--tone-warn-ground': '#fdf0d9',
    '--tone-bad': '#94121c',
    '--tone-bad-ground': '#fde8e9',
    '--tone-plain': '#33404c',
    '--tone-plain-ground': '#eaeef2',
    '--tower-line': '#d5dce3',
    '--tower-ground': '#f6f8fa',
  },
  dark: {
    '--mantine-color-dimmed': '#b6bec7',
    '--mantine-color-placeholder': '#a8b1ba',
    '--tone-good': '#8fe0ad',
    '--tone-good-ground': '#0f3320',
    '--tone-warn': '#ffd28a',
    '--tone-warn-ground': '#3d2a06',
    '--tone-bad': '#ffb3b7',
    '--tone-bad-ground': '#48151a',
    '--tone-plain': '#cfd7df',
    '--tone-plain-ground': '#2e363e',
    '--tower-line': '#3d464f',
    '--tower-ground': '#1f2429',
  },
})
