// Drawings in and out: from the server, from a file, to a file.
import { withPlainColours } from '../drawing.js';
import { control } from './layout.js';
import { markDirty, openDrawing } from './opening.js';

export const EMPTY_DRAWING = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0" id="definitions" targetNamespace="https://bangiao.vn/bpmn">
  <bpmn:process id="quy_trinh" isExecutable="true"><bpmn:startEvent id="bat_dau" /></bpmn:process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="quy_trinh">
    <bpmndi:BPMNShape id="bat_dau_di" bpmnElement="bat_dau"><dc:Bounds x="160" y="100" width="36" height="36" /></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

/** The XML at `url`; raises Error with the status or the browser's reason. */
export async function fetchDrawing(url) {
  const answer = await fetch(url, { credentials: 'same-origin', headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** The drawing as BPMN XML, indented. */
export async function writeDrawing(modeler) {
  return (await modeler.saveXML({ format: true })).xml;
}

export function offerFiles(desk) {
  const { modeler, view } = desk;
  const menu = control(view, 'files').parentElement;
  const act = (action, deed) => control(view, action).addEventListener('click', () => { menu.open = false; return deed(); });

  act('import', () => view.input.click());
  view.input.addEventListener('change', async () => {
    const [ file ] = view.input.files;
    view.input.value = '';
    if (file) await openFile(desk, file);
  });
  act('download-bpmn', async () => download(await writeDrawing(modeler), 'application/xml', `${nameOf(modeler)}.bpmn`));
  act('download-svg', async () => {
    const { svg } = await modeler.saveSVG();
    download(withPlainColours(svg), 'image/svg+xml', `${nameOf(modeler)}.svg`);
  });
  document.addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    control(view, 'files').focus();
  });
}

/** Open a file of this computer; when it cannot be read, what was there comes back. */
async function openFile(desk, file) {
  const before = await writeDrawing(desk.modeler);
  const wasDirty = desk.isDirty;
  const opened = desk.t('Opened {file}; it is not published yet.', { file: file.name });
  if (await openDrawing(desk, await file.text(), opened)) {
    markDirty(desk, true);
    desk.host.dispatchEvent(new CustomEvent('bangiao:changed'));
    return;
  }
  await desk.modeler.importXML(before);
  markDirty(desk, wasDirty);
}

/** The id of the (first) process. */
function nameOf(modeler) {
  const process = modeler.getDefinitions().get('rootElements').find(({ $type }) => $type === 'bpmn:Process');
  return process?.id || 'quy_trinh';
}

function download(text, type, name) {
  const url = URL.createObjectURL(new Blob([ text ], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
