// A stage in Jupyter: the module that anywidget loads, one player for each stage, one view for each display.
export default () => {
  const player = new Player();
  return {
    async initialize({model, host}) {
      const reference = id => host?.getModel ? host.getModel(id) : model.widget_manager.get_model(id.replace('IPY_MODEL_', ''));
      player.start(model, await Promise.all(model.get('models').map(reference)));
    },
    render({model, el}) {
      const shown = new View(player, model, el);
      shown.schedule();
      return () => shown.remove();
    },
  };
};
