// A page with saved widgets and no Python, as nbconvert writes it: the least of a host that can show one stage.
window.showSaved = async () => {
  const saved = JSON.parse(document.querySelector('script[type="application/vnd.jupyter.widget-state+json"]').textContent);
  const models = {};
  for (const [id, {state, buffers}] of Object.entries(saved.state)) {
    for (const {data, path} of buffers ?? []) {
      const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0)), last = path.at(-1);
      path.slice(0, -1).reduce((place, key) => place[key], state)[last] = new DataView(bytes.buffer);
    }
    const listeners = [];
    models[id] = {
      state,
      get: name => state[name],
      set: (name, value) => { state[name] = value; },
      save_changes: () => { for (const [event, listener] of listeners) if (event.startsWith('change:')) listener(); },
      on: (event, listener) => listeners.push([event, listener]),
      send: () => {},                                         // nobody listens
    };
  }
  const stage = Object.values(models).find(model => model.state._esm?.includes('class Controller'));
  const module = await import(URL.createObjectURL(new Blob([stage.state._esm], {type: 'text/javascript'})));
  const widget = module.default(), host = {getModel: id => Promise.resolve(models[id.replace('IPY_MODEL_', '')])};
  const el = document.createElement('div');
  el.className = 'jupyter-widgets-disconnected';              // as ipywidgets marks what has no kernel
  document.body.prepend(el);
  await widget.initialize({model: stage, host});
  widget.render({model: stage, el});
  window.slide = (name, value) => {
    const k = stage.get('controls').findIndex(control => control.name === name);
    const model = models[stage.get('models')[k].replace('IPY_MODEL_', '')];
    model.set('value', value);
    model.save_changes();
  };
};
