// A stage in Jupyter: the module that anywidget loads, one player for each stage, one view for each display.
const QUIET = 100;                      // ms between two messages about one slider
const SOON = 25;                        // ms after which the first is sent: a picture that Python must make goes ahead of it

/**
 * Python hears of a slider that is dragged ten times a second, and always of its last place: no picture waits for that,
 * and each message costs the browser a part of a frame. Until the last place is sent, what Python echoes of earlier ones
 * is old; ipywidgets keeps a list of such echoes, and where it has none (another version) every move is sent as it is made.
 */
const calm = slider => {
  const echoes = slider._expectedEchoMsgIds, save = slider.save_changes;
  if (slider.mlpkitCalm || !(echoes instanceof Map) || typeof slider._pending_msgs !== 'number') return slider;
  let due = 0, timer = 0;
  slider.mlpkitCalm = true;
  slider.save_changes = (...given) => {
    clearTimeout(timer);
    const send = () => {
      if (slider._pending_msgs > 0) { timer = setTimeout(send, QUIET); return; }   // else an old place would be sent, and echoed
      due = performance.now() + QUIET;
      save.apply(slider, given);
    };
    for (const name of ['value', 'index']) if (slider.has(name)) echoes.set(name, 'not sent yet');
    timer = setTimeout(send, Math.max(SOON, due - performance.now()));
  };
  return slider;
};

export default () => {
  const player = new Player();
  return {
    async initialize({model, host}) {
      const reference = id => host?.getModel ? host.getModel(id) : model.widget_manager.get_model(id.replace('IPY_MODEL_', ''));
      player.start(model, (await Promise.all(model.get('models').map(reference))).map(calm));
    },
    render({model, el}) {
      const shown = new View(player, model, el);
      shown.schedule();
      return () => shown.remove();
    },
  };
};
