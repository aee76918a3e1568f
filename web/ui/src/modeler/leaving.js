// Leaving with something unpublished asks first.

export function guardLeaving(desk) {
  window.addEventListener('beforeunload', event => {
    if (desk.isDirty && desk.view.root.isConnected) event.preventDefault();
  });
}
