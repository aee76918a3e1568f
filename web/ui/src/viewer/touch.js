// A finger moves the drawing sideways and along; up and down with one finger still scrolls the page.

/** `touch-action: pan-y` in the style sheet leaves the vertical to the page until the drag has turned sideways. */
export function panByTouch(viewer, box) {
  const canvas = viewer.get('canvas');
  let last = null;
  box.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'mouse' && event.isPrimary) last = event;
  });
  box.addEventListener('pointermove', event => {
    if (!last || event.pointerId !== last.pointerId) return;
    canvas.scroll({ dx: event.clientX - last.clientX, dy: event.clientY - last.clientY });
    last = event;
  });
  for (const end of [ 'pointerup', 'pointercancel', 'pointerleave' ]) {
    box.addEventListener(end, () => { last = null; });
  }
}
