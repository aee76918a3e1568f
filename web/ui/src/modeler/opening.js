// What is on the desk, and whether it is published as it stands.
import { typefaceReady } from '../drawing.js';
import { hasDrawing, withDrawing } from '../missing_drawing.js';
import { showDrawing } from './fit.js';

/** Open `xml` in place of what is there and say `done`; false, with the reason said, when it cannot be read. */
export async function openDrawing(desk, xml, done = null) {
  await typefaceReady();
  try {
    const { warnings } = await desk.modeler.importXML(await withDrawing(xml));
    showDrawing(desk);
    desk.findings.clear();
    markDirty(desk, false);
    tellOpened(desk, done, hasDrawing(xml), warnings);
  } catch (error) {
    desk.notice.fault(desk.t('This is not a BPMN drawing that can be shown: {reason}', { reason: error.message.split('\n')[0] }));
    return false;
  }
  return true;
}

/** The weightiest of what there is to say. */
function tellOpened({ notice, t }, done, isDrawn, warnings) {
  if (warnings.length) {
    console.warn(...warnings);
    notice.fault(t('Opened, but {count} places of the file could not be read.', { count: warnings.length }));
  } else if (!isDrawn) {
    notice.done(t('The file has no drawing; this one was laid out for it.'));
  } else if (done) {
    notice.done(done);
  }
}

export function markDirty(desk, isDirty) {
  desk.isDirty = isDirty;
  desk.view.root.classList.toggle('is-dirty', isDirty);
}
