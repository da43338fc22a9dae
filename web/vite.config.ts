import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    // Only the map is as large, and it is fetched with its page; what comes first is held to its limit by a test.
    chunkSizeWarningLimit: 1500,
  },
})
