// What is on the desk, and whether it is published as it stands.
import { typefaceReady } from '../drawing.js';
import { showDrawing } from './fit.js';

/** Open `xml` in place of what is there; false, with the reason said, when it cannot be read. */
export async function openDrawing(desk, xml) {
  await typefaceReady();
  try {
    const { warnings } = await desk.modeler.importXML(xml);
    showDrawing(desk);
    if (warnings.length) {
      console.warn(warnings);
      desk.notice.fault(desk.t('Opened, but {count} places of the file could not be read.', { count: warnings.length }));
    }
  } catch (error) {
    desk.notice.fault(desk.t('This is not a BPMN drawing that can be shown: {reason}', { reason: error.message.split('\n')[0] }));
    return false;
  }
  desk.findings.clear();
  markDirty(desk, false);
  return true;
}

export function markDirty(desk, isDirty) {
  desk.isDirty = isDirty;
  desk.view.root.classList.toggle('is-dirty', isDirty);
}
