// Forms marked data-dirty-guard: leaving the page with something typed and not sent asks first.

export function wireDirtyGuard(root) {
  const dirty = new Set();
  root.addEventListener('input', event => {
    const form = event.target.form || event.target.closest('form');
    if (form && 'dirtyGuard' in form.dataset) dirty.add(form);
  });
  for (const settled of [ 'submit', 'reset', 'bangiao:draft-saved' ]) {
    root.addEventListener(settled, event => dirty.delete(event.target));
  }
  root.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.response.status >= 400 && 'dirtyGuard' in (ctx.request.form?.dataset || {})) dirty.add(ctx.request.form);
  });
  window.addEventListener('beforeunload', event => {
    if ([ ...dirty ].some(form => form.isConnected)) event.preventDefault();
  });
}
