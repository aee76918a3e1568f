// Bundles src/ into the folder given as first argument; run by build.py.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

import { ICONS } from './src/icons.js';

const [ outdir ] = process.argv.slice(2);

// A style attribute inside markup is refused by our content security policy;
// the same words as SVG attributes are not.
const svgStylesAsAttributes = {
  name: 'svg-styles-as-attributes',
  setup(hooks) {
    hooks.onLoad({ filter: /(Align|Distribute)ElementsIcons\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(/style="([^"]*)"/g, (_, style) =>
        style.split(';').filter(Boolean).map(rule => rule.replace(/\s*:\s*(.*)$/, '="$1"').trim()).join(' ')
      );
      return { contents, loader: 'js' };
    });
  }
};

// One format of the icon font is enough for every browser we build for.
const oneFontFormat = {
  name: 'one-font-format',
  setup(hooks) {
    hooks.onLoad({ filter: /bpmn-font[\\/]css[\\/]bpmn\.css$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const face = "@font-face { font-family: 'bpmn'; src: url('../font/bpmn.woff2') format('woff2'); }";
      return { contents: source.replace(/@font-face \{[^}]*\}/, face), loader: 'css' };
    });
  }
};

// The panel's FEEL, JSON and template editors are half a megabyte nobody opens:
// conditions are written in the product's own expression language, in plain fields.
const withoutCodeEditors = {
  name: 'without-code-editors',
  setup(hooks) {
    const filter = /^(@codemirror\/|@bpmn-io\/(feel-editor|feelers-editor|extract-process-variables)|@lezer\/)/;
    hooks.onResolve({ filter }, ({ path }) => ({ path, namespace: 'absent' }));
    const called = 'module.exports = { Annotation: { define() {} }, jsonParseLinter() {} };';   // while loading
    hooks.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: called, loader: 'js' }));
  }
};

// `Class.$inject = […]` beside a class keeps the bundler from dropping it, and with it the
// 400 kB of panel providers for other engines; said inside the class it does not.
const panelWithoutProviders = {
  name: 'panel-without-providers',
  setup(hooks) {
    hooks.onLoad({ filter: /bpmn-js-properties-panel\/dist\/index\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(
        /^(class ([\w$]+)(?: extends [\w$]+)? \{)$([\s\S]*?)^\2\.\$inject = (\[[^\]]*\]);$/gm,
        '$1 static $inject = $4;$3'
      ).replace('<div style="height: 100%" ', '<div ');      // said in modeler.css
      return { contents, loader: 'js' };
    });
  }
};

const { metafile } = await build({
  entryPoints: [
    'src/htmx.js', 'src/site.js', 'src/viewer.js', 'src/modeler.js', 'src/bootstrap.css'
  ],
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'chrome109',
  jsx: 'automatic',
  jsxImportSource: '@bpmn-io/properties-panel/preact',
  loader: { '.svg': 'text', '.woff2': 'file' },
  assetNames: '[name]',
  legalComments: 'eof',
  logLevel: 'warning',
  metafile: true,
  plugins: [ oneFontFormat, svgStylesAsAttributes, withoutCodeEditors, panelWithoutProviders ]
});

await writeFile(join(outdir, 'icons.svg'), await drawIcons());
await writeFile(join(outdir, 'LICENSES.txt'), await collectLicences(Object.keys(metafile.inputs)));
if (process.env.BANGIAO_METAFILE) {
  await writeFile(process.env.BANGIAO_METAFILE, JSON.stringify(metafile));
}

/** One SVG with a <symbol> per icon, used as `<use href="…/icons.svg#bell">`. */
async function drawIcons() {
  const symbols = await Promise.all(ICONS.map(async name => {
    const svg = await readFile(`node_modules/bootstrap-icons/icons/${name}.svg`, 'utf8');
    const paths = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 16 16">${paths}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

/** The licence of every package whose code went into the bundle. */
async function collectLicences(inputs) {
  const packages = new Set([ 'bootstrap-icons' ]);
  for (const input of inputs) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
    if (found) packages.add(found[1]);
  }
  const texts = await Promise.all([ ...packages ].sort().map(async name => {
    const folder = join('node_modules', name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : '';
    return `==== ${name} ${version} (${license})\n\n${text.trim()}\n`;
  }));
  return texts.join('\n');
}
