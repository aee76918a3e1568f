// The desk's skeleton; every control has a data-action, so that wiring and tests need no words.
import back from 'bootstrap-icons/icons/arrow-counterclockwise.svg';
import forth from 'bootstrap-icons/icons/arrow-clockwise.svg';
import check from 'bootstrap-icons/icons/clipboard-check.svg';
import file from 'bootstrap-icons/icons/file-earmark-code.svg';
import folder from 'bootstrap-icons/icons/folder2-open.svg';
import image from 'bootstrap-icons/icons/image.svg';
import download from 'bootstrap-icons/icons/download.svg';
import send from 'bootstrap-icons/icons/send.svg';

import { el, icon } from '../page.js';

export function layOut(host, t) {
  const button = (action, label, picture, style = 'btn-bare') =>
    el('button', { type: 'button', class: `btn ${style}`, 'data-action': action }, picture && icon(picture), t(label));
  const sign = (action, label, text) =>
    el('button', { type: 'button', class: 'btn btn-bare md-sign', 'data-action': action, 'aria-label': t(label), title: t(label) }, text);

  const view = {
    canvas: el('div', { class: 'md-canvas' }),
    panel: el('div', { class: 'md-panel', role: 'region', 'aria-label': t('Properties'), tabindex: '0' }),
    findings: el('section', { class: 'md-findings', 'aria-label': t('Findings'), hidden: true }),
    offer: el('div', { class: 'md-notice', role: 'status' }),
    notice: el('div', { class: 'md-notice', role: 'status' }),
    status: el('span', { class: 'md-status' }),
    scale: sign('zoom-real', 'Real size', '100%'),
    input: el('input', { type: 'file', accept: '.bpmn,.xml', hidden: true, 'aria-label': t('Open a .bpmn file') })
  };
  const files = el('details', { class: 'more md-files' },
    el('summary', { 'data-action': 'files' }, icon(file), t('File')),
    el('div', { class: 'panel' },
      button('import', 'Open a .bpmn file', folder), button('download-bpmn', 'Download the .bpmn file', download),
      button('download-svg', 'Download the picture (.svg)', image), view.input));
  view.toolbar = el('div', { class: 'md-bar', role: 'toolbar', 'aria-label': t('Tools of the drawing') },
    el('div', { class: 'md-tools' },
      button('undo', 'Undo', back), button('redo', 'Redo', forth), el('span', { class: 'md-gap' }),
      sign('zoom-out', 'Zoom out', '−'), view.scale, sign('zoom-in', 'Zoom in', '+'), button('zoom-fit', 'Whole drawing'),
      el('span', { class: 'md-gap' }), files),
    el('div', { class: 'md-deeds' },
      button('check', 'Check', check, 'btn-line'), button('publish', 'Publish a new version', send, 'btn-primary')));
  view.root = el('div', { class: 'md' }, view.toolbar, view.offer, view.notice,
    el('div', { class: 'md-work' }, el('div', { class: 'md-board' }, view.canvas, view.status), view.panel), view.findings);
  host.replaceChildren(view.root);
  return view;
}

/** The control of this action. */
export function control(view, action) {
  return view.root.querySelector(`[data-action="${action}"]`);
}
