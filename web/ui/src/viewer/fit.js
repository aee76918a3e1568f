// The drawing in its box: whole, unless work stands in it and its words could not be read; then large, where it stands.
import { showWhole } from '../fit_whole.js';
import { el } from '../page.js';

const WHOLE_FROM = 0.75;    // below this scale a label of 12 px is a strain to read
const READABLE = 0.95;
const STEP = 1.25;
const BORDER_PX = 56;       // above for the badges, below for the zoom buttons
const LOWEST_PX = 200;
const WORDS = {
  vi: { group: 'Cỡ sơ đồ', closer: 'Phóng to', farther: 'Thu nhỏ', whole: 'Toàn sơ đồ' },
  en: { group: 'Size of the drawing', closer: 'Zoom in', farther: 'Zoom out', whole: 'Whole drawing' }
};

export function fitDrawing(viewer, states) {
  const canvas = viewer.get('canvas');
  lowerBox(canvas);
  const registry = viewer.get('elementRegistry');
  const here = [ ...states.incident, ...states.active ].map(id => registry.get(id)).find(Boolean);
  if (showWhole(canvas) >= WHOLE_FROM || !here) return;
  canvas.zoom(READABLE, { x: 0, y: 0 });
  centreOn(canvas, here);
}

/** A flat drawing gets a low box: the style sheet's height is the most it takes. */
function lowerBox(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.max(Math.min(outer.width / inner.width, 1), WHOLE_FROM);
  const needed = Math.max(inner.height * scale + 2 * BORDER_PX, LOWEST_PX);
  if (needed < outer.height) canvas.getContainer().parentElement.style.height = `${Math.round(needed)}px`;
  canvas.resized();
}

/** Move so that `element` stands in the middle, without showing more void beside the drawing than needed. */
export function centreOn(canvas, element) {
  const { inner, width, height } = canvas.viewbox();
  const within = (wanted, low, high) => low > high ? (low + high) / 2 : Math.min(Math.max(wanted, low), high);
  const pad = 24;
  canvas.viewbox({
    x: within(element.x + element.width / 2 - width / 2, inner.x - pad, inner.x + inner.width - width + pad),
    y: within(element.y + element.height / 2 - height / 2, inner.y - pad, inner.y + inner.height - height + pad),
    width, height
  });
}

export function zoomButtons(viewer, states, lang) {
  const canvas = viewer.get('canvas');
  const words = WORDS[lang];
  const button = (label, sign, act) =>
    el('button', { class: 'dg-zoom-b', type: 'button', 'aria-label': label, title: label, onclick: act }, sign);
  return el('div', { class: 'dg-zoom', role: 'group', 'aria-label': words.group },
    button(words.farther, '−', () => canvas.zoom(canvas.zoom() / STEP)),
    button(words.closer, '+', () => canvas.zoom(canvas.zoom() * STEP)),
    el('button', { class: 'dg-zoom-b', type: 'button', onclick: () => showWhole(canvas) }, words.whole));
}
