// The drawing beside the palette: whole when that can be read, else from its beginning.
import { showWhole } from '../fit_whole.js';

const WHOLE_FROM = 0.6;
const GAP_PX = 12;

export function showDrawing({ modeler, view }) {
  const canvas = modeler.get('canvas');
  canvas.resized();
  const left = widthOfPalette(view);
  if (showWhole(canvas, left) >= WHOLE_FROM) return;
  const { inner, outer } = canvas.viewbox();
  const scale = 0.8;
  canvas.viewbox({
    x: inner.x - (left + GAP_PX) / scale, y: inner.y - 4 * GAP_PX,
    width: outer.width / scale, height: outer.height / scale
  });
}

export function showWholeDrawing({ modeler, view }) {
  showWhole(modeler.get('canvas'), widthOfPalette(view));
}

function widthOfPalette({ canvas }) {
  const palette = canvas.querySelector('.djs-palette');
  return palette ? palette.offsetLeft + palette.offsetWidth : 0;
}
