// Kiểm tra and Phát hành: the drawing goes to the server, its findings come back.
import { el } from '../page.js';
import { control } from './layout.js';
import { writeDrawing } from './files.js';
import { markDirty } from './opening.js';

export function wirePublishing(desk) {
  const { host } = desk;
  wire(desk, 'check', host.dataset.checkUrl, async () => settleCheck(desk, await send(desk, host.dataset.checkUrl)));
  wire(desk, 'publish', host.dataset.publishUrl, async () => {
    if (await confirmPublishing(desk)) await settlePublishing(desk, await send(desk, host.dataset.publishUrl));
  });
}

/** One at a time; a page that gives no address for it has no such button. */
function wire(desk, action, url, act) {
  const button = control(desk.view, action);
  if (!url) {
    button.remove();
    return;
  }
  let isRunning = false;
  button.addEventListener('click', async () => {
    if (isRunning) return;
    isRunning = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await act();
    } catch (error) {
      console.error(error);
      desk.notice.fault(desk.t('The server cannot be reached; the drawing is still here. Try again.'));
    } finally {
      isRunning = false;
      button.removeAttribute('aria-busy');
    }
  });
}

/** `{status, told}`: `told` is the JSON of the answer, or {} when it is none. */
async function send(desk, url) {
  const answer = await fetch(url, {
    method: 'POST', credentials: 'same-origin', body: await writeDrawing(desk.modeler),
    headers: { 'Content-Type': 'application/xml', Accept: 'application/json, application/problem+json', 'X-CSRFToken': desk.csrf }
  });
  return { status: answer.status, told: await answer.json().catch(() => ({})) };
}

function settleCheck(desk, { status, told }) {
  if (!Array.isArray(told.findings)) {
    refuse(desk, status, told);
    return;
  }
  desk.notice.clear();
  desk.findings.show(told.findings);
}

function settlePublishing(desk, { status, told }) {
  if (Array.isArray(told.findings)) desk.findings.show(told.findings);
  if (status !== 201) {
    refuse(desk, status, told);
    return;
  }
  markDirty(desk, false);
  desk.host.dispatchEvent(new CustomEvent('bangiao:published', { bubbles: true, detail: told }));
  desk.notice.done(desk.t('Version {version} of {key} is published.', told),
    el('a', { href: `/designer/${encodeURIComponent(told.key)}` }, desk.t('See the definition')));
}

function refuse(desk, status, { detail, title, findings }) {
  const faults = (findings || []).filter(({ severity }) => severity === 'error').length;
  const sentence = faults ? desk.t('Not published: {count} faults must be mended first.', { count: faults }) : detail || title;
  desk.notice.fault(sentence || desk.t('The server refused with code {status}.', { status }));
}

/** Publishing reaches other people, so the question names its object and what is kept. */
function confirmPublishing({ modeler, view, t }) {
  const process = modeler.getDefinitions().get('rootElements').find(({ $type }) => $type === 'bpmn:Process');
  const dialog = el('dialog', { class: 'md-confirm', 'aria-labelledby': 'md-confirm-h' },
    el('form', { method: 'dialog' },
      el('h2', { id: 'md-confirm-h' }, t('Publish a new version of “{name}”?', { name: process?.name || process?.id || '' })),
      el('p', {}, t('Cases opened from now on run this version. Cases under way stay with theirs until they are migrated.')),
      el('div', { class: 'row-end' },
        el('button', { class: 'btn btn-line', value: 'later', 'data-action': 'publish-later' }, t('Go on drawing')),
        el('button', { class: 'btn btn-primary', value: 'publish', 'data-action': 'publish-confirm' }, t('Publish a new version')))));
  view.root.append(dialog);
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'publish');
    });
    dialog.showModal();
  });
}
