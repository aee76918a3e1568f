// The icons of the sprite, by their Bootstrap Icons names. Add a name here to use it in a page.
export const ICONS = [
  'archive', 'arrow-clockwise', 'arrow-counterclockwise', 'arrow-down', 'arrow-left', 'arrow-left-right',
  'arrow-repeat', 'arrow-return-left', 'arrow-right', 'arrow-right-circle', 'arrow-up', 'arrow-up-right',
  'bar-chart', 'bell', 'binoculars', 'bookmark-plus', 'box-arrow-in-right', 'box-arrow-right', 'briefcase',
  'building', 'calendar-check', 'calendar-plus', 'calendar3', 'chat-left-text', 'check-circle', 'check-circle-fill',
  'check-lg', 'check2', 'check2-square', 'chevron-down', 'chevron-left', 'chevron-right', 'chevron-up',
  'circle', 'clipboard-check', 'clock', 'clock-history', 'cone-striped', 'dash-circle', 'dash-circle-dotted',
  'dash-lg', 'database', 'diagram-3', 'download', 'envelope', 'envelope-open', 'exclamation-circle',
  'exclamation-octagon-fill', 'exclamation-triangle', 'eye', 'file-earmark', 'file-earmark-arrow-up',
  'file-earmark-code', 'file-earmark-pdf', 'file-earmark-plus', 'file-earmark-spreadsheet', 'file-earmark-text',
  'file-earmark-word', 'filter', 'flag', 'folder2-open', 'funnel', 'gear', 'grid-3x3', 'hash', 'hourglass-split',
  'house', 'image', 'inbox', 'info-circle', 'journal-text', 'key', 'link-45deg', 'list', 'list-check', 'list-ol',
  'lock', 'moon', 'paperclip', 'patch-question-fill', 'pause-circle', 'pen', 'pencil', 'pencil-square', 'people',
  'person', 'person-check', 'person-circle', 'person-plus', 'person-x', 'play-circle', 'plus-lg', 'printer',
  'question-circle', 'reply', 'save', 'search', 'send', 'shield-check', 'shield-lock', 'shuffle', 'skip-forward',
  'slash-circle', 'sliders', 'stop-circle', 'sun', 'table', 'telephone', 'three-dots', 'trash', 'type', 'upload',
  'window-stack', 'wrench-adjustable', 'x-circle', 'x-lg', 'zoom-in', 'zoom-out'
];
