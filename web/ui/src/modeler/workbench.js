// Puts the desk together: drawing, panel, toolbar, findings, draft.
import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule } from 'bpmn-js-properties-panel';

import bangiao from '../bangiao.moddle.json';
import { PAINT, PaintModule } from '../drawing.js';
import { csrfToken, languageOf } from '../page.js';
import { translateModule, translator } from '../words.js';
import { keepDraft } from './draft.js';
import { EMPTY_DRAWING, fetchDrawing, offerFiles } from './files.js';
import { showFindings } from './findings.js';
import { layOut } from './layout.js';
import { guardLeaving } from './leaving.js';
import { noticeBoard } from './notice.js';
import { markDirty, openDrawing } from './opening.js';
import { PanelProviderModule } from './panel/provider.js';
import { wirePublishing } from './publishing.js';
import { wireToolbar } from './toolbar.js';

const TYPING_PAUSE_MS = 300;

/** Wake the island `host`; gives the modeler once the drawing is open, or null when it could not be read. */
export async function openWorkbench(host) {
  host.dataset.awake = '';
  const lang = languageOf(host);
  const desk = { host, lang, t: translator(lang), csrf: csrfToken(host), isDirty: false };
  desk.view = layOut(host, desk.t);
  desk.notice = noticeBoard(desk.view.notice, desk.t);
  desk.modeler = new Modeler({
    container: desk.view.canvas, ...PAINT, moddleExtensions: { bangiao },
    propertiesPanel: { parent: desk.view.panel }, known: knownNames(host), debounceInput: TYPING_PAUSE_MS,
    additionalModules: [ BpmnPropertiesPanelModule, PanelProviderModule, PaintModule, translateModule(lang) ]
  });
  desk.findings = showFindings(desk);
  desk.modeler.on('commandStack.changed', () => markDirty(desk, true));
  wireToolbar(desk);
  wirePublishing(desk);
  offerFiles(desk);
  guardLeaving(desk);

  let xml = EMPTY_DRAWING;
  if (host.dataset.xmlUrl) {
    try {
      xml = await fetchDrawing(host.dataset.xmlUrl);
    } catch (error) {
      desk.notice.fault(desk.t('The drawing could not be fetched: {reason}', { reason: error.message }));
      return null;
    }
  }
  if (!await openDrawing(desk, xml)) return null;
  keepDraft(desk, xml);
  host.dispatchEvent(new CustomEvent('bangiao:opened', { bubbles: true, detail: { modeler: desk.modeler } }));
  return desk.modeler;
}

/** Names the panel offers as lists, when the page gives them as JSON lists. */
function knownNames({ dataset }) {
  const list = text => JSON.parse(text || '[]');
  return {
    forms: list(dataset.forms), topics: list(dataset.topics),
    decisions: list(dataset.decisions), definitions: list(dataset.definitions)
  };
}
