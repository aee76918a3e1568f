// Files of engines and of the API often hold a process and no drawing of it.
import { layoutProcess } from 'bpmn-auto-layout';

const HAS_DRAWING = /<(?:[\w-]+:)?BPMNShape[\s>]/;

export function hasDrawing(xml) {
  return HAS_DRAWING.test(xml);
}

/** `xml` with a drawing: its own, else one laid out from left to right. Raises Error when that cannot be done. */
export async function withDrawing(xml) {
  return hasDrawing(xml) ? xml : layoutProcess(xml);
}
