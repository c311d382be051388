// A stage in Jupyter: the module that anywidget loads; one controller per stage, one view per display.
const INTERVAL_MS = 100;                // ms between two messages about one slider
const FIRST_MS = 25;                    // ms before the first is sent: a request for a state goes before it

/**
 * Throttle a slider: Python hears of a drag ten times a second, and always of its last position. No picture waits for
 * these messages, and each costs the browser a part of a frame. A position that was not sent yet is newer than anything
 * that comes from Python, which echoes the positions of before: it is left out of what comes, or the slider would jump
 * back. ipywidgets itself ignores echoes that are older than the last message.
 */
const throttle = slider => {
  if (slider.mlpkitThrottled) return slider;
  const save = slider.save_changes, receive = slider.set_state, moved = new Set();
  let due = 0, timer = 0, receiving = false;
  slider.mlpkitThrottled = true;
  for (const name of ['value', 'index']) slider.on(`change:${name}`, () => { if (!receiving) moved.add(name); });
  slider.save_changes = (...given) => {
    timer ||= setTimeout(() => {
      timer = 0;
      due = performance.now() + INTERVAL_MS;
      moved.clear();
      save.apply(slider, given);
    }, Math.max(FIRST_MS, due - performance.now()));
  };
  slider.set_state = state => {
    receiving = true;
    const entries = Object.entries(state).filter(([name]) => !timer || !moved.has(name));
    try { receive.call(slider, Object.fromEntries(entries)); } finally { receiving = false; }
  };
  return slider;
};

export default () => {
  const controller = new Controller();
  return {
    async initialize({model, host}) {
      const reference = id => host?.getModel ? host.getModel(id) : model.widget_manager.get_model(id.replace('IPY_MODEL_', ''));
      controller.start(model, (await Promise.all(model.get('models').map(reference))).map(throttle));
    },
    render({model, el}) {
      const shown = new View(controller, model, el);
      shown.schedule();
      return () => shown.remove();
    },
  };
};
