// What is on the screen now: the cells of the slide, what is cut off, what would scroll, what fit.js had to do.
() => {
  const show = window.mlpkitShow, room = document.querySelector('.jp-Deck .jp-Notebook, .mlpkit-room');
  const cells = show.slides[show.number].map(index => show.notebook.widgets[index]);
  const view = [innerWidth, innerHeight], over = [], scrolls = [];
  for (const cell of cells) {
    const at = cell.node.getBoundingClientRect();
    const by = Math.ceil(Math.max(-at.left, -at.top, at.right - view[0], at.bottom - view[1]));
    if (by > 0) over.push([cell.model.id, by]);
    for (const part of [cell.node, ...cell.node.querySelectorAll('*')]) {
      const style = getComputedStyle(part);
      if (part.closest('.noUi-target, .MathJax, mjx-assistive-mml, .cm-gutters, select') || !part.clientWidth) continue;
      const x = ['auto', 'scroll', 'hidden'].includes(style.overflowX) ? part.scrollWidth - part.clientWidth : 0;
      const y = ['auto', 'scroll'].includes(style.overflowY) ? part.scrollHeight - part.clientHeight : 0;
      if (Math.max(x, y) > 2 && style.clipPath === 'none') scrolls.push([cell.model.id, part.className?.toString?.() ?? part.tagName, x, y]);
    }
  }
  const slide = cells[0].node.parentElement, shown = cells.filter(c => getComputedStyle(c.node).opacity === '1' && c.node.clientHeight > 0);
  return {number: show.number, of: show.slides.length, step: show.steps.indexOf(show.at), steps: show.steps.length, over, scrolls,
    roomScrolls: [room.scrollWidth - room.clientWidth, room.scrollHeight - room.clientHeight, scrollX + scrollY],
    fit: Number(slide.dataset.fit), layout: slide.dataset.layout, misfit: slide.dataset.over, ids: cells.map(c => c.model.id),
    shown: shown.map(c => c.model.id), figures: cells.filter(c => c.node.querySelector('canvas')).map(c => c.model.id)};
}
