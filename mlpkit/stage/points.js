// The control of points that are drawn or dragged in a picture: its label, and a button that restores the first points.
export default {
  render({model, el}) {
    const label = document.createElement('span'), button = document.createElement('button');
    label.textContent = model.get('description');
    label.style.cssText = 'display:inline-block;width:8.5rem;margin-right:4px;text-align:right';
    button.textContent = model.get('start').length ? 'Start again' : 'Clear';
    button.className = 'jupyter-button lm-Widget';
    button.style.cssText = 'width:auto;padding:0 12px';
    button.setAttribute('aria-label', `${button.textContent}: ${label.textContent}`);
    button.addEventListener('click', () => { model.set('value', model.get('start')); model.save_changes(); });
    el.append(label, button);
  },
};
