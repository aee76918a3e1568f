// Undo, redo, zoom; their state follows the drawing.
import { showWholeDrawing } from './fit.js';
import { control } from './layout.js';

const STEP = 1.25;

export function wireToolbar(desk) {
  const { modeler, view } = desk;
  const commandStack = modeler.get('commandStack');
  const canvas = modeler.get('canvas');
  const acts = {
    undo: () => commandStack.canUndo() && commandStack.undo(),
    redo: () => commandStack.canRedo() && commandStack.redo(),
    'zoom-in': () => canvas.zoom(canvas.zoom() * STEP),
    'zoom-out': () => canvas.zoom(canvas.zoom() / STEP),
    'zoom-real': () => canvas.zoom(1),
    'zoom-fit': () => showWholeDrawing(desk)
  };
  for (const [ action, act ] of Object.entries(acts)) control(view, action).addEventListener('click', act);

  const follow = () => {
    control(view, 'undo').setAttribute('aria-disabled', String(!commandStack.canUndo()));
    control(view, 'redo').setAttribute('aria-disabled', String(!commandStack.canRedo()));
  };
  modeler.on([ 'commandStack.changed', 'import.done' ], follow);
  modeler.on([ 'canvas.viewbox.changed', 'import.done' ], () => {
    view.scale.textContent = `${Math.round(canvas.zoom() * 100)}%`;
  });
  follow();
}
