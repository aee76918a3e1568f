// The whole drawing in its box.

const MARGIN_PX = 16;

/** Show everything, never larger than life; `left` is what stands over the box's left side. Gives the scale. */
export function showWhole(canvas, left = 0) {
  const { inner, outer } = canvas.viewbox();
  const free = outer.width - left;
  const scale = Math.min((free - 2 * MARGIN_PX) / inner.width, (outer.height - 2 * MARGIN_PX) / inner.height, 1);
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({
    x: inner.x + inner.width / 2 - (left + free / 2) / scale, y: inner.y + inner.height / 2 - height / 2, width, height
  });
  return scale;
}
