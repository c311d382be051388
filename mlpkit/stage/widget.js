// A stage in Jupyter: the module that anywidget loads; one controller per stage, one view per display.
const INTERVAL_MS = 100;                // ms between two messages about one slider
const FIRST_MS = 25;                    // ms before the first is sent: a request for a state goes before it

/**
 * Throttle a slider: Python hears of a drag ten times a second, and always of its last position. No picture waits for
 * these messages, and each costs the browser a part of a frame. Until the last position is sent, what Python echoes of
 * earlier ones is out of date: ipywidgets keeps a list of echoes to ignore. Where it has none (another version), every
 * move is sent as it is made.
 */
const throttle = slider => {
  const echoes = slider._expectedEchoMsgIds, save = slider.save_changes;
  if (slider.mlpkitThrottled || !(echoes instanceof Map) || typeof slider._pending_msgs !== 'number') return slider;
  let due = 0, timer = 0;
  slider.mlpkitThrottled = true;
  slider.save_changes = (...given) => {
    clearTimeout(timer);
    const send = () => {
      if (slider._pending_msgs > 0) { timer = setTimeout(send, INTERVAL_MS); return; }   // else an old position would be sent and echoed
      due = performance.now() + INTERVAL_MS;
      save.apply(slider, given);
    };
    for (const name of ['value', 'index']) if (slider.has(name)) echoes.set(name, 'not sent yet');
    timer = setTimeout(send, Math.max(FIRST_MS, due - performance.now()));
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
