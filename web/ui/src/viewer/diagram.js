import Viewer from 'bpmn-js/lib/Viewer';
import MoveCanvasModule from 'diagram-js/lib/navigation/movecanvas';

import bangiao from '../bangiao.moddle.json';
import { PAINT, PaintModule, typefaceReady } from '../drawing.js';
import { withDrawing } from '../missing_drawing.js';
import { el, languageOf } from '../page.js';
import { translateModule } from '../words.js';
import { markStates, readStates } from './states.js';
import { fitDrawing, zoomButtons } from './fit.js';
import { panByTouch } from './touch.js';

const WORDS = {
  vi: { text: 'Các bước bằng chữ', failed: 'Chưa vẽ được sơ đồ; các bước bằng chữ ở dưới.', box: 'Sơ đồ quy trình' },
  en: { text: 'The steps in words', failed: 'The drawing cannot be shown; the steps in words follow.', box: 'Process drawing' }
};

/**
 * Draw what `data-xml-url` gives and mark the states. What stands in `host` before is its text version:
 * it stays, folded, and is all there is when drawing fails.
 */
export async function wakeDiagram(host) {
  host.dataset.awake = '';
  const lang = languageOf(host);
  const words = WORDS[lang];
  const text = [ ...host.childNodes ];
  const canvas = el('div', { class: 'dg-canvas', role: 'group', 'aria-label': host.getAttribute('aria-label') || words.box });
  const frame = el('div', { class: 'dg-frame' }, canvas);
  host.removeAttribute('aria-label');       // the box has it now: a plain <div> may not be named
  host.classList.add('dg');
  host.prepend(frame);

  const viewer = new Viewer({
    container: canvas, ...PAINT, moddleExtensions: { bangiao },
    additionalModules: [ MoveCanvasModule, PaintModule, translateModule(lang) ]
  });
  try {
    const [ xml ] = await Promise.all([ fetchDrawing(host.dataset.xmlUrl), typefaceReady() ]);
    await viewer.importXML(await withDrawing(xml));
  } catch (error) {
    frame.replaceChildren(el('p', { class: 'dg-failed', role: 'status' }, words.failed));
    console.error(error);
    return;
  }
  const states = readStates(host);
  host.append(...markStates(viewer, states, lang));
  if (text.some(node => node.textContent.trim())) {
    host.append(el('details', { class: 'dg-text' }, el('summary', {}, words.text), ...text));
  }
  fitDrawing(viewer, states);
  frame.append(zoomButtons(viewer, states, lang));
  panByTouch(viewer, canvas);
  tellClicks(viewer, host);
  host.dispatchEvent(new CustomEvent('bangiao:drawn', { bubbles: true }));
}

async function fetchDrawing(url) {
  const answer = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

/** A click on an element becomes `bangiao:element` on the island: `{id, type, name}`. */
function tellClicks(viewer, host) {
  viewer.on('element.click', ({ element }) => {
    const target = element.labelTarget || element;
    if (!target.parent) return;
    const { id, $type: type, name = '' } = target.businessObject;
    host.dispatchEvent(new CustomEvent('bangiao:element', { bubbles: true, detail: { id, type, name } }));
  });
}
