// What is drawn and not published is kept in this browser, and offered again.
import { clockTime, dayOf, el } from '../page.js';
import { control } from './layout.js';
import { writeDrawing } from './files.js';
import { noticeBoard } from './notice.js';
import { markDirty, openDrawing } from './opening.js';

const PAUSE_MS = 1500;

/** Offer a draft that differs from `published`, then keep saving; the draft goes when a version is published. */
export function keepDraft(desk, published) {
  const key = `bangiao:draft:${desk.host.dataset.draftKey || desk.host.dataset.xmlUrl || desk.host.dataset.publishUrl}`;
  let timer = null;
  let isUndecided = false;

  const save = async () => {
    clearTimeout(timer);
    if (isUndecided) return;
    const saved = write(key, { xml: await writeDrawing(desk.modeler), at: Date.now() });
    desk.view.status.textContent = saved
      ? desk.t('Draft kept on this computer at {time}', { time: clockTime() })
      : desk.t('The draft could not be kept on this computer');
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  };
  desk.modeler.on('commandStack.changed', plan);
  desk.host.addEventListener('bangiao:changed', plan);
  desk.host.addEventListener('bangiao:published', () => {
    clearTimeout(timer);
    localStorage.removeItem(key);
    desk.view.status.textContent = '';
  });
  desk.view.root.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    save();
  });

  const draft = read(key);
  if (!draft || draft.xml === published) return;
  isUndecided = true;
  const board = noticeBoard(desk.view.offer, desk.t);
  const decide = act => async () => {
    isUndecided = false;
    board.clear();
    await act();
    control(desk.view, 'check')?.focus();
  };
  const saved = new Date(draft.at);
  board.offer(
    desk.t('A draft not published yet was kept on this computer at {time} on {day}.', { time: clockTime(saved), day: dayOf(saved) }),
    el('button', {
      type: 'button', class: 'btn btn-soft btn-sm', 'data-action': 'draft-open',
      onclick: decide(async () => { if (await openDrawing(desk, draft.xml)) markDirty(desk, true); })
    }, desk.t('Open the draft')),
    el('button', {
      type: 'button', class: 'btn btn-bare btn-sm', 'data-action': 'draft-drop',
      onclick: decide(() => localStorage.removeItem(key))
    }, desk.t('Drop the draft')));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** False when the browser refuses (private window, full). */
function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}
