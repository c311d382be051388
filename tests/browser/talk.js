// What is on the screen now: the cells of the slide, what is cut off, what would scroll, what fit.js had to do.
// In JupyterLab's slides mode and on the page without a kernel.
() => {
  const show = window.mlpkitShow, page = window.mlpkitPage;
  const all = show ? show.slides.map(slide => slide.map(index => show.notebook.widgets[index]).map(cell => [cell.model.id, cell.node]))
    : page.slides.map(({cells}) => cells.map(node => [node.dataset.id, node]));
  const step = show ? show.steps.indexOf(show.at) : page.at();
  const number = show ? show.number : page.steps[step][0];
  const cells = all[number], viewport = document.querySelector('.jp-Deck .jp-Notebook, .mlpkit-viewport');
  const over = [], scrolls = [];
  const frame = viewport.getBoundingClientRect(), style = getComputedStyle(viewport);
  const foot = frame.bottom - parseFloat(style.paddingBottom) + 1;   // below stands the line at the foot
  const isSeen = node => { const style = getComputedStyle(node); return style.opacity === '1' && style.visibility === 'visible' && node.clientHeight > 0; };
  const notOurs = '.noUi-target, .MathJax, mjx-assistive-mml, .cm-gutters, select, input';
  for (const [id, node] of cells) {
    const at = node.getBoundingClientRect();
    const by = Math.ceil(Math.max(-at.left, -at.top, at.right - innerWidth, at.bottom - foot));
    if (by > 0) over.push([id, by]);
    for (const part of [node, ...node.querySelectorAll('*')]) {
      if (part.closest(notOurs) || !part.clientWidth) continue;
      const style = getComputedStyle(part);
      const x = ['auto', 'scroll', 'hidden'].includes(style.overflowX) ? part.scrollWidth - part.clientWidth : 0;
      const y = ['auto', 'scroll'].includes(style.overflowY) ? part.scrollHeight - part.clientHeight : 0;
      if (Math.max(x, y) > 2 && style.clipPath === 'none') scrolls.push([id, String(part.className || part.tagName), x, y]);
    }
  }
  const {fit: chosen, layout, over: misfit} = cells[0][1].parentElement.dataset;
  const fit = getComputedStyle(viewport).getPropertyValue('--mlpkit-fit') || 1;   // what the text is set in, not what was chosen
  return {
    number, of: all.length, step, over, scrolls, fit: Number(fit), chosen: Number(chosen), layout, misfit, ids: cells.map(([id]) => id),
    viewportScrolls: [viewport.scrollWidth - viewport.clientWidth, viewport.scrollHeight - viewport.clientHeight, scrollX + scrollY],
    shown: cells.filter(([, node]) => isSeen(node)).map(([id]) => id),
    figures: cells.filter(([, node]) => node.querySelector('canvas')).map(([id]) => id),
  };
}
