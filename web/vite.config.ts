// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const serverUrl = `http://127.0.0.1:${process.env['NOOM_PORT'] ?? '3000'}`;

/** Emits theme.js, which must block the first paint and so is no module, under a hashed name. */
function themeScript(): Plugin {
  const path = '/src/theme.js';
  return {
    name: 'noom-theme-script',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', name: 'theme.js', source: readFileSync(`.${path}`, 'utf8') });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const asset = Object.values(bundle ?? {}).find(
          (file) => file.type === 'asset' && file.names.includes('theme.js'),
        );
        if (!asset) throw new Error('theme.js was not emitted');
        return html.replace(path, `/${asset.fileName}`);
      },
    },
  };
}

/** Lays a Brotli and a gzip form beside every text: the server only has to choose. */
function compressed(): Plugin {
  return {
    name: 'noom-compressed',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      const assets = join(dir, 'assets');
      for (const name of readdirSync(assets)) {
        const file = join(assets, name);
        const text = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(text));
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [themeScript(), compressed()],
  build: {
    target: 'es2022',
    // light-dark() stays as it is: parts of a page are dark in both themes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: {
      '/api': serverUrl,
      '/socket.io': { target: serverUrl, ws: true },
    },
  },
});
